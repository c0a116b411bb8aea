"""The ticket's screen, its menu, and the small things that are said and set on it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import request

from service_center.accounts.access import actor, lab
from service_center.accounts.models import Role
from service_center.core import uploads
from service_center.core.database import reading
from service_center.core.errors import Refused
from service_center.core.house import house
from service_center.core.i18n import _
from service_center.core.webforms import PROSE, Form, tidy
from service_center.lab import services
from service_center.lab.forms.bench import (
    FindingForm,
    MeasureForm,
    MessageForm,
    NoteForm,
    PartForm,
    PhotoForm,
    PlaceForm,
)
from service_center.lab.forms.checks import SealForm, SealFoundForm, checks_form
from service_center.lab.forms.parts import AwaitForm
from service_center.lab.queries.sheet import Sheet, sheet
from service_center.lab.views.commands import strip
from service_center.lab.views.menu import menu
from service_center.lab.views.presence import begun, companions
from service_center.lab.views.room import Trouble, Work, attempt, read_code, room, show
from service_center.lab.wording import checks, repeats
from service_center.lab.wording import sheet as wording
from service_center.lab.wording.contents import objection
from service_center.messages.services import say
from service_center.tickets import lineage
from service_center.tickets.codes import grouped
from service_center.tickets.lifecycle import Action
from service_center.tickets.services import bench
from service_center.tickets.services.custody import chain_of
from service_center.tickets.services.opening import NewPhoto
from service_center.tickets.wording.actions import action as words_of
from service_center.tickets.wording.custody import custody
from service_center.tickets.wording.refusals import refusal
from service_center.tickets.wording.vocabulary import old_part


@room.get("/tickets/<code>")
@lab
def ticket(code: str) -> Any:
    """One ticket on the bench."""
    begun(code)
    return screen(code)


def screen(
    code: str,
    trouble: Trouble | None = None,
    *,
    typed: Mapping[str, str] | None = None,
    tried: Any = None,
    **forms: Form,
) -> Any:
    """The ticket's page; after a refusal with what was typed, and with the reason."""
    who, home = actor(), house()
    seen = sheet(reading(), read_code(code), reader=who, house=home)
    words = wording.whole(seen, house=home)
    shown = _forms(seen) | forms
    errors = [(trouble.field, trouble.sentence)] if trouble else []
    errors += [(field.id, str(error)) for form in forms.values() for field in form for error in field.errors]
    return show(
        "lab/ticket.html", trouble.status if trouble else (422 if errors else 200), sheet=seen, ticket=seen.ticket, words=words,
        mixed=wording.mixed(words.findings), photo_words=wording.photo_words, offers=menu(seen, reader=who, typed=typed or {}),
        code=grouped(seen.ticket.code), errors=errors, failed=bool(errors), tried=tried, opened=dict.fromkeys(forms, True), decides=who.role is Role.MANAGER,
        company=companions(seen.ticket), hurries=who.role in (Role.FRONT_DESK, Role.MANAGER), again=_again(seen), forms=shown,
        objection=objection(seen), listed=checks.checks(seen.desk), hands=custody(chain_of(reading(), seen.ticket), reader="lab"),
        **strip(seen.ticket), parts_rows=[(part, old_part(part.old_part)) for part in seen.parts_used],
    )  # fmt: skip


def _again(seen: Sheet) -> repeats.Again:
    """Whether it was here before, and what that means."""
    session, ticket = reading(), seen.ticket
    old = lineage.replaced(session, ticket.item)
    new = lineage.replaced_by(session, ticket.item_id) if len(seen.kin) > 1 else None
    works = lineage.own_work(session, ticket, house=house(), of=seen.kin) if seen.visits else []
    return repeats.again(ticket, lineage.likely(session, ticket, of=seen.kin), works, old, new)


def _forms(seen: Sheet) -> dict[str, Form]:
    """The page's forms as they are before anybody typed."""
    return {
        "finding": FindingForm(data={"symptom": next(iter(seen.ticket.symptoms), "")}).offer(
            seen.ticket, house().rulebook.newest
        ),
        "measure": MeasureForm(data={"phase": "after"}).offer(seen.tests),
        "part": PartForm(data={"quantity": 1}).offer(seen.parts),
        "awaited": AwaitForm(data={"quantity": 1}).offer(seen.parts),
        "checks": checks_form(seen.desk.lines, data=checks.known(seen.desk)),
        "seal": SealForm(),
        "seal_found": SealFoundForm().offer(),
        "note": NoteForm(),
        "message": MessageForm(),
        "place": PlaceForm(data={"place": seen.ticket.location}),
        "photo": PhotoForm(data={"subject": "detail"}).offer(),
    }


def take(code: str, name: str, form: Form, work: Work, said: str) -> Any:
    """A form of the ticket's page: taken, or shown again with what was typed and why not."""
    read_code(code)
    if not form.validate():
        return screen(code, **{name: form})
    return attempt(code, work, said, again=lambda trouble: screen(code, beside(trouble, form), **{name: form}))


def beside(trouble: Trouble, form: Form) -> Trouble | None:
    """The sentence stands at the field that it is about; else at the top of the page."""
    if trouble.field not in form or trouble.status != 422:
        return trouble
    field = form[trouble.field]
    field.errors = [*field.errors, trouble.sentence]
    return None


@room.post("/tickets/<code>/act")
@lab
def act(code: str) -> Any:
    """A step of the menu."""
    pressed, note = request.form.get("action", ""), str(tidy(request.form.get("note", "")))[:PROSE]
    step = next((each for each in Action if each.value == pressed), None)

    def work(write: Any, found: Any) -> None:
        if step is None:
            raise Refused("action_unknown")
        services.act(write, found, step, note, actor=actor(), now=house().now(), house=house())

    said = _("Done: %(action)s.", action=words_of(step, reader="lab").label.lower()) if step else ""
    return attempt(code, work, said, again=lambda trouble: screen(code, trouble, typed={pressed: note}))


@room.post("/tickets/<code>/notes")
@lab
def notes(code: str) -> Any:
    """Words for colleagues."""
    form = NoteForm(request.form)
    return take(
        code, "note", form, lambda write, found: bench.write_note(write, found, form.note.data, actor=actor(), now=house().now()), _("Noted.")
    )  # fmt: skip


@room.post("/tickets/<code>/messages")
@lab
def messages(code: str) -> Any:
    """Words to the customer or the shop."""
    form = MessageForm(request.form)
    return take(
        code, "message", form, lambda write, found: say(write, found, form.text.data, actor=actor(), now=house().now()), _("The message is on its way.")
    )  # fmt: skip


@room.post("/tickets/<code>/place")
@lab
def place(code: str) -> Any:
    """Tray or shelf."""
    form = PlaceForm(request.form)
    return take(
        code, "place", form, lambda _write, found: bench.place(found, form.place.data or ""), _("The place is noted.")
    )


@room.post("/tickets/<code>/photos")
@lab
def photos(code: str) -> Any:
    """Pictures from the bench or from the final checks."""
    form = PhotoForm(request.form).offer()
    valid = form.validate()
    kept = receive_pictures(form, "photos", pdf=False) if valid else []
    if valid and not kept and not form.photos.errors:
        form.photos.errors = [_("Take or choose a photograph first.")]
    if not valid or form.photos.errors:
        return screen(code, photo=form)
    pictures = [NewPhoto.of(each, form.subject.data) for each in kept]
    return attempt(
        code, lambda write, found: services.add_photos(write, found, pictures, actor=actor(), now=house().now()), _("The photographs are kept."),
        again=lambda trouble: screen(code, trouble, photo=form), files=kept,
    )  # fmt: skip


def receive_pictures(form: Form, name: str, *, pdf: bool) -> list[uploads.Kept]:
    """The files of one field, checked and stored; what will not do is said beside the field."""
    try:
        return uploads.receive_all(request.files.getlist(name), house().storage, field=name, pdf=pdf)
    except Refused as no:
        form[name].errors = [*form[name].errors, refusal(no)]
        return []
