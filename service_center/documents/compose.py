"""From rows to papers: what report, slip and quote say of a ticket, in the language that the caller speaks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy.orm import Session

from service_center.accounts.models import Shop, User
from service_center.core.house import House
from service_center.core.i18n import _, civil_day, day, money
from service_center.core.paper import telephone
from service_center.documents import readings
from service_center.documents.checked import checked, seal
from service_center.documents.layout import Letterhead
from service_center.documents.quote import Outside, QuotePaper
from service_center.documents.replacement import Confirmation
from service_center.documents.report import PICTURES, Found, Photograph, Priced, Replaced, Report
from service_center.documents.slip import Slip
from service_center.offers.models import Quote, ReplacementOffer
from service_center.offers.queries import quotes
from service_center.offers.wording import replaced
from service_center.parcels.couriers.register import COURIERS
from service_center.parcels.models import Direction
from service_center.parcels.queries import shipments
from service_center.tickets import queries
from service_center.tickets.codes import grouped
from service_center.tickets.lifecycle import Action
from service_center.tickets.lineage import replaced_by
from service_center.tickets.models import Channel, Finding, Photo, Ticket, Verdict
from service_center.tickets.wording import remedies, vocabulary
from service_center.tickets.wording.clocks import sentence
from service_center.tickets.wording.days import days
from service_center.tickets.wording.terms import terms_of
from service_center.tickets.wording.verdicts import finding as finding_words
from service_center.tickets.wording.verdicts import verdict as verdict_words

HANDED_IN = frozenset({Channel.COUNTER, Channel.RETAILER})
"""Where somebody gave the item out of their hands when they asked."""


def letterhead(ticket: Ticket, *, house: House, issued_on: date | None = None) -> Letterhead:
    """Who writes, about which repair."""
    brand, lab = house.brand, house.brand.lab
    address = ", ".join((*lab.lines, f"{lab.postal_code} {lab.city} ({lab.province})"))
    vat = _("VAT no. %(number)s", number=brand.vat_number)
    reach = (telephone(lab.phone) if lab.phone else "", brand.email, brand.website)
    return Letterhead(
        name=lab.name, contact=(f"{brand.legal_name} · {vat}", address, " · ".join(part for part in reach if part)), accent=brand.accent,
        code=grouped(ticket.code), scan=house.scan_url(ticket.code), number=str(ticket.number), issued_on=issued_on or house.today(),
    )  # fmt: skip


# --- report --------------------------------------------------------------------------------------------------


def report(session: Session, ticket: Ticket, *, house: House, pictures: Sequence[Photograph] = ()) -> Report:
    """The repair report as things stand now."""
    latest, proof, shop = queries.latest_verdict(session, ticket.id), ticket.proof, _shop(session, ticket)
    parts = queries.parts_used(session, ticket.id)
    sent = next((s for s in reversed(shipments(session, ticket.id)) if s.direction is Direction.OUT), None)
    courier = COURIERS.get(sent.courier) if sent else None
    counted = queries.days_of(ticket, house=house)
    finished_on = civil_day(ticket.finished_at) if ticket.finished_at else None
    return Report(
        head=letterhead(ticket, house=house), item=item(ticket), customer=ticket.customer.name, requested_on=civil_day(ticket.requested_at),
        evidence=vocabulary.evidence(ticket.request.evidence), received_on=_civil(ticket.received_at), in_charge_on=ticket.day_zero,
        due_on=ticket.due_on, finished_on=finished_on,
        purchased_on=proof.purchased_on if proof else None, proof=vocabulary.proof_kind(proof.kind if proof else "none"),
        card=vocabulary.card_state(proof.card) if proof else "", shop=shop.name if shop else "", reference=ticket.shop_reference,
        serial=ticket.item.serial, condition=condition(ticket), accessories=accessories(ticket), complaint=complaint(ticket), said=ticket.words,
        verdict=verdict_words(latest.record, reader="paper", outcome=ticket.verdict, clocks=terms_of(session, ticket, latest, house=house)), findings=tuple(_found(session, each, latest) for each in ticket.findings),
        readings=readings.paired(queries.readings(session, ticket), ticket.item.family, house.brand),
        checked=checked(session, ticket), seal=seal(session, ticket),
        parts=tuple(Replaced(part.name, part.code, part.quantity, _became(part.old_part)) for part in parts),
        replaced=replaced(session, ticket), quote=_priced(session, ticket), days=days(counted, reader="paper", day_zero=ticket.day_zero, finished_on=finished_on) if counted else None,
        repaired_by=initials(_name(session, ticket.repaired_by_id)), tested_by=initials(_name(session, ticket.tested_by_id)),
        tested_on=_tested_on(session, ticket), courier=courier.name if courier else "", tracking=sent.tracking if sent else "",
        sent_on=_civil(sent.left_at) if sent else None, pictures=tuple(pictures),
    )  # fmt: skip


def chosen_photos(photos: Sequence[Photo]) -> list[Photo]:
    """The few that tell the story: of the arrival first, of the final checks (else the bench) last."""
    before = [photo for photo in photos if photo.stage in ("asked", "reception")]
    after = [photo for photo in photos if photo.stage in ("bench", "test")]
    last = after[-(PICTURES // 2) :]
    return [*before[-(PICTURES - len(last)) :], *last]


def photographs(photos: Sequence[Photo], *, house: House) -> list[Photograph]:
    """Their small pictures with captions; to be read outside a transaction. One that is not there is left out."""
    found = []
    for photo in chosen_photos(photos):
        try:
            content = house.storage.get(photo.thumb_key)
        except (OSError, KeyError):
            continue
        found.append(
            Photograph(content, f"{vocabulary.photo_stage(photo.stage)}: {vocabulary.photo_subject(photo.subject)}")
        )
    return found


def _found(session: Session, finding: Finding, latest: Verdict) -> Found:
    decided = ""
    if finding.decision:
        facts = {
            "name": _name(session, finding.decided_by_id) or "–",
            "day": day(finding.decided_at) if finding.decided_at else "–",
        }
        decided = _("Decided by %(name)s on %(day)s.", **facts)
    return Found(
        vocabulary.symptom(finding.symptom), vocabulary.component(finding.component), vocabulary.cause(finding.cause),
        vocabulary.work(finding.action) if finding.action else "", finding_words(finding, latest.record, reader="paper"), decided,
    )  # fmt: skip


def confirmation(session: Session, ticket: Ticket, made: ReplacementOffer, *, house: House) -> Confirmation:
    """What was chosen in place of an item."""
    taken = next(each for each in made.candidates if each["model_id"] == made.chosen_model_id)
    new = replaced_by(session, ticket.item_id)
    wording, *consented = made.consent.split("\n")
    return Confirmation(
        head=letterhead(ticket, house=house, issued_on=civil_day(made.answered_at) if made.answered_at else None), customer=ticket.customer.name,
        old=remedies.identity(ticket.item), new=remedies.identity(new) if new else f"{taken['code']} {taken['name']}",
        functions=", ".join(taken["functions"]), why=remedies.why(made.why, reader="paper"), keeps=remedies.keeps(ticket.last_covered_day, reader="paper"),
        until=ticket.last_covered_day, chosen_at=made.answered_at, chosen_by=made.answered_by, wording=wording, consent=tuple(consented),
        refund_cents=taken["refund_cents"], reference=ticket.shop_reference,
    )  # fmt: skip


def _priced(session: Session, ticket: Ticket) -> Priced | None:
    latest = next(iter(reversed(quotes(session, ticket.id))), None)
    if latest is None:
        return None
    due = latest.total_cents if latest.answer == "accepted" else 0
    return Priced(_lines(latest), latest.total_cents, latest.currency, answered(latest) or _waits(latest), due)


def answered(quote: Quote) -> str:
    """How a quote was answered, as a sentence; empty while it is open."""
    facts = {
        "money": money(quote.total_cents, quote.currency),
        "day": day(quote.answered_at) if quote.answered_at else "–",
    }
    if quote.answer == "accepted":
        return _("The quote of %(money)s was accepted on %(day)s.", **facts)
    if quote.answer == "refused":
        return _("The quote of %(money)s was refused on %(day)s: the item goes back as it is.", **facts)
    if quote.answer == "expired":
        return _("The quote of %(money)s was not answered in time: the item goes back as it is.", **facts)
    if quote.answer == "withdrawn":
        return _("The quote of %(money)s was withdrawn on %(day)s: it no longer holds.", **facts)
    return ""


def _waits(quote: Quote) -> str:
    return _(
        "The quote of %(money)s waits for an answer until %(day)s.",
        money=money(quote.total_cents, quote.currency),
        day=day(quote.valid_until),
    )


def _tested_on(session: Session, ticket: Ticket) -> date | None:
    if ticket.tested_by_id is None:
        return None
    passed = (each.at for each in queries.timeline(session, ticket.id) if each.action is Action.PASS_QUALITY)
    return _civil(next(passed, None))


# --- slip and quote ------------------------------------------------------------------------------------------


def slip(session: Session, ticket: Ticket, pin: str, *, house: House) -> Slip:
    """What the person at the counter takes home; `pin` is empty when it is printed again."""
    shop, proof = _shop(session, ticket), ticket.proof
    where = f"{shop.street}, {shop.postal_code} {shop.city} ({shop.province})" if shop and shop.street else ""
    bought = (
        ", ".join(
            p for p in (vocabulary.proof_kind(proof.kind), day(proof.purchased_on) if proof.purchased_on else "") if p
        )
        if proof
        else ""
    )
    return Slip(
        head=letterhead(ticket, house=house, issued_on=civil_day(ticket.requested_at)), requested_at=ticket.requested_at,
        customer=ticket.customer.name, telephone=telephone(ticket.customer.phone) if ticket.customer.phone else "", item=item(ticket),
        symptoms=complaint(ticket), said=ticket.words, serial=ticket.item.serial, accessories=accessories(ticket),
        shop=shop.name if shop else "", shop_address=where, clerk=_name(session, ticket.request.entered_by_id), reference=ticket.shop_reference,
        purchase=bought, pin=pin, handed_in=ticket.request.channel in HANDED_IN,
        promise=_(
            "The lab repairs within %(days)s working days from the day on which the item and its papers are there.",
            days=house.brand.setting("promise_working_days"),
        ),
    )  # fmt: skip


def quote(session: Session, ticket: Ticket, quote: Quote, *, house: House) -> QuotePaper:
    """A quote as it was sent."""
    latest, lab = queries.latest_verdict(session, ticket.id), house.brand.lab
    outside = [each for each in ticket.findings if each.outcome == "NOT_COVERED"]
    return QuotePaper(
        head=letterhead(ticket, house=house, issued_on=civil_day(quote.sent_at)), customer=ticket.customer.name, item=item(ticket),
        lines=_lines(quote), total_cents=quote.total_cents, currency=quote.currency, vat_percent=quote.vat_percent,
        days_needed=quote.days_needed, sent_on=civil_day(quote.sent_at), valid_until=quote.valid_until, serial=ticket.item.serial,
        reference=ticket.shop_reference, complaint=complaint(ticket),
        outside=tuple(_outside(each, latest) for each in outside),
        handed_over_at=", ".join((*lab.lines, f"{lab.postal_code} {lab.city} ({lab.province})")),
        telephone=telephone(lab.phone) if lab.phone else "", email=house.brand.email, answered=answered(quote),
        terms=tuple(sentence(each) for each in terms_of(session, ticket, latest, house=house)),
    )  # fmt: skip


def _outside(finding: Finding, latest: Verdict) -> Outside:
    told = finding_words(finding, latest.record, reader="paper")
    return Outside(f"{vocabulary.symptom(finding.symptom)} – {told.sub}", told)


def _lines(quote: Quote) -> tuple[tuple[str, int], ...]:
    return tuple((str(line["text"]), int(line["cents"])) for line in quote.lines)


# --- facts that several papers say ---------------------------------------------------------------------------


def item(ticket: Ticket) -> str:
    """Kind, code and name of the model."""
    known = ticket.item.model
    return " ".join(
        p
        for p in (
            vocabulary.family(ticket.item.family),
            f"{known.code} {known.name}" if known else ticket.item.model_text,
        )
        if p
    )


def complaint(ticket: Ticket) -> str:
    """The symptoms, as a list."""
    return ", ".join(vocabulary.symptom(code) for code in ticket.symptoms)


def accessories(ticket: Ticket) -> str:
    """What came with it, as a list."""
    return ", ".join(vocabulary.accessory(code) for code in ticket.accessories)


def condition(ticket: Ticket) -> str:
    """The grades of its zones: `glass C (visible wear), case B (light marks)`."""
    return ", ".join(
        f"{vocabulary.zone(zone)} {grade} ({vocabulary.grade(grade)})" for zone, grade in ticket.condition.items()
    )


def initials(name: str) -> str:
    """`S. M.`: who works at the bench signs with initials; who decides is named."""
    return " ".join(f"{part[0].upper()}." for part in name.split())


def _became(code: str) -> str:
    """What became of the old part, without the words that the column's head says."""
    said = vocabulary.old_part(code)
    return said.partition(": ")[2] or said


def _name(session: Session, user_id: int | None) -> str:
    known = session.get(User, user_id) if user_id is not None else None
    return known.name if known else ""


def _shop(session: Session, ticket: Ticket) -> Shop | None:
    return session.get(Shop, ticket.shop_id) if ticket.shop_id is not None else None


def _civil(at: datetime | None) -> date | None:
    return civil_day(at) if at else None
