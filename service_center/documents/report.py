"""The repair report: what came, what was found and why it is or is not covered, what was done and how it measured."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from io import BytesIO

from PIL import Image as Picture
from PIL import UnidentifiedImageError
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Image, KeepTogether

from service_center.core.i18n import _, day, money, pgettext
from service_center.core.paper import A4
from service_center.documents.checked import Checked, drawn
from service_center.documents.gauge import Reading, readings_table
from service_center.documents.layout import (
    TONES,
    Letterhead,
    build,
    columns,
    grid,
    heading,
    inner,
    labelled,
    panel,
    side_by_side,
    space,
    table,
    words,
)
from service_center.tickets.wording.clocks import sentence
from service_center.tickets.wording.days import DaysWords
from service_center.tickets.wording.verdicts import VerdictWords, rights_notice

PICTURES = 4


@dataclass(frozen=True)
class Found:
    """One finding, worded, with its verdict; `decided` names the person who decided it, where one did."""

    symptom: str
    component: str
    cause: str
    work: str
    verdict: VerdictWords
    decided: str = ""


@dataclass(frozen=True)
class Replaced:
    """A part that went in, and what became of the old one."""

    name: str
    code: str
    quantity: int
    old_part: str


@dataclass(frozen=True)
class Priced:
    """A quote and its answer, as a sentence; lines are words and cents."""

    lines: tuple[tuple[str, int], ...]
    total_cents: int
    currency: str
    answer: str
    due_cents: int


@dataclass(frozen=True)
class Photograph:
    """A small picture and what it shows."""

    content: bytes
    caption: str


@dataclass(frozen=True)
class Report:
    """Everything that the report says; what is empty or None is left out."""

    head: Letterhead
    item: str
    customer: str
    requested_on: date
    evidence: str = ""
    received_on: date | None = None
    in_charge_on: date | None = None
    due_on: date | None = None
    finished_on: date | None = None
    purchased_on: date | None = None
    proof: str = ""
    card: str = ""
    shop: str = ""
    reference: str = ""
    serial: str = ""
    condition: str = ""
    accessories: str = ""
    complaint: str = ""
    said: str = ""
    verdict: VerdictWords | None = None
    findings: tuple[Found, ...] = ()
    readings: tuple[Reading, ...] = ()
    checked: Checked = field(default_factory=Checked)
    seal: str = ""
    parts: tuple[Replaced, ...] = ()
    replaced: str = ""
    quote: Priced | None = None
    days: DaysWords | None = None
    repaired_by: str = ""
    tested_by: str = ""
    tested_on: date | None = None
    courier: str = ""
    tracking: str = ""
    sent_on: date | None = None
    pictures: tuple[Photograph, ...] = ()


def draw(facts: Report) -> bytes:
    """The report as a PDF, A4."""
    width = inner(A4)
    story = [
        *_title(facts, width), *_facts(facts, width), *_complaint(facts), *_findings(facts, width), *readings_table(facts.readings, width), *drawn(facts.checked, width),
        *_replaced(facts), *_work(facts, width), *_costs(facts, width), *_days(facts), *_end(facts, width), *_pictures(facts, width),
    ]  # fmt: skip
    return build(facts.head, pgettext("paper", "Repair report"), story)


def _title(facts: Report, width: float) -> list[Flowable]:
    title = [words(pgettext("paper", "Repair report"), 20, bold=True), words(facts.item, 10)]
    if facts.verdict is None:
        return [*title, space(4)]
    told = facts.verdict
    return [side_by_side(title, [panel(told.headline, told.sub, told.tone, width * 0.46)], width, 0.54), space(2)]


def _on(value: date | None) -> str:
    return day(value) if value else ""


def _facts(facts: Report, width: float) -> list[Flowable]:
    clocks = [(clock.label, _on(clock.until)) for clock in facts.verdict.clocks] if facts.verdict else []
    dates = (
        (pgettext("paper", "Requested"), _on(facts.requested_on)), (pgettext("paper", "Shown by"), facts.evidence), (pgettext("paper", "Received"), _on(facts.received_on)),
        (_("Taken in charge"), _on(facts.in_charge_on)), (pgettext("paper", "Promised by"), _on(facts.due_on)), (pgettext("paper", "Finished"), _on(facts.finished_on)),
    )  # fmt: skip
    bought = (
        (pgettext("paper", "Purchase"), _on(facts.purchased_on)),
        (pgettext("paper", "Proof"), facts.proof),
        (pgettext("paper", "Guarantee card"), facts.card),
        *clocks,
    )
    came = (
        (pgettext("paper", "Customer"), facts.customer), (pgettext("paper", "Shop"), facts.shop), (pgettext("paper", "Shop's reference"), facts.reference), (pgettext("paper", "Serial number"), facts.serial),
        (pgettext("paper", "On arrival"), facts.condition), (pgettext("paper", "Came with"), facts.accessories),
    )  # fmt: skip
    return [columns((dates, bought, came), width)]


def _complaint(facts: Report) -> list[Flowable]:
    if not facts.complaint and not facts.said:
        return []
    said = [words(_("“%(words)s”", words=facts.said), 9)] if facts.said else []
    return [
        *heading(_("What was reported")),
        *([words(facts.complaint, 9, bold=True)] if facts.complaint else []),
        *said,
    ]


def _findings(facts: Report, width: float) -> list[Flowable]:
    if not facts.findings:
        reasons = facts.verdict.reasons if facts.verdict else ()
        return [*heading(pgettext("paper", "Why")), *(words(reason) for reason in reasons)] if reasons else []
    story = heading(_("What we found, and why"))
    shares = [width * share for share in (0.24, 0.22, 0.27, 0.27)]
    heads: tuple[str, ...] = (
        pgettext("paper", "Symptom"),
        pgettext("paper", "Component"),
        pgettext("paper", "Cause"),
        pgettext("paper", "Work"),
    )
    for found in facts.findings:
        row = table(heads, [(found.symptom, found.component, found.cause, found.work or "–")], shares)
        verdict = words(found.verdict.headline, 9.5, bold=True, ink=TONES.get(found.verdict.tone))
        verdict.keepWithNext = 1
        story += [KeepTogether([row, space(0.8), verdict]), *(words(reason) for reason in found.verdict.reasons)]
        rules = "; ".join(f"{rule.ref} {rule.title}".strip() for rule in found.verdict.rules)
        story += [words(line, 8, quiet=True) for line in (found.decided, rules) if line] + [space(2.5)]
        heads = ("",) * 4
    return story


def _replaced(facts: Report) -> list[Flowable]:
    return [*heading(pgettext("paper", "Replacement")), words(facts.replaced, 9.5, bold=True)] if facts.replaced else []


def _work(facts: Report, width: float) -> list[Flowable]:
    if not facts.parts:
        return []
    rows = [(part.name, part.code, f"{part.quantity} ×", part.old_part) for part in facts.parts]
    heads = (
        pgettext("paper", "Part"),
        pgettext("paper", "Part code"),
        pgettext("paper", "Quantity"),
        _("What became of the old one"),
    )
    return [
        *heading(pgettext("paper", "Parts used")),
        table(heads, rows, [width * share for share in (0.38, 0.2, 0.12, 0.3)]),
    ]


def _costs(facts: Report, width: float) -> list[Flowable]:
    if facts.quote is None:
        return []
    quote = facts.quote
    rows: list[tuple[object, ...]] = [(text, money(cents, quote.currency)) for text, cents in quote.lines]
    rows += [
        (_("Quoted, VAT included"), money(quote.total_cents, quote.currency)),
        (words(_("To pay, VAT included"), 9, bold=True), words(money(quote.due_cents, quote.currency), 9, bold=True, right=True)),
    ]  # fmt: skip
    return [
        *heading(pgettext("paper", "Quote")),
        words(quote.answer),
        space(1),
        table(("", ""), rows, [width * 0.8, width * 0.2], right=(1,)),
    ]


def _days(facts: Report) -> list[Flowable]:
    if facts.days is None or not facts.days.figures:
        return []
    whose = ", ".join(f"{key.number} {key.words}" for key in facts.days.keys)
    told = ". ".join(part.rstrip(".") for part in (facts.days.figures, whose, facts.days.late) if part)
    return [*heading(_("Whose days they were")), words(f"{told}."), words(facts.days.explanation, 8, quiet=True)]


def _pictures(facts: Report, width: float) -> list[Flowable]:
    side = (width - 9 * mm) / PICTURES
    shown = [(image, each.caption) for each in facts.pictures if (image := _image(each.content, side - 4))][:PICTURES]
    if not shown:
        return []
    row = [[image, words(caption, 8, quiet=True)] for image, caption in shown]
    return [*heading(pgettext("paper", "Photographs")), grid([row], [side + 3 * mm] * len(row))]


def _image(content: bytes, side: float) -> Image | None:
    """The picture as a block no larger than its place; one that cannot be read is left out."""
    try:
        with Picture.open(BytesIO(content)) as opened:
            opened.load()
            across, down = opened.size
    except (OSError, UnidentifiedImageError, Picture.DecompressionBombError, ValueError):
        return None
    factor = min(side / across, side * 0.8 / down)
    return Image(BytesIO(content), across * factor, down * factor, hAlign="LEFT")


def _end(facts: Report, width: float) -> list[Flowable]:
    tested = " · ".join(part for part in (facts.tested_by, _on(facts.tested_on)) if part)
    sent = " · ".join(part for part in (facts.courier, facts.tracking, _on(facts.sent_on)) if part)
    signed = (
        ((pgettext("paper", "Technician"), facts.repaired_by),),
        ((pgettext("paper", "Final checks"), tested),),
        ((pgettext("paper", "Seal"), facts.seal),),
        ((pgettext("paper", "Sent with"), sent),),
    )
    last: list[Flowable] = [columns(signed, width)] if any((facts.repaired_by, tested, facts.seal, sent)) else []
    no_longer = _("A repair does not extend the guarantee of the brand.")
    terms = [words(sentence(clock), 8) for clock in facts.verdict.clocks] if facts.verdict else []
    rights = [
        *terms,
        labelled(_("Guarantees."), f"{rights_notice()} {no_longer}", 8),
        labelled(_("The repair online:"), facts.head.scan, 8),
    ]
    return [space(4), KeepTogether([*last, space(2), *rights])]
