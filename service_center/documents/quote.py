"""The quote on paper, with what the European repair information form asks for: price, days, validity, and how to answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from reportlab.platypus import Flowable, KeepTogether

from service_center.core.i18n import _, day, money, ngettext, pgettext
from service_center.core.paper import A4
from service_center.documents.layout import (
    TONES,
    Letterhead,
    Pair,
    build,
    columns,
    heading,
    inner,
    labelled,
    panel,
    side_by_side,
    space,
    table,
    words,
)
from service_center.tickets.wording.verdicts import VerdictWords, rights_notice


@dataclass(frozen=True)
class Outside:
    """What the guarantee does not cover: the fault in words, and why."""

    fault: str
    verdict: VerdictWords


@dataclass(frozen=True)
class QuotePaper:
    """A quote as it was frozen; money in cents, VAT included. `answered` is empty while it is open."""

    head: Letterhead
    customer: str
    item: str
    lines: tuple[tuple[str, int], ...]
    total_cents: int
    currency: str
    vat_percent: int
    days_needed: int
    sent_on: date
    valid_until: date
    serial: str = ""
    reference: str = ""
    complaint: str = ""
    outside: tuple[Outside, ...] = ()
    handed_over_at: str = ""
    telephone: str = ""
    email: str = ""
    answered: str = ""
    terms: tuple[str, ...] = ()

    def vat_cents(self) -> int:
        """The tax inside the total, rounded to the cent."""
        return self.total_cents - round(self.total_cents * 100 / (100 + self.vat_percent))


def draw(facts: QuotePaper) -> bytes:
    """The quote as a PDF, A4."""
    width = inner(A4)
    story = [*_title(facts, width), *_prices(facts, width), *_reasons(facts), *_form(facts, width), *_answer(facts)]
    return build(facts.head, pgettext("paper", "Quote"), story)


def _title(facts: QuotePaper, width: float) -> list[Flowable]:
    asked = [words(_("Quote for a repair"), 20, bold=True), words(facts.item, 10)]
    total = panel(
        money(facts.total_cents, facts.currency),
        _("VAT included · valid until %(day)s", day=day(facts.valid_until)),
        "work",
        width * 0.42,
    )
    whom: list[Pair] = [
        (pgettext("paper", "Customer"), facts.customer),
        (pgettext("paper", "Serial number"), facts.serial),
    ]
    dated: list[Pair] = [
        (pgettext("paper", "Issued"), day(facts.sent_on)),
        (pgettext("paper", "Shop's reference"), facts.reference),
    ]
    return [side_by_side(asked, [total], width, 0.58), space(2), columns((whom, dated), width)]


def _prices(facts: QuotePaper, width: float) -> list[Flowable]:
    rows: list[tuple[object, ...]] = [(text, money(cents, facts.currency)) for text, cents in facts.lines]
    vat = _("of which VAT %(percent)s%%", percent=facts.vat_percent)
    total = _("Total, VAT included")
    rows += [
        (words(total, 11, bold=True), words(money(facts.total_cents, facts.currency), 11, bold=True, right=True)),
        (words(vat, 8.5, quiet=True), words(money(facts.vat_cents(), facts.currency), 8.5, quiet=True, right=True)),
    ]  # fmt: skip
    made = table((_("What is done"), _("Price, VAT included")), rows, [width * 0.72, width * 0.28], right=(1,))
    return [*heading(_("What it costs")), made]


def _reasons(facts: QuotePaper) -> list[Flowable]:
    if not facts.outside:
        return []
    story = heading(_("Why the guarantee does not pay for it"))
    for each in facts.outside:
        rules = "; ".join(f"{rule.ref} {rule.title}".strip() for rule in each.verdict.rules)
        title = words(each.fault, 9, bold=True)
        verdict = words(each.verdict.headline, 9, bold=True, ink=TONES.get(each.verdict.tone))
        title.keepWithNext = verdict.keepWithNext = 1
        story += [
            title,
            verdict,
            *(words(reason) for reason in each.verdict.reasons),
            words(rules, 8, quiet=True),
            space(1.5),
        ]
    return [*story, *(words(term, 8, quiet=True) for term in facts.terms), words(rights_notice(), 8, quiet=True)]


def _form(facts: QuotePaper, width: float) -> list[Flowable]:
    """The fields of the European form that are not already said above."""
    needed = ngettext(
        "%(num)s working day after the answer", "%(num)s working days after the answer", facts.days_needed
    )
    rows = [
        (pgettext("paper", "Repairer"), ", ".join((facts.head.name, *facts.head.contact))), (pgettext("paper", "Item"), " · ".join(p for p in (facts.item, facts.serial) if p)),
        (pgettext("paper", "Fault"), "; ".join(part for part in (facts.complaint, *(each.fault for each in facts.outside)) if part)), (pgettext("paper", "Repair proposed"), "; ".join(text for text, _cents in facts.lines)),
        (pgettext("paper", "Price"), _("%(money)s, VAT included; nothing else is charged without a new quote", money=money(facts.total_cents, facts.currency))),
        (pgettext("paper", "Time needed"), needed), (_("Replacement in the meantime"), pgettext("paper", "none")), (_("Handed over at"), facts.handed_over_at),
        (pgettext("paper", "Other services"), _("sending it back is included")),
        (pgettext("paper", "Valid"), _("from %(first)s to %(last)s, both included", first=day(facts.sent_on), last=day(facts.valid_until))),
    ]  # fmt: skip
    told = [(words(label, 8.5, quiet=True), words(fact, 8.5)) for label, fact in rows if fact.strip()]
    return [*heading(pgettext("paper", "Repair information")), table(("", ""), told, [width * 0.27, width * 0.73])]


def _answer(facts: QuotePaper) -> list[Flowable]:
    if facts.answered:
        return [*heading(pgettext("paper", "The answer")), words(facts.answered, 10, bold=True)]
    reach = " · ".join(part for part in (facts.telephone, facts.email) if part)
    story = [
        *heading(_("How to answer")), labelled(pgettext("paper", "Online:"), _("%(link)s – yes or no, with one press.", link=facts.head.scan), 9),
        labelled(pgettext("paper", "Otherwise:"), _("%(reach)s, with the code %(code)s.", reach=reach, code=facts.head.code), 9), space(1.5),
        words(_("Without an answer by %(day)s the item comes back unrepaired, and there is nothing to pay.", day=day(facts.valid_until))),
    ]  # fmt: skip
    return [KeepTogether(story)]
