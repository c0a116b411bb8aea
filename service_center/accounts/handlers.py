"""Letters to people who sign in: the link is made when the letter leaves, so that no secret lies in the outbox."""

from __future__ import annotations

from datetime import timedelta

from service_center.accounts.models import Purpose, User
from service_center.accounts.services import make_link
from service_center.core.database import transaction
from service_center.core.house import house

LASTS = {Purpose.RESET: timedelta(minutes=60)}
TEMPLATES = {Purpose.INVITE: ("invite", "invite"), Purpose.RESET: ("password_reset", "password/new")}


def link_for(user_id: int, purpose: Purpose) -> tuple[User, str]:
    """The person and a fresh link of ours for them."""
    now = house().now()
    lasts = LASTS.get(purpose, timedelta(days=house().brand.setting("invite_days")))
    with transaction() as session:
        user = session.get_one(User, user_id)
        token = make_link(session, purpose, user_id, now=now, lasts=lasts)
    return user, f"{house().base_url}/{TEMPLATES[purpose][1]}/{token}"
