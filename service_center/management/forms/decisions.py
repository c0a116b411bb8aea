"""Forms of the desk: a decision, a budget."""

from __future__ import annotations

from collections.abc import Sequence

from wtforms import IntegerField, RadioField, SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length, NumberRange, Optional

from service_center.core.i18n import _, later
from service_center.core.webforms import Form, Money, Needed, too_long
from service_center.tickets.outcomes import GOODWILL

LONGEST = 2000
HOUSE = "house"


class DecisionForm(Form):
    """What is decided on which point, and why; the cost only for a courtesy."""

    about = RadioField(later("What you decide on"), [Needed()])
    decision = RadioField(later("Decision"), [Needed()])
    reason = TextAreaField(
        later("Reason, as the customer reads it"), [Needed(), Length(max=LONGEST, message=too_long(LONGEST))],
        description=later("It stands word for word in the letter, on the customer's page and on the report."),
    )  # fmt: skip
    cost = Money(
        later("What the courtesy costs"),
        [Optional()],
        description=later("In euros; empty: the parts used, and the minutes."),
    )
    minutes = IntegerField(
        later("Minutes at the bench"), [Optional(), NumberRange(0, 6000, message=later("Between 0 and 6000 minutes"))]
    )
    budget = SelectField(later("From which budget"), [Optional()])
    over_budget = TextAreaField(
        later("Why over the budget"), [Length(max=LONGEST, message=too_long(LONGEST))], description=later("Only when the budget is spent; colleagues read it, the customer does not."),
    )  # fmt: skip

    def offer(self, about: Sequence[tuple[str, str]], budgets: Sequence[tuple[str, str]]) -> DecisionForm:
        """The points of this ticket, and whose budget may pay."""
        self.about.choices = list(about)
        self.decision.choices = [
            SelectChoice("COVERED", _("Cover it"), {"hint": _("free, by the guarantee")}),
            SelectChoice("NOT_COVERED", _("Do not cover it"), {"hint": _("a quote follows, or it goes back")}),
            SelectChoice(GOODWILL, _("Courtesy"), {"hint": _("not covered, and done free")}),
        ]
        self.budget.choices = [(HOUSE, _("The house's own budget")), *budgets]
        return self

    @property
    def shop_id(self) -> int | None:
        """The shop whose budget pays; None: the house."""
        return None if self.budget.data in (None, "", HOUSE) else int(self.budget.data)


class BudgetForm(Form):
    """What may be spent on courtesies in a season."""

    season = SelectField(later("Season"), [Needed()])
    budget = SelectField(later("Whose budget"), [Needed()])
    limit = Money(later("Budget in euros"), [Needed()])

    def offer(self, seasons: Sequence[tuple[str, str]], shops: Sequence[tuple[str, str]]) -> BudgetForm:
        """The seasons that may be planned, and whose budget."""
        self.season.choices = list(seasons)
        self.budget.choices = [(HOUSE, _("The house's own budget")), *shops]
        return self

    @property
    def shop_id(self) -> int | None:
        """None: the house."""
        return None if self.budget.data == HOUSE else int(self.budget.data)
