"""What people type who complain."""

from __future__ import annotations

from wtforms import MultipleFileField, RadioField, TextAreaField
from wtforms.validators import InputRequired, Length

from service_center.core.i18n import later
from service_center.core.webforms import PROSE, Form, Needed, too_long
from service_center.messages.complaints import Subject
from service_center.messages.wording import about_finding, subject
from service_center.tickets.models import Ticket

PART = "finding-"
CHOOSE = later("Choose what it is about")


class ComplaintForm(Form):
    """What somebody complains about on a page of one ticket; a decision of several parts is taken part by part."""

    subject = RadioField(later("What is it about?"), [InputRequired(CHOOSE)])
    text = TextAreaField(
        later("What went wrong, and what would be right?"),
        [Needed(), Length(max=PROSE, message=too_long(PROSE))],
        description=later("In your own words. A person reads it and answers in writing."),
    )
    photos = MultipleFileField(later("Photographs"))

    def offer(self, ticket: Ticket) -> ComplaintForm:
        """The subjects: the decision as a whole or, where there are several findings, each of them."""
        parts = [(f"{PART}{each.id}", about_finding(each)) for each in ticket.findings]
        decision = parts if len(parts) > 1 else [(Subject.DECISION.value, subject(Subject.DECISION))]
        rest = [each for each in Subject if each is not Subject.DECISION]
        self.subject.choices = [*decision, *((each.value, subject(each)) for each in rest)]
        return self

    def chosen(self) -> tuple[Subject, int | None]:
        """The subject, and the finding where one was meant."""
        return read_subject(self.subject.data)


def read_subject(value: str) -> tuple[Subject, int | None]:
    """A choice of `offer` as subject and finding."""
    if value.startswith(PART):
        return Subject.DECISION, int(value.removeprefix(PART))
    return Subject(value), None
