"""The page on which a complaint is answered: its words beside the decision, and what happened with the item."""

from __future__ import annotations

from typing import Any

from flask import render_template, url_for

from service_center.accounts.access import actor
from service_center.core.database import reading
from service_center.core.house import house
from service_center.core.i18n import _, phone
from service_center.management.forms.complaints import AnswerForm
from service_center.messages import queries as messages
from service_center.messages import wording as messages_wording
from service_center.messages.models import Complaint
from service_center.tickets import codes, queries
from service_center.tickets.models import Ticket
from service_center.tickets.wording import actions, statuses, verdicts
from service_center.tickets.wording.vocabulary import photo_stage, photo_subject


def answer_page(complaint_id: int, form: AnswerForm, more: list[tuple[str, str]] | None = None) -> str:
    """Everything that is needed for a fair answer."""
    session, who = reading(), actor()
    made = messages.complaint(session, complaint_id)
    code = messages.ticket_code(session, made)
    ticket = queries.get(session, code, seen_by=who) if code else None
    return render_template(
        "management/complaint.html", made=messages_wording.complaint(made, today=house().today()), form=form, more=more or [],
        contact=_contact(made), rights=verdicts.rights_notice(), unreachable=not made.email, **(_of_ticket(made, ticket) if ticket else {"ticket": None}),
    )  # fmt: skip


def _contact(made: Complaint) -> list[tuple[str, str]]:
    rows = [(_("Name"), made.name), (_("E-mail"), made.email), (_("Telephone"), phone(made.phone)), (_("Came"), messages_wording.channel(made.channel))]  # fmt: skip
    return [(word, value) for word, value in rows if value]


def _of_ticket(made: Complaint, ticket: Ticket) -> dict[str, Any]:
    """The decision as it was when somebody complained, the pictures, and the story since."""
    session, code = reading(), codes.grouped(ticket.code)
    verdict, finding = messages.about_what(session, made)
    record = verdict.record if verdict else queries.latest_verdict(session, ticket.id).record
    judged = [finding] if finding else ticket.findings
    panels = [verdicts.finding(each, record, reader="lab") for each in judged]
    return {
        "ticket": ticket, "code": code, "item": messages_wording.item(ticket), "status": statuses.status(ticket.status, (), reader="lab"),
        "decided": panels or [verdicts.verdict(record, reader="lab", outcome=ticket.verdict)],
        "photos": [(p.id, photo_subject(p.subject), photo_stage(p.stage)) for p in queries.photos(session, ticket.id)],
        "timeline": actions.timeline(queries.timeline(session, ticket.id), reader="lab"), "decide_url": url_for("management.decision", code=code),
    }  # fmt: skip
