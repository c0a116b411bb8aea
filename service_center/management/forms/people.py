"""Forms for people."""

from __future__ import annotations

from collections.abc import Sequence

from wtforms import SelectField, SelectMultipleField, StringField
from wtforms.validators import Email, Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from service_center.accounts.models import Role
from service_center.accounts.wording import role_word
from service_center.core.i18n import later
from service_center.core.webforms import Form, Needed, too_long
from service_center.tickets.wording.vocabulary import family

NO_ADDRESS = later("Write an e-mail address, like name@example.com")


class InviteForm(Form):
    """Who is invited, and as what; `place` is a shop's number for a clerk, a retailer's for its administrator."""

    name = StringField(later("Name"), [Needed(), Length(max=120, message=too_long(120))])
    email = StringField(later("E-mail address"), [Needed(), Email(NO_ADDRESS), Length(max=254, message=too_long(254))])
    role = SelectField(later("Role"), [Needed()])
    shop = SelectField(later("Shop"), [Optional()], description=later("Only for a shop's people."))

    def offer(self, roles: list[Role], shops: list[tuple[int, str]]) -> InviteForm:
        """The roles and shops that the inviting person may give."""
        self.role.choices = [(role.value, role_word(role)) for role in roles]
        self.shop.choices = [("", "–"), *((str(number), name) for number, name in shops)]
        return self


class SkillsForm(Form):
    """The families that somebody works on."""

    families = SelectMultipleField(
        later("Works on"), [Optional()], option_widget=CheckboxInput(), widget=ListWidget(prefix_label=False),
        description=later("Only these come as the next ticket; with none named, all do."),
    )  # fmt: skip

    def offer(self, families: Sequence[str]) -> SkillsForm:
        """The families of the terms."""
        self.families.choices = [(each, family(each)) for each in families]
        return self
