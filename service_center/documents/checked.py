"""The final check list on the report: what was looked at and what was found, who signed for what, and the seal."""

from __future__ import annotations

from dataclasses import dataclass

from reportlab.platypus import Flowable
from sqlalchemy.orm import Session

from service_center.core.goods import Stage
from service_center.core.i18n import _, day, pgettext
from service_center.documents.layout import heading, space, table, words
from service_center.tickets import checking
from service_center.tickets.bench_models import Waiver
from service_center.tickets.models import Ticket
from service_center.tickets.wording import vocabulary


@dataclass(frozen=True)
class Signed:
    """What a person answered for by name, and what the customer agreed to."""

    what: str
    by: str
    reason: str
    consent: str


@dataclass(frozen=True)
class Checked:
    """Checks with their answers, in the order of the list; signatures that stand."""

    rows: tuple[tuple[str, str], ...] = ()
    signed: tuple[Signed, ...] = ()


def checked(session: Session, ticket: Ticket) -> Checked:
    """What the report says of one ticket."""
    failed = checking.failed_at(session, ticket.id)
    given = checking.answers(session, ticket.id, failed_at=failed)
    rows = ((name, row.answer) for (stage, name), row in given.items() if stage == Stage.FINAL)
    return Checked(
        tuple((vocabulary.check(name), vocabulary.check_answer(answer)) for name, answer in rows),
        tuple(_signed(waiver) for waiver in reversed(checking.waivers(session, ticket.id, failed_at=failed))),
    )


def seal(session: Session, ticket: Ticket) -> str:
    """The number of the seal that closed the item; empty where there is none."""
    found = checking.seal_of(session, ticket.id)
    return found.number if found else ""


def _signed(waiver: Waiver) -> Signed:
    of_check, _colon, name = waiver.subject.partition(":")
    what = vocabulary.check(name) if of_check == "check" else vocabulary.bench_test(name)
    by = _("Signed for by %(name)s on %(day)s.", name=waiver.signed_by, day=day(waiver.at))
    return Signed(what, by, waiver.reason, waiver.consent)


def drawn(facts: Checked, width: float) -> list[Flowable]:
    """The list as a table, two checks a row; below it what was signed for."""
    story: list[Flowable] = []
    if facts.rows:
        pairs = [facts.rows[place : place + 2] for place in range(0, len(facts.rows), 2)]
        rows = [sum((*pair, ("", ""))[:2], ()) for pair in pairs]
        heads = (pgettext("paper", "Check"), pgettext("paper", "Result")) * 2
        shares = [width * share for share in (0.34, 0.16, 0.34, 0.16)]
        story += [*heading(_("What was checked")), table(heads, rows, shares)]
    for each in facts.signed:
        told = [words(each.what, 9, bold=True), words(f"{each.by} {each.reason}", 9)]
        agreed = [words(_("The customer: “%(words)s”", words=each.consent), 9)] if each.consent else []
        story += [space(1.5), *told, *agreed]
    return story
