"""The demo's desk of decisions: two dates, water in a marked watch, a denial by our own shop, courtesies and their budgets."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from service_center.accounts.actor import Actor
from service_center.accounts.models import Role, User
from service_center.core.house import House
from service_center.core.i18n import civil_day
from service_center.management.services.decisions import decide
from service_center.management.services.goodwill import Courtesy, grant, set_budget
from service_center.tickets import queries
from service_center.tickets.lifecycle import Status, WaitKind
from service_center.tickets.models import Goodwill, GoodwillBudget, Item, Ticket, Wait
from service_center.tickets.seasons import season_of
from service_center.tickets.services import assessing, bench

WORDS = {
    "water": "La prova a secco perde due millibar al secondo dal fondello, e la guarnizione era piegata dal montaggio: non c'è segno di urto né di corona estratta. Lo copriamo.",
    "courtesy": "Il danno viene dall'uso e la garanzia non lo copre, ma per questo orologio la riparazione di maggio è durata troppo: lo rimettiamo a posto senza spesa.",
    "overruled": "La foto mostra che la maglia era saldata male: la rottura viene da lì, non dall'uso.",
}
Scene = Callable[[Session, Ticket, Actor, Actor, House], None]


def show(session: Session, house: House) -> None:
    """Play each scene on a ticket of its own; what was shown already stays."""
    people = {
        user.role: Actor(user.role.value, user.id, user.name)
        for user in session.scalars(select(User).where(User.demo).order_by(User.id.desc()))
    }
    boss, tech = people.get(Role.MANAGER), people.get(Role.TECHNICIAN)
    season = season_of(house.today(), house.brand.setting("goodwill_season_months"))
    known = session.scalars(select(GoodwillBudget.id).limit(1)).first()
    if boss is None or tech is None or known is not None:
        return
    set_budget(session, season, None, 200_000, house=house)
    played: set[int] = set()
    for family, verdict, scene in SCENES:
        ticket = _next(session, family, verdict, played)
        if ticket is not None:
            played.add(ticket.id)
            scene(session, queries.locked(session, ticket.code, seen_by=boss), boss, tech, house)
            session.flush()
    for shop_id in dict.fromkeys(session.scalars(select(Goodwill.shop_id).where(Goodwill.shop_id.is_not(None)))):
        set_budget(session, season, shop_id, 15_000, house=house)


def _next(session: Session, family: str, verdict: str, played: set[int]) -> Ticket | None:
    """A ticket on the bench of which nothing is awaited; a shop's own last."""
    open_waits = (
        select(Wait.id)
        .where(Wait.ticket_id == Ticket.id, Wait.closed_at.is_(None), Wait.kind != WaitKind.QUOTE)
        .exists()
    )
    return session.scalars(
        select(Ticket)
        .join(Item, Item.id == Ticket.item_id)
        .where(
            Item.family == family, Ticket.status == Status.DIAGNOSING, Ticket.verdict == verdict, Ticket.proof_id.is_not(None), ~open_waits,
            Ticket.safety.is_(False), Ticket.findings.any(), Ticket.id.not_in(played),
        )
        .order_by(Ticket.shop_id.is_not(None), Ticket.id)
        .limit(1)
    ).first()  # fmt: skip


def _two_dates(session: Session, ticket: Ticket, boss: Actor, tech: Actor, house: House) -> None:
    """The receipt is too old by three weeks, the card is not."""
    assert ticket.proof is not None
    asked = civil_day(ticket.requested_at)
    ticket.proof.purchased_on, ticket.proof.card_dated_on = _before(asked, 752), _before(asked, 715)
    ticket.proof.delivered_on = ticket.proof.registered_on = None
    session.flush()
    assessing.reassess(session, ticket, "proof", actor=tech, now=house.now(), house=house)


def _before(day: date, days: int) -> date:
    return day - timedelta(days=days)


def _water(session: Session, ticket: Ticket, boss: Actor, tech: Actor, house: House) -> None:
    """Water came into a marked watch, and the dry test leaks."""
    ticket.item.water_mark = True
    now = house.now()
    bench.measure(session, ticket, "dry_pressure", "before", 62, actor=tech, now=now, house=house)
    assessing.add_finding(
        session, ticket, symptom="S11", component="movement", cause="liquid_within_limits", action="A03", note="Condensa sotto il vetro, ponte ossidato",
        actor=tech, now=now, house=house,
    )  # fmt: skip


def _water_decided(session: Session, ticket: Ticket, boss: Actor, tech: Actor, house: House) -> None:
    _water(session, ticket, boss, tech, house)
    decide(session, ticket, ticket.findings[-1].id, "COVERED", WORDS["water"], actor=boss, now=house.now(), house=house)


def _own_shop(session: Session, ticket: Ticket, boss: Actor, tech: Actor, house: House) -> None:
    """Our own shop sold it five months ago, and the strap is not covered."""
    assert ticket.proof is not None
    ticket.proof.seller, ticket.proof.purchased_on = "own_shop", _before(civil_day(ticket.requested_at), 150)
    now = house.now()
    assessing.add_finding(
        session, ticket, symptom="S12", component="strap", cause="manufacturing_defect", action="A07", actor=tech, now=now, house=house
    )  # fmt: skip


def _courtesy(session: Session, ticket: Ticket, boss: Actor, tech: Actor, house: House) -> None:
    denied = next(found for found in ticket.findings if found.outcome == "NOT_COVERED")
    grant(
        session,
        ticket,
        Courtesy(
            denied.id, WORDS["courtesy"], 3800, shop_id=ticket.shop_id, over_budget="Concordata con la direzione."
        ),
        actor=boss,
        now=house.now(),
        house=house,
    )


def _overruled(session: Session, ticket: Ticket, boss: Actor, tech: Actor, house: House) -> None:
    denied = next(found for found in ticket.findings if found.outcome == "NOT_COVERED")
    decide(session, ticket, denied.id, "COVERED", WORDS["overruled"], actor=boss, now=house.now(), house=house)


SCENES: tuple[tuple[str, str, Scene], ...] = (
    ("watch", "COVERED", _two_dates), ("watch", "COVERED", _water), ("watch", "COVERED", _water_decided), ("smartwatch", "COVERED", _own_shop),
    ("watch", "NOT_COVERED", _courtesy), ("jewel", "NOT_COVERED", _overruled),
)  # fmt: skip
