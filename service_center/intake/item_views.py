"""The questions about one item, a page each; what was typed is kept, right or wrong."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import Response, abort, flash, redirect, render_template, request, url_for

from service_center.accounts.access import public
from service_center.core import limits
from service_center.core.house import house
from service_center.core.i18n import _
from service_center.intake import answers, browser, file_views, places
from service_center.intake.draft import Draft, DraftItem, KeptFile, typed_of
from service_center.intake.forms import fields_of
from service_center.intake.room import room
from service_center.tickets.wording import verdicts
from service_center.tickets.wording import vocabulary as words
from service_center.tickets.wording.hazards import advice_on

BUSY = 429


@room.get("/repairs/new/<int:number>/<any(what, fault, where, which, papers, when):page>")
@public
@browser.unsent
def item(number: int, page: str) -> Any:
    """A question, with what was answered before."""
    kept, reader = browser.draft(), browser.reader()
    elsewhere = places.skipped(reader, kept, number, page)
    if elsewhere is not None:
        browser.item_of(kept, number)
        return redirect(elsewhere)
    return _page(kept, number, page, reader.form(browser.item_of(kept, number), page))


@room.post("/repairs/new/<int:number>/<any(what, fault, where, which, papers, when):page>")
@public
@browser.unsent
def answer_item(number: int, page: str) -> Any:
    """Keep the answers and go on, or say what is wrong with them."""
    if not browser.may("kept", browser.KEPT_AN_HOUR):
        return _busy(number, page)
    faults = _keep(number, page)
    if request.headers.get("X-Live"):
        return Response(browser.saved_words(), mimetype="text/plain")
    kept, reader = browser.draft(), browser.reader()
    found = kept.items[number - 1]
    form = reader.form(found, page)
    if request.form.get("remove"):
        return redirect(url_for("intake.item", number=number, page=page, back=request.args.get("back")))
    if page == "papers" and form.lacking() and not faults:
        faults = {"receipt": [_("Photograph the receipt, or press “I do not have it”.")]}
    fine = form.validate()
    for name, sentences in faults.items():
        form[name].errors = [*form[name].errors, *sentences]
    if not fine or faults:
        return _page(kept, number, page, form), 422
    return redirect(places.after(reader, kept, number, page))


def _keep(number: int, page: str) -> dict[str, list[str]]:
    """Store files and answers; returns what is wrong with files, by field."""
    before = browser.item_of(browser.draft(), number)
    form = browser.reader().form(before, page)
    fresh, faults = file_views.take_in(before, form)
    typed = typed_of(request.form.to_dict(flat=False), fields_of(form))
    gone, spare = request.form.get("remove", ""), list[str]()

    def edit(kept: Draft) -> Draft:
        answered = kept.answered(number, page, typed)
        files, twice = file_views.joined(answered.items[number - 1], fresh)
        removed = [each for each in files if each.id == gone]
        spare.extend(
            [*twice, *(key for each in removed for key in (each.storage_key, each.preview_key, each.thumb_key))]
        )
        return answered.with_files(number, [each for each in files if each.id != gone])

    browser.change(edit)
    browser.delete(spare)
    return faults


def _busy(number: int, page: str) -> tuple[str, int]:
    """Too much in an hour: nothing is kept, everything typed stays in the form."""
    kept = browser.draft()
    found = browser.item_of(kept, number)
    form = browser.reader().form(found, page)
    typed = typed_of(request.form.to_dict(flat=False), fields_of(form))
    form = browser.reader().form(replace(found, answers={**found.answers, page: typed}), page)
    sentence = _("That was very much in a short time. Wait a little, then go on.")
    return _page(kept, number, page, form, more=[("", sentence)]), BUSY


def _page(kept: Draft, number: int, page: str, form: Any, more: list[tuple[str, str]] | None = None) -> str:
    found, reader = browser.item_of(kept, number), browser.reader()
    return render_template(
        f"intake/{page}.html", form=form, more=more or [], number=number, question=places.NUMBERS[page], questions=places.QUESTIONS,
        back=places.before(reader, kept, number, page), several=number > 1 or len(kept.items) > 1, removable=number > 1,
        files=files_of(found), limits=limits, saved=page in found.answers,
        item_name=words.family(found.first("what", "family")) if found.first("what", "family") else "",
        **(_live(found) if page == "when" else {}),
    )  # fmt: skip


def files_of(found: DraftItem) -> dict[str, list[KeptFile]]:
    """An item's files by what they show."""
    return {shows: list(found.shown(shows)) for shows in ("item", "receipt", "card")}


def _live(found: DraftItem) -> dict[str, Any]:
    """The preliminary verdict on what was said, and how long our web shop takes it back; nothing without a date."""
    reader = browser.reader()
    if reader.purchase(found).purchased_on is None:
        return {"verdict": None, "return_until": None, "website": house().brand.website}
    record = reader.verdict(found, now=house().now())
    shown = verdicts.verdict(record, reader="customer")
    return {"verdict": shown, "return_until": reader.return_until(found), "website": house().brand.website}


@room.post("/repairs/new/<int:number>/verdict")
@public
@browser.unsent
def verdict(number: int) -> Any:
    """The guarantee as it stands while somebody types; without scripts the page comes back with it."""
    found = browser.item_of(browser.draft(), number)
    typed = typed_of(request.form.to_dict(flat=False), fields_of(browser.reader().form(found, "when")))
    if request.headers.get("X-Live"):
        said = replace(found, answers={**found.answers, "when": typed})
        return render_template("intake/verdict.html", **_live(said))
    if not browser.may("kept", browser.KEPT_AN_HOUR):
        abort(BUSY)
    browser.change(lambda kept: kept.answered(number, "when", typed))
    return redirect(
        url_for("intake.item", number=number, page="when", back=request.args.get("back"), _anchor="verdict")
    )


@room.get("/repairs/new/<int:number>/<any(tips, stop):page>")
@public
@browser.unsent
def between(number: int, page: str) -> Any:
    """First aid, or the warning: something to read before the next question."""
    kept, reader = browser.draft(), browser.reader()
    found = browser.item_of(kept, number)
    elsewhere = places.skipped(reader, kept, number, page)
    if elsewhere is not None:
        return redirect(elsewhere)
    stop = page == answers.STOP
    advice = advice_on(found.typed("fault")["symptoms"]) if stop else reader.tips(found)
    return render_template(
        "intake/stop.html" if stop else "intake/tips.html", advice=advice, question=places.NUMBERS[page],
        questions=places.QUESTIONS, back=places.before(reader, kept, number, page),
    )  # fmt: skip


@room.post("/repairs/new/<int:number>/<any(tips, stop):page>")
@public
@browser.unsent
def go_on(number: int, page: str) -> Any:
    """It was read; or it was solved, and nothing needs to be sent."""
    browser.item_of(browser.draft(), number)
    if not browser.may("kept", browser.KEPT_AN_HOUR):
        abort(BUSY)
    if request.form.get("solved"):
        browser.forget()
        flash(_("Glad that it works again. Nothing was sent: come back whenever you need us."), "ok")
        return redirect(url_for("status.home"))
    kept = browser.change(lambda draft: draft.has_read(number, page))
    return redirect(places.after(browser.reader(), kept, number, page))
