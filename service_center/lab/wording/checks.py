"""Check lists, signatures and seals in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from service_center.core.i18n import _, day, moment
from service_center.lab.queries.checks import Desk
from service_center.tickets.bench_models import Seal, Waiver
from service_center.tickets.checking import Hold
from service_center.tickets.wording import vocabulary as words
from service_center.tickets.wording.statuses import Badge

_LOOKS = {"ok": ("ok", "check"), "not_ok": ("stop", "x"), "not_there": ("rest", "check")}
_SEALS = {"": ("wait", "seal"), "intact": ("ok", "check"), "broken": ("stop", "alert"), "missing": ("stop", "alert")}


@dataclass(frozen=True)
class Line:
    """A line of the open list; `field` names its question."""

    field: str
    badge: Badge | None


@dataclass(frozen=True)
class Past:
    """A line of a list that is closed."""

    words: str
    badge: Badge


@dataclass(frozen=True)
class Kept:
    """What keeps the item here, and who signed for it."""

    subject: str
    words: str
    badge: Badge
    waiver: int
    signed: str
    reason: str
    consent: str


@dataclass(frozen=True)
class SealWords:
    """A seal: its number, what is known of it, and whether a card can still take it off."""

    id: int
    number: str
    badge: Badge
    about: str


@dataclass(frozen=True)
class ChecksWords:
    """All of it, for the ticket and for the final checks."""

    title: str
    final: bool
    lines: list[Line]
    past: list[Past]
    kept: list[Kept]
    seal: SealWords | None
    before: SealWords | None
    to_seal: bool
    to_ask: bool


def checks(desk: Desk) -> ChecksWords:
    """Word everything at once."""
    final = desk.stage == "final"
    return ChecksWords(
        title=_("Check list before it leaves") if final else _("Check list on arrival at the bench"),
        final=final,
        lines=[Line(f"check_{line.code}", _badge(desk, line.code, final and line.needed)) for line in desk.lines],
        past=[
            Past(words.check(name), _answer(row.answer)) for (stage, name), row in desk.given.items() if stage != desk.stage
        ],
        kept=[_kept(hold, hold.signed_by(desk.waivers)) for hold in desk.holds],
        seal=_seal(desk.seal, _("Closed")) if desk.seal else None,
        before=_seal(desk.before, _("Not looked at yet")) if desk.before else None,
        to_seal=desk.to_seal,
        to_ask=desk.to_ask,
    )  # fmt: skip


def known(desk: Desk) -> dict[str, str]:
    """The answers that were given to the open list, for its form."""
    return {f"check_{name}": row.answer for (stage, name), row in desk.given.items() if stage == desk.stage}


def subject(hold: Hold) -> str:
    """A test or a check by its name."""
    return words.check(hold.name) if hold.of_check else words.bench_test(hold.name)


def unsigned(desk: Desk) -> Iterable[tuple[str, str]]:
    """What a manager can sign for: codes with words."""
    open_ones = (hold for hold in desk.holds if hold.signed_by(desk.waivers) is None)
    return [(hold.subject, _why(subject(hold), missing=hold.since is None)) for hold in open_ones]


def _why(name: str, *, missing: bool) -> str:
    return _("%(check)s: missing", check=name) if missing else _("%(check)s: failed", check=name)


def _answer(code: str) -> Badge:
    tone, icon = _LOOKS[code]
    return Badge(words.check_answer(code), tone, icon)


def _badge(desk: Desk, name: str, needed: bool) -> Badge | None:
    if desk.stage and (desk.stage, name) in desk.given:
        return None
    return Badge(_("Needed"), "rest", "lock") if needed else None


def _kept(hold: Hold, signed: Waiver | None) -> Kept:
    state = Badge(_("Missing"), "wait", "clock") if hold.since is None else Badge(_("Failed"), "stop", "x")
    if signed is None:
        return Kept(hold.subject, subject(hold), state, 0, "", "", "")
    by = _("Signed by %(name)s, %(moment)s", name=signed.signed_by, moment=moment(signed.at))
    return Kept(
        hold.subject, subject(hold), Badge(_("Signed for"), "ok", "check"), signed.id, by, signed.reason, signed.consent
    )  # fmt: skip


def _seal(seal: Seal, unseen: str) -> SealWords:
    tone, icon = _SEALS[seal.found]
    word = words.seal_found(seal.found).capitalize() if seal.found else unseen
    return SealWords(seal.id, seal.number, Badge(word, tone, icon), day(seal.put_at))
