"""The form with which a customer or their shop chooses a replacement, or says that none is right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from wtforms import BooleanField, RadioField, StringField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Length

from service_center.core.errors import Refused
from service_center.core.i18n import _, later
from service_center.core.webforms import Form, too_long
from service_center.tickets.wording import remedies
from service_center.tickets.wording.refusals import refusal

NONE = "none"


class ChoiceForm(Form):
    """One of the items offered, or none with words; one that differs asks for consent in writing."""

    choice = RadioField(
        later("What would you like in its place?"), [InputRequired(later("Choose one of them, or none"))]
    )
    words = TextAreaField(later("If none: what would be right?"), [Length(max=2000, message=too_long(2000))])
    agreed = BooleanField(later("I agree"))
    signed = StringField(later("Your full name, in place of a signature"), [Length(max=120, message=too_long(120))])

    def offer(self, candidates: Sequence[Mapping[str, Any]], *, family_of_old: str) -> ChoiceForm:
        """The items of the offer, each with what it can do and what it is worth."""
        cards = remedies.cards(candidates, family_of_old=family_of_old)
        self.choice.choices = [
            SelectChoice(str(card.model_id), card.name, {"icon": "swap", "hint": _hint(card)}) for card in cards
        ] + [SelectChoice(NONE, _("None of these"), {"icon": "x", "hint": _("a person looks for another way")})]
        self.agreed.description = " ".join(
            remedies.consent(each, family_of_old=family_of_old) for each in candidates if each["by_consent"]
        )
        return self

    @property
    def model_id(self) -> int | None:
        """The item that was chosen; None: none of them."""
        return None if self.choice.data == NONE else int(self.choice.data)

    @property
    def consent(self) -> str:
        """The sentence that was ticked."""
        return str(self.agreed.description) if self.agreed.data else ""

    def refused(self, no: Refused) -> list[tuple[str, str]]:
        """The sentence stands at its field; else it is returned for the top of the page."""
        name = {"note": "words"}.get(no.field or "", no.field or "")
        if name not in self:
            return [("", refusal(no))]
        self[name].errors = [*self[name].errors, refusal(no)]
        return []


def _hint(card: remedies.Card) -> str:
    same = _("the same model as yours") if card.same else ""
    return " · ".join(each for each in (card.code, same, card.price, card.facts, card.differs) if each)
