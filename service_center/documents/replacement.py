"""The confirmation of a replacement: which item for which, chosen by whom and when, and the guarantee that it keeps."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from reportlab.platypus import Flowable

from service_center.core.i18n import _, day, moment, money, pgettext
from service_center.core.paper import A4
from service_center.documents.layout import Letterhead, build, heading, inner, panel, side_by_side, space, table, words
from service_center.tickets.wording.verdicts import rights_notice


@dataclass(frozen=True)
class Confirmation:
    """What was chosen; `consent` are the words that a customer agreed to, and the name they signed with."""

    head: Letterhead
    customer: str
    old: str
    new: str
    functions: str
    why: str
    keeps: str
    until: date | None
    chosen_at: datetime | None
    chosen_by: str
    wording: str
    consent: tuple[str, ...] = ()
    refund_cents: int = 0
    reference: str = ""


def draw(facts: Confirmation) -> bytes:
    """The confirmation as a PDF, A4."""
    width = inner(A4)
    title = [words(_("Your replacement is confirmed"), 20, bold=True), words(facts.customer, 10)]
    end = day(facts.until) if facts.until else "–"
    term = panel(_("Guarantee until %(day)s", day=end), facts.keeps, "ok", width * 0.46)
    story: list[Flowable] = [
        side_by_side(title, [term], width, 0.54),
        space(3),
        *_items(facts, width),
        *_consent(facts),
    ]
    return build(
        facts.head, pgettext("paper", "Replacement"), [*story, space(3), words(rights_notice(), 8, quiet=True)]
    )


def _items(facts: Confirmation, width: float) -> list[Flowable]:
    chosen = ", ".join(each for each in (facts.chosen_by, moment(facts.chosen_at) if facts.chosen_at else "") if each)
    rows = [
        (_("The item that is replaced"), facts.old), (_("The item in its place"), facts.new), (_("What it can do"), facts.functions),
        (_("Why it was not repaired"), facts.why), (_("Chosen by"), chosen), (_("To pay"), _("nothing")),
        (_("Refunded"), money(facts.refund_cents) if facts.refund_cents else ""), (pgettext("paper", "Shop's reference"), facts.reference),
    ]  # fmt: skip
    told = [(words(label, 9, quiet=True), words(fact, 9)) for label, fact in rows if fact]
    return [*heading(_("What was chosen")), table(("", ""), told, [width * 0.3, width * 0.7])]


def _consent(facts: Confirmation) -> list[Flowable]:
    if not facts.consent:
        return []
    version = _("Version of these words: %(version)s", version=facts.wording)
    return [*heading(_("Consent")), *(words(line, 9) for line in facts.consent), words(version, 8, quiet=True)]
