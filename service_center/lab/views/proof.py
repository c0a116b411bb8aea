"""The proof of purchase: the pictures, what a machine suggests, what a person confirms, and what is hidden from others."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import parse_qsl

from flask import flash, redirect, request, url_for
from werkzeug.datastructures import MultiDict

from service_center.accounts.access import actor, lab
from service_center.core.database import reading
from service_center.core.errors import NotFound, Refused
from service_center.core.house import house
from service_center.core.i18n import _, ngettext
from service_center.core.storage import new_key
from service_center.core.uploads import JPEG
from service_center.lab import services
from service_center.lab.forms.proof import MaskForm, ProofForm
from service_center.lab.queries.sheet import Sheet, sheet
from service_center.lab.views.room import ROW_ID, Trouble, attempt, read_code, room, show, tried
from service_center.lab.views.ticket import beside, receive_pictures
from service_center.lab.wording import papers as wording
from service_center.lab.wording import sheet as about
from service_center.proofs import masking
from service_center.proofs.documents import document_of
from service_center.proofs.models import ProofFile, ProofLine, ProofOfPurchase
from service_center.proofs.queries import lines
from service_center.tickets.codes import grouped
from service_center.tickets.paper_uses import uses
from service_center.tickets.services.paper_lines import Covered, cover_paper
from service_center.tickets.wording.refusals import refusal

SPARE_ROWS = 2
LONGEST_TAKE = 6000


@room.route("/tickets/<code>/proof", methods=["GET", "POST"])
@lab
def proof(code: str) -> Any:
    """The pictures of the papers, and beside them what a person reads on them."""
    seen = sheet(reading(), read_code(code), reader=actor(), house=house())
    stood = lines(reading(), seen.ticket.proof_id)
    form = ProofForm(_typed(), data=_read_before(seen, stood)).offer()
    if request.method == "GET" or "take" in request.form:
        return _page(seen, form)
    valid = form.validate()
    files = receive_pictures(form, "files", pdf=True) if valid else []
    if not valid or form.errors:
        return _page(seen, form)
    read = form.read([line.id for line in stood])
    return attempt(
        code, lambda write, found: services.confirm_papers(write, found, read, files, actor=actor(), now=house().now(), house=house()),
        _("Confirmed: the guarantee is judged anew."), again=lambda trouble: _page(seen, form, beside(trouble, form)), files=files,
    )  # fmt: skip


def _typed() -> MultiDict[str, str] | None:
    """What was typed; where a suggestion was taken, its fields are filled with it and nothing else changes."""
    if not request.form:
        return None
    typed = MultiDict(request.form)
    taken = MultiDict(parse_qsl(request.form.get("take", "")[:LONGEST_TAKE], keep_blank_values=True)[:80])
    for name in taken:
        typed.setlist(name, taken.getlist(name))
    return typed


def _page(
    seen: Sheet, form: ProofForm, trouble: Trouble | None = None, *, masks: MaskForm | None = None, of: int = 0
) -> Any:
    status = trouble.status if trouble else (422 if form.errors or (masks and masks.errors) else 200)
    wrong = {of: masks} if masks else {}
    others, ticket = uses(reading(), seen.ticket), seen.ticket
    rows = max((n + 1 for n, line in enumerate(form.lines) if any(field.data for field in line[:4])), default=0)
    return show(
        "lab/proof.html", status, sheet=seen, ticket=ticket, code=grouped(ticket.code), form=form, mask_form=masks, mask_forms={each.id: _mask_form(each.id) for each in seen.papers} | wrong,
        head=about.head(seen, house=house()), more=[(trouble.field, trouble.sentence)] if trouble else [],
        failed=trouble is not None, verdict=about.verdict(seen, house=house()), words=about.papers(seen), papers=[wording.paper(each) for each in seen.papers],
        used=[wording.used(each) for each in others], alarm=wording.seen_before(others), terms=wording.disagreeing(ticket.proof, house()),
        rows=form.lines[: rows + SPARE_ROWS],
    )  # fmt: skip


def _read_before(seen: Sheet, stood: Sequence[ProofLine]) -> dict[str, Any]:
    """What the sender said, or somebody read before."""
    known = seen.ticket.proof or ProofOfPurchase(kind="none", seller="unknown", card="absent")
    names = ("seller", "seller_name", "vat_number", "purchased_on", "number", "card", "card_dated_on", "legible")
    data = {name: getattr(known, name) for name in names}
    said = document_of(known.document or known.kind)
    said = wording.presumed(seen.papers, said) if known.checked_at is None else said
    data |= {"document": said.value, "total": wording.amount(known.total_cents)}
    for n, line in enumerate(stood):
        data |= {f"line_text_{n}": line.text, f"line_quantity_{n}": line.quantity, f"line_amount_{n}": wording.amount(line.total_cents), f"line_ean_{n}": line.ean}  # fmt: skip
        if line.id == seen.ticket.proof_line_id:
            data["mine"] = str(n)
    return data


@room.post(f"/tickets/<code>/proof/<{ROW_ID}:file_id>/masks")
@lab
def masks(code: str, file_id: int) -> Any:
    """Hide a part of a paper from everybody but the person who confirms: the picture is drawn anew under black boxes."""
    seen = sheet(reading(), read_code(code), reader=actor(), house=house())
    file = next((each for each in seen.papers if each.id == file_id), None)
    if file is None:
        raise NotFound
    form = _mask_form(file_id, request.form)
    if not form.validate():
        return _page(
            seen,
            ProofForm(data=_read_before(seen, lines(reading(), seen.ticket.proof_id))).offer(),
            masks=form,
            of=file_id,
        )
    back = redirect(url_for("lab.proof", code=grouped(seen.ticket.code)))
    try:
        made = _covered(file, [*request.form.getlist("box"), form.box()])
    except Refused as no:
        flash(refusal(no), "stop")
        return back
    words = ngettext("%(num)s place on a paper is hidden.", "%(num)s places on a paper are hidden.", len(made.masks))
    spare: list[str] = []
    trouble = tried(
        code, lambda write, found: spare.extend(cover_paper(write, found, file_id, made, words, actor=actor(), now=house().now()))
    )  # fmt: skip
    flash(trouble.sentence if trouble else words, "stop" if trouble else "ok")
    for key in filter(None, [made.masked_key, made.thumb_key] if trouble else spare):
        house().storage.delete(key)
    return back


def _mask_form(file_id: int, typed: Any = None) -> MaskForm:
    """Every paper has one of its own: their fields must not bear the same names."""
    return MaskForm(typed, prefix=f"paper{file_id}-")


def _covered(file: ProofFile, sent: list[str]) -> Covered:
    """The masked copies, stored before anything is written down."""
    boxes = list(dict.fromkeys(box for each in sent if (box := masking.read_box(each)) is not None))[: masking.MOST]
    storage = house().storage
    large, small = masking.covered(
        storage.get(file.storage_key if file.media_type == JPEG else file.preview_key), boxes, file.name
    )
    masked_key, thumb_key = new_key(".jpg") if boxes else "", new_key(".jpg")
    if boxes:
        storage.put(masked_key, large)
    storage.put(thumb_key, small)
    return Covered(boxes, masked_key, thumb_key)
