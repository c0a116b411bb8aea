"""The public page behind a ticket code: where it is, without a name on it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Blueprint, Response, flash, jsonify, redirect, render_template, request, url_for

from service_center.accounts.access import owner_of, public
from service_center.accounts.tokens import digest
from service_center.core.budgets import spend
from service_center.core.database import reading, transaction
from service_center.core.downloads import pdf
from service_center.core.errors import NotFound
from service_center.core.house import house
from service_center.core.i18n import LANGUAGES, _, language
from service_center.documents import rules as rules_paper
from service_center.outbox.services import enqueue
from service_center.status import pages
from service_center.status.forms import FindForm, LostForm
from service_center.status.queries import Standing, standing
from service_center.status.wording import closing
from service_center.tickets import codes
from service_center.tickets.wording import rulebook
from service_center.tickets.wording.verdicts import rights_notice
from service_center.warranty.terms import NoTerms, Terms

room = Blueprint("status", __name__)

LETTERS_AN_HOUR, PLACE_AN_HOUR = 3, 20
"""What one recipient gets, and what one connection may ask for."""


@room.get("/")
@public
def home() -> str:
    """The first page: follow a repair, ask for one."""
    return render_template("status/home.html", form=FindForm(), closing=closing(house().brand, house().today()))


@room.get("/status")
@public
def find() -> Any:
    """Find a ticket by its code; a mistyped code is told apart from an unknown one."""
    typed = request.args.get("code", "").strip()
    if not typed:
        return render_template("status/find.html", form=FindForm())
    return _open(typed)


def _open(typed: str) -> Any:
    try:
        code = codes.parse(typed[:400])
    except codes.Mistyped:
        return _sorry(
            typed,
            _("A letter or digit of this code is wrong. Compare it with your slip or our e-mail, group by group."),
        )
    except codes.NotACode:
        return _sorry(
            typed,
            _("This is no ticket code: it has three groups of four letters and digits, for instance K7QM-2F9D-XH3C."),
        )
    return redirect(url_for("status.ticket", code=codes.grouped(code)))


def _sorry(typed: str, sentence: str) -> tuple[str, int]:
    form = FindForm(data={"code": typed[:60]})
    form.code.errors = [sentence]
    return render_template("status/find.html", form=form), 404


@room.get("/status/<code>")
@public
def ticket(code: str) -> Any:
    """Where a ticket is, whose day it is, what happens next; the same as JSON for whoever asks for it."""
    try:
        known = codes.parse(code[:400])
    except (codes.Mistyped, codes.NotACode):
        return _json_sorry("mistyped") if _wants_json() else _open(code)
    here = standing(reading(), known, house=house())
    if here is None:
        pages.unknown_code()
        sentence = _(
            "We know no ticket with this code. The code itself is well formed: was it given by another service centre?"
        )
        return _json_sorry("unknown") if _wants_json() else _sorry(codes.grouped(known), sentence)
    if _wants_json():
        return jsonify(_plain(here))
    return render_template("status/ticket.html", **pages.shown(here, own=owner_of(known) is not None))


def _wants_json() -> bool:
    return request.accept_mimetypes.best_match(["text/html", "application/json"]) == "application/json"


def _json_sorry(problem: str) -> tuple[Any, int]:
    return jsonify(problem=problem), 404


def _plain(here: Standing) -> dict[str, Any]:
    """The page as plain data."""
    page = pages.shown(here, own=False)
    counted = here.days
    return {
        "code": page["code"],
        "status": here.status.value,
        "headline": page["badge"].word,
        "family": here.family,
        "since": here.since.isoformat(),
        "next": page["next"],
        "due_on": counted.due_on.isoformat() if counted and not here.finished_on else None,
        "days": {"used": counted.used, "promised": counted.promised, "cells": [c.value for c in counted.cells]} if counted else None,
        "asked": {"headline": page["asked"].headline, "words": page["asked"].words},
        "verdict": {"outcome": here.outcome, "headline": page["verdict"].headline, "reasons": page["verdict"].reasons,
                    "rules": [rule.ref for rule in page["verdict"].rules], "last_covered_day": here.verdict["last_covered_day"]},
        "history": [{"at": entry.at.isoformat(), "headline": entry.headline} for entry in page["timeline"]],
    }  # fmt: skip


@room.get("/warranty/rules")
@public
def rules() -> str:
    """What each rule of the guarantee says, in our own words, and what happens to which part by which cause."""
    book = rulebook.book(house().rulebook, _version())
    return render_template("status/rules.html", book=book, rights=rights_notice())


@room.get("/warranty/rules.pdf")
@public
def rules_pdf() -> Response:
    """The same on paper, in the language of the page or the one that is asked for."""
    terms, asked = _version(), request.args.get("language", "")
    spoken = asked if asked in LANGUAGES else language()
    return pdf(rules_paper.draw(house(), terms, spoken), f"{terms.id}-{spoken}")


def _version() -> Terms:
    """The version of the terms that is asked for, else the newest."""
    asked, book = request.args.get("version", ""), house().rulebook
    try:
        return book.version(asked) if asked else book.newest
    except NoTerms:
        raise NotFound from None


@room.post("/status/<code>/link")
@public
def send_link(code: str) -> Any:
    """ "It's me": a link to the owner's page goes to the address that we know. The answer is always the same."""
    known = codes.parse(code)
    here, now = standing(reading(), known, house=house()), house().now()
    if here is not None:
        with transaction() as write:
            if spend(write, f"owner:{here.id}", limit=LETTERS_AN_HOUR, per=timedelta(hours=1), now=now):
                enqueue(write, "owner_link", {"ticket_id": here.id}, now=now)
    flash(_("If we have an e-mail address for this ticket, a link is on its way to it."), "ok")
    return redirect(url_for("status.ticket", code=code))


@room.route("/status/lost", methods=["GET", "POST"])
@public
def lost() -> Any:
    """ "I lost my code": the codes go to the address that is written; the answer is the same whether it is known or not."""
    form = LostForm(request.form)
    if request.method == "GET" or not form.validate():
        return render_template("status/lost.html", form=form), 200 if request.method == "GET" else 422
    address, now = form.email.data.casefold(), house().now()
    with transaction() as write:
        place = spend(write, f"lost-from:{request.remote_addr}", limit=PLACE_AN_HOUR, per=timedelta(hours=1), now=now)
        if place and spend(write, f"lost:{digest(address)}", limit=LETTERS_AN_HOUR, per=timedelta(hours=1), now=now):
            enqueue(write, "lost_code", {"email": address}, now=now)
    flash(_("If this address asked us for a repair, its codes are on their way to it."), "ok")
    return redirect(url_for("status.find"))
