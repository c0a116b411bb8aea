"""A person of the lab answers what a sender said about the contents."""

from __future__ import annotations

from typing import Any

from flask import request

from service_center.accounts.access import actor, lab
from service_center.core.house import house
from service_center.core.i18n import _
from service_center.core.webforms import PROSE, tidy
from service_center.lab.views.room import attempt, room
from service_center.lab.views.ticket import screen
from service_center.messages.contents import answer_about_contents


@room.post("/tickets/<code>/contents")
@lab
def answer_contents(code: str) -> Any:
    """The answer is written to the sender, and the question is closed."""
    text = str(tidy(request.form.get("text", "")))[:PROSE]
    return attempt(
        code,
        lambda write, found: answer_about_contents(write, found, text, actor=actor(), now=house().now(), house=house()),
        _("The answer is on its way to the sender."),
        again=lambda trouble: screen(code, trouble),
    )
