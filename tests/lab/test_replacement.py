"""House rules of replacements: the guarantee's own order, the customer's choice, the new item's number and the old one's end."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from service_center.accounts.actor import customer
from service_center.catalogue.models import Model
from service_center.core.errors import Refused
from service_center.core.house import House
from service_center.documents import compose
from service_center.offers.models import ReplacementOffer
from service_center.offers.queries import standing_offer
from service_center.offers.services import replacements
from service_center.offers.wording import replaced
from service_center.outbox.models import OutboxRow
from service_center.tickets import queries
from service_center.tickets.codes import grouped
from service_center.tickets.lifecycle import Action, Status, WaitKind
from service_center.tickets.models import Finding, Item, Ticket, Wait
from service_center.tickets.services.advancing import advance
from tests.builders import WHEN, People, actor, client_for, post
from tests.lab.conftest import Make, Rows

FAULTY = ("S17", "display", "material_defect", "A14")
RANGE = {
    "OLD": ("Call Smartwatch", "smartwatch", 9900, False, ["chiamate", "battito", "sonno", "passi"]),
    "NEW": ("Active Amoled", "smartwatch", 12900, True, ["chiamate", "battito", "sonno", "passi", "gps"]),
    "LIKE": ("Call Smartwatch 2", "smartwatch", 10900, True, ["chiamate", "battito", "sonno", "passi"]),
    "LESS": ("Fit", "smartwatch", 4900, True, ["chiamate", "battito", "sonno", "passi"]),
    "DUMB": ("Band", "smartwatch", 15900, True, ["passi"]),
    "RING": ("Anello", "jewel", 20000, True, []),
}


@pytest.fixture
def models(session: Session, people: People) -> dict[str, int]:
    """A small range: one no longer made, what may replace it, and what may not."""
    found = {
        code: Model(code=code, name=name, family=family, list_price_cents=price, current=current, functions=functions)
        for code, (name, family, price, current, functions) in RANGE.items()
    }
    session.add_all(found.values())
    session.commit()
    return {code: model.id for code, model in found.items()}


@pytest.fixture
def broken(session: Session, house: House, make: Make, models: dict[str, int]) -> Ticket:
    """A smartwatch on the bench whose display is covered and cannot be had."""
    made = make(status=Status.DIAGNOSING, family="smartwatch", findings=(FAULTY,))
    item = session.get_one(Item, made.item_id)
    item.model_id, item.serial = models["OLD"], "SW-0001"
    session.commit()
    session.expunge_all()
    return made


@pytest.fixture
def inside(app: Flask) -> Iterator[None]:
    """As in a request: the house's goods are at hand."""
    with app.app_context():
        yield


def held(session: Session, ticket: Ticket, people: People) -> Ticket:
    return queries.locked(session, ticket.code, seen_by=actor(people.manager))


def offer(session: Session, house: House, people: People, ticket: Ticket, *ids: int, by: str = "technician", **more: object) -> ReplacementOffer:  # fmt: skip
    made = replacements.offer(
        session, held(session, ticket, people), ids, why="discontinued", actor=actor(people.everybody()[by]), now=WHEN, house=house, **more
    )  # fmt: skip
    session.commit()
    return made


def url(ticket: Ticket, rest: str = "") -> str:
    return f"/lab/tickets/{grouped(ticket.code)}/replacement{rest}"


def test_only_comparable_ones_of_no_less_value_are_proposed(tech: FlaskClient, broken: Ticket) -> None:
    page = tech.get(url(broken)).text
    assert page.index("LIKE") < page.index("NEW Active")
    assert all(f"<b>{code} " not in page for code in ("LESS", "DUMB", "RING", "OLD"))


@pytest.mark.parametrize(("code", "why"), [
    ("LESS", "replacement_of_less_value"), ("DUMB", "replacement_not_comparable"), ("RING", "replacement_of_another_family"), ("OLD", "replacement_not_current"),
])  # fmt: skip
def test_a_technician_cannot_offer_what_the_guarantee_does_not(
    session: Session, house: House, people: People, broken: Ticket, models: dict[str, int], code: str, why: str
) -> None:
    with pytest.raises(Refused) as no:
        offer(session, house, people, broken, models[code])
    assert no.value.code == why


def test_an_offer_stops_the_clock_and_tells_the_customer(tech: FlaskClient, broken: Ticket, models: dict[str, int], rows: Rows) -> None:  # fmt: skip
    answered = post(tech, url(broken), {"why": "no_part", "models": [str(models["NEW"]), str(models["LIKE"])]})
    assert answered.status_code == 302, answered.text
    [wait] = rows(select(Wait).where(Wait.kind == WaitKind.REPLACEMENT))
    assert wait.closed_at is None
    assert [row.facts["template"] for row in rows(select(OutboxRow)) if row.kind == "letter"][-1] == "replacement"
    assert rows(select(Ticket))[0].status is Status.REPLACING


def test_a_choice_is_kept_with_its_words_time_and_address(
    session: Session, house: House, people: People, broken: Ticket, models: dict[str, int]
) -> None:
    offer(session, house, people, broken, models["NEW"], models["LIKE"])
    ticket = held(session, broken, people)
    who = customer(ticket.id, "Adele Fontanarosa")
    with pytest.raises(Refused, match="replacement_not_offered"):
        replacements.choose(session, ticket, models["LESS"], actor=who, now=WHEN, house=house)
    made = replacements.choose(session, ticket, models["NEW"], actor=who, now=WHEN, house=house, address="192.0.2.7")
    assert (made.answer, made.answered_by, made.answered_from, made.consent) == ("chosen", "Adele Fontanarosa", "192.0.2.7", replacements.WORDING)  # fmt: skip
    assert not queries.waiting_on(ticket, next(w.on_whom for w in ticket.waits if w.kind is WaitKind.REPLACEMENT))


def test_what_is_chosen_and_not_yet_booked_is_told_as_chosen(
    inside: None, session: Session, house: House, people: People, broken: Ticket, models: dict[str, int]
) -> None:
    offer(session, house, people, broken, models["NEW"], models["LIKE"])
    ticket = held(session, broken, people)
    assert replaced(session, ticket) == ""
    replacements.choose(session, ticket, models["NEW"], actor=customer(ticket.id, "Adele"), now=WHEN, house=house)
    assert replaced(session, ticket).endswith(": NEW Active Amoled.")
    assert compose.report(session, ticket, house=house).replaced == replaced(session, ticket)
    replacements.book(session, ticket, "NEW", "nw-7788", actor=actor(people.technician), now=WHEN)
    assert "NW-7788" in replaced(session, ticket)


def test_the_new_item_is_booked_before_the_work_is_done(
    inside: None, session: Session, house: House, people: People, broken: Ticket, models: dict[str, int]
) -> None:
    offer(session, house, people, broken, models["NEW"])
    ticket = held(session, broken, people)
    tech = actor(people.technician)
    replacements.choose(session, ticket, models["NEW"], actor=customer(ticket.id, "Adele"), now=WHEN, house=house)
    with pytest.raises(Refused, match="replacement_unbooked"):
        advance(session, ticket, Action.FINISH, actor=tech, now=WHEN, house=house)
    for model, serial, why in (
        ("LIKE", "X-77", "replacement_of_another_model"), ("NEW", "", "serial_needed"), ("NEW", "sw 0001", "serial_of_the_old"),
    ):  # fmt: skip
        with pytest.raises(Refused, match=why):
            replacements.book(session, ticket, model, serial, actor=tech, now=WHEN)
    new = replacements.book(session, ticket, "NEW", "nw-7788", actor=tech, now=WHEN)
    assert (new.replaces_id, new.model_id, new.family) == (ticket.item_id, models["NEW"], "smartwatch")
    assert [finding.action for finding in ticket.findings] == ["A19"]
    advance(session, ticket, Action.FINISH, actor=tech, now=WHEN, house=house)
    assert ticket.status is Status.TESTING


def test_a_refusal_goes_to_the_manager(session: Session, house: House, people: People, broken: Ticket, models: dict[str, int]) -> None:  # fmt: skip
    offer(session, house, people, broken, models["NEW"])
    ticket = held(session, broken, people)
    who = customer(ticket.id, "Adele")
    with pytest.raises(Refused, match="note_needed"):
        replacements.refuse(session, ticket, " ", actor=who, now=WHEN, house=house)
    replacements.refuse(session, ticket, "Troppo grande per il mio polso", actor=who, now=WHEN, house=house)
    session.commit()
    assert ticket.status is Status.DIAGNOSING
    assert standing_offer(session, ticket.id) is None
    with pytest.raises(Refused, match="replacement_refused_before"):
        offer(session, house, people, broken, models["LIKE"])
    session.rollback()
    offer(session, house, people, broken, models["LIKE"], by="manager")
    open_kinds = {wait.kind for wait in held(session, broken, people).waits if wait.closed_at is None}
    assert WaitKind.DECISION not in open_kinds


def test_less_value_needs_a_manager_a_reason_and_the_customers_consent(
    session: Session, house: House, people: People, broken: Ticket, models: dict[str, int]
) -> None:
    for by, reason, why in (("technician", "x", "replacement_by_manager"), ("manager", " ", "note_needed")):
        with pytest.raises(Refused, match=why):
            offer(session, house, people, broken, by=by, by_consent=models["LESS"], reason=reason)
    made = offer(session, house, people, broken, by="manager", by_consent=models["LESS"], reason="Lo ha chiesto lei")
    assert made.candidates[0]["refund_cents"] == 5000
    ticket = held(session, broken, people)
    who, facts = customer(ticket.id, "Adele"), {"now": WHEN, "house": house}
    for more, why in (({}, "consent_needed"), ({"consent": "Accetto"}, "consent_unsigned")):
        with pytest.raises(Refused, match=why):
            replacements.choose(session, ticket, models["LESS"], actor=who, **facts, **more)
    taken = replacements.choose(
        session, ticket, models["LESS"], actor=who, **facts, consent="Accetto", signed="Adele Fontanarosa"
    )
    assert taken.consent.splitlines() == [replacements.WORDING, "Accetto", "Adele Fontanarosa"]


def test_an_offer_can_be_taken_back_until_the_item_is_booked(
    tech: FlaskClient,
    session: Session,
    house: House,
    people: People,
    broken: Ticket,
    models: dict[str, int],
    rows: Rows,
) -> None:
    offer(session, house, people, broken, models["NEW"])
    assert post(tech, url(broken, "/withdraw"), {"reason": ""}).status_code == 422
    assert post(tech, url(broken, "/withdraw"), {"reason": "Finito"}).status_code == 302
    assert rows(select(ReplacementOffer))[0].answer == "withdrawn"
    assert rows(select(Ticket))[0].status is Status.DIAGNOSING


def test_what_is_typed_wrong_stays_on_the_page(tech: FlaskClient, broken: Ticket, models: dict[str, int]) -> None:
    answered = post(tech, url(broken), {"why": "", "models": str(models["NEW"]), "note": "Ci dispiace"})
    assert answered.status_code == 422
    assert "Ci dispiace" in answered.text
    assert f'value="{models["NEW"]}" checked' in answered.text
    assert post(tech, url(broken), {"why": "no_part"}).status_code == 422
    assert post(tech, url(broken, "/book"), {"model": "NEW", "serial": "Z1"}).status_code == 422


def test_a_shop_chooses_for_its_customer_and_gets_a_paper(
    app: Flask, session: Session, house: House, people: People, make: Make, models: dict[str, int], rows: Rows
) -> None:
    made = make(status=Status.DIAGNOSING, family="smartwatch", findings=(FAULTY,), shop=people.shop)
    session.get_one(Item, made.item_id).model_id = models["OLD"]
    session.commit()
    session.expunge_all()
    offer(session, house, people, made, models["NEW"])
    here = f"/retailer/tickets/{grouped(made.code)}"
    clerk, other = client_for(app, people.clerk), client_for(app, people.other_clerk)
    assert f"{here}/replacement" in clerk.get(here).text
    assert other.get(f"{here}/replacement").status_code == 404
    assert post(clerk, f"{here}/replacement", {}).status_code == 422
    assert post(clerk, f"{here}/replacement", {"choice": "none"}).status_code == 422
    assert clerk.get(f"{here}/replacement.pdf").status_code == 404
    assert post(clerk, f"{here}/replacement", {"choice": str(models["NEW"])}).status_code == 302
    assert rows(select(ReplacementOffer))[0].chosen_model_id == models["NEW"]
    assert clerk.get(f"{here}/replacement.pdf").data.startswith(b"%PDF")
    assert rows(select(Finding))[0].action == "A14"
