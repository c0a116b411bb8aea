"""Words for people's roles."""

from __future__ import annotations

from service_center.accounts.models import Role
from service_center.core.i18n import _


def role_word(role: Role | None) -> str:
    """What somebody is, as they would say it."""
    return {
        Role.TECHNICIAN: _("technician"),
        Role.FRONT_DESK: _("front desk"),
        Role.MANAGER: _("manager"),
        Role.RETAILER_ADMIN: _("shop's administrator"),
        Role.RETAILER_CLERK: _("shop clerk"),
        None: "",
    }[role]


def weak_password(code: str) -> str:
    """Why a password or a PIN will not do, and what to do instead."""
    return {
        "password_short": _("This is too short: use at least 10 characters."),
        "password_long": _("This is too long: use at most 1,024 characters."),
        "pin_shape": _("A PIN has 4 to 8 digits."),
        "pin_guessable": _("This is easy to guess: no year, no row like 1234, no digit over and over."),
        "no_badge": _("You have no badge yet: ask a manager for one."),
        "password_guessable": _("This is easy to guess: leave out names, the shop, and rows like 12345."),
    }[code]
