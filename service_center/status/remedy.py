"""The choice before the remedy, as the owner reads it: what repair and replacement mean, and what was chosen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session
from wtforms import RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from service_center.core.house import House
from service_center.core.i18n import Later, _, day, later, moment
from service_center.core.webforms import Form
from service_center.tickets.models import Ticket
from service_center.tickets.queries import latest_verdict
from service_center.tickets.services.remedy import REPAIR, REPLACEMENT, clocks_of, is_open, is_told, longer_until

_CHOICES: dict[str, tuple[Later, Later]] = {
    REPAIR: (later("Repair"), later("The item stays yours and is put right.")),
    REPLACEMENT: (later("Replacement"), later("You get an equal item, where that is possible and not out of proportion.")),
}  # fmt: skip


class ChoiceForm(Form):
    """Repair or replacement."""

    choice = RadioField(later("What do you want?"), [InputRequired(later("Choose one of the two"))])

    def offer(self) -> ChoiceForm:
        """Both, each with what it means."""
        self.choice.choices = [
            SelectChoice(code, str(word), {"hint": str(hint)}) for code, (word, hint) in _CHOICES.items()
        ]
        return self


@dataclass(frozen=True)
class Choice:
    """What the owner's page says of it; `made` is empty while nothing was chosen."""

    sentences: list[str]
    open: bool
    made: str


def choice_of(session: Session, ticket: Ticket, *, house: House) -> Choice | None:
    """The explanation and the choice made; None where the law of that sale does not ask for it."""
    judged = latest_verdict(session, ticket.id)
    if not is_told(judged, house=house):
        return None
    legal = longer_until(clocks_of(session, ticket, judged, house=house))
    said = [
        _("We sold it to you ourselves. If a defect was there at delivery, the law lets you choose: repair or replacement, both free of charge."),
    ]  # fmt: skip
    if legal and legal.after_repair:
        said.append(
            _(
                "If it is repaired, the legal guarantee lasts longer, once: until %(longer)s instead of %(until)s. A replacement does not extend it.",
                longer=day(legal.after_repair), until=day(legal.until),
            )
        )  # fmt: skip
    said.append(
        _("The choice is yours unless one of the two is impossible or out of proportion: then we tell you why.")
    )
    return Choice(said, is_open(ticket), _made(ticket))


def _made(ticket: Ticket) -> str:
    kept = ticket.remedy_choice or {}
    if kept.get("choice") not in _CHOICES:
        return ""
    word = str(_CHOICES[kept["choice"]][0])
    return _("You chose: %(choice)s, on %(day)s.", choice=word, day=moment(datetime.fromisoformat(kept["at"])))
