"""Badges of the lab's people: issue, print once, end."""

from __future__ import annotations

from typing import Any

from flask import Response, flash, redirect, render_template, session, url_for

from service_center.accounts import badges as services
from service_center.accounts.access import actor, managers
from service_center.accounts.models import LAB, User
from service_center.core.database import reading, transaction
from service_center.core.downloads import pdf
from service_center.core.errors import NotFound
from service_center.core.house import house
from service_center.core.i18n import _
from service_center.labels import badge as printed
from service_center.management.views.room import room

MOST = 2**31 - 1
PRINTABLE_SECONDS = 900
KEPT = "badge_to_print"
"""The text of the badge that was just issued stays in the manager's own session for a quarter of an hour, and nowhere else."""


def _person(user_id: int) -> User:
    found = reading().get(User, user_id)
    if found is None or found.role not in LAB or not found.active:
        raise NotFound
    return found


def _to_print(user_id: int) -> str:
    whose, text, at = session.get(KEPT, (0, "", 0))
    return str(text) if whose == user_id and house().now().timestamp() - at < PRINTABLE_SECONDS else ""


@room.get(f"/people/<int(max={MOST}):user_id>/badge")
@managers
def badge(user_id: int) -> Any:
    """A person's badge."""
    found = services.latest(reading()).get(user_id)
    return render_template(
        "management/badge.html", user=_person(user_id), badge=found, good=found is not None and found.ended_at is None, printable=bool(_to_print(user_id))
    )  # fmt: skip


@room.post(f"/people/<int(max={MOST}):user_id>/badge")
@managers
def issue_badge(user_id: int) -> Any:
    """A new badge; the one before ends."""
    with transaction() as write:
        _badge, text = services.issue(write, user_id, by_id=actor().user_id, now=house().now())
    session[KEPT] = [user_id, text, house().now().timestamp()]
    flash(_("The badge of %(name)s is ready: print it now.", name=_person(user_id).name), "ok")
    return redirect(url_for("management.badge", user_id=user_id))


@room.get(f"/people/<int(max={MOST}):user_id>/badge.pdf")
@managers
def badge_pdf(user_id: int) -> Response:
    """The badge to cut out."""
    user, text = _person(user_id), _to_print(user_id)
    if not text:
        raise NotFound
    return pdf(printed.draw(text, user.name, house().brand.name), "badge")


@room.post(f"/people/<int(max={MOST}):user_id>/badge/end")
@managers
def end_badge(user_id: int) -> Any:
    """It is lost, or no longer needed."""
    user = _person(user_id)
    with transaction() as write:
        services.end(write, user.id, now=house().now())
    session.pop(KEPT, None)
    flash(_("The badge of %(name)s opens nothing any more.", name=user.name), "ok")
    return redirect(url_for("management.badge", user_id=user_id))
