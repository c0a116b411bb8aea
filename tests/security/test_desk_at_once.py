"""Two press at once what may happen once: a budget's last euro, a registration, a choice, a complaint, a flag."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from service_center.catalogue.models import Model
from service_center.core.house import House
from service_center.management.services.goodwill import set_budget
from service_center.messages.models import Complaint
from service_center.offers.models import ReplacementOffer
from service_center.offers.services import replacements
from service_center.outbox.models import OutboxRow
from service_center.proofs.models import Registration
from service_center.tickets.codes import grouped
from service_center.tickets.lifecycle import Action, Status
from service_center.tickets.models import Goodwill, GoodwillBudget, SafetyReport, Ticket
from tests.builders import DENIED, WHEN, People, actor, make_people, make_ticket, token
from tests.security.test_at_once import Press, actions, at_once, shop_presses

SEASON = "2026-2"


@pytest.fixture
def people(app: Flask, session: Session) -> People:
    app.config["PROPAGATE_EXCEPTIONS"] = False
    return make_people(session)


def number_of(session: Session, kind: type[object]) -> int:
    session.rollback()
    return session.execute(select(func.count()).select_from(kind)).scalar_one()


def owner_presses(app: Flask, house: House, ticket: Ticket, url: str, *forms: dict[str, str]) -> list[Press]:
    """Each form by the owner on another of their phones."""

    def one(form: dict[str, str]) -> Press:
        client = app.test_client()
        with client.session_transaction() as held:
            held["owned"] = {ticket.code: [ticket.id, house.clock().timestamp()]}
        csrf = token(client)
        return lambda: client.post(url, data={"csrf_token": csrf, **form})

    return [one(form) for form in forms]


def test_the_last_euro_of_a_budget_is_spent_once(app: Flask, session: Session, house: House, people: People) -> None:
    set_budget(session, SEASON, None, 1000, house=house)
    session.commit()
    tickets = [make_ticket(session, house, people, status=Status.DIAGNOSING, findings=(DENIED,)) for _ in range(3)]
    presses = []
    for ticket in tickets:
        form = {"about": str(ticket.findings[0].id), "decision": "GOODWILL", "reason": "Cortesia.", "cost": "8,00", "budget": "house", "version": str(ticket.version)}  # fmt: skip
        presses += shop_presses(app, [people.manager], f"/manage/decisions/{ticket.code}", form)
    answers = at_once(presses)
    assert sorted(answers) == [302, 422, 422], answers
    assert number_of(session, Goodwill) == 1


def test_one_courtesy_is_granted_once_however_often_it_is_pressed(
    app: Flask, session: Session, house: House, people: People
) -> None:
    set_budget(session, SEASON, None, 10_000, house=house)
    session.commit()
    ticket = make_ticket(session, house, people, status=Status.DIAGNOSING, findings=(DENIED,))
    form = {"about": str(ticket.findings[0].id), "decision": "GOODWILL", "reason": "Cortesia.", "cost": "8,00", "budget": "house", "version": str(ticket.version)}  # fmt: skip
    answers = at_once(shop_presses(app, [people.manager] * 2, f"/manage/decisions/{ticket.code}", form, form))
    assert max(answers) < 500, answers
    session.rollback()
    standing = select(func.count()).select_from(Goodwill).where(Goodwill.taken_back_at.is_(None))
    assert session.execute(standing).scalar_one() == 1
    assert actions(session, ticket).count(Action.GRANT_GOODWILL) == 1, answers


@pytest.mark.parametrize("whose", ["house", "shop"])
def test_a_budget_is_one_row_whoever_sets_it(app: Flask, session: Session, people: People, whose: str) -> None:
    budget = "house" if whose == "house" else str(people.shop.id)
    forms = [{"season": SEASON, "budget": budget, "limit": str(limit)} for limit in (10, 20, 30, 40)]
    answers = at_once(shop_presses(app, [people.manager], "/manage/goodwill", *forms))
    assert max(answers) < 500, answers
    assert number_of(session, GoodwillBudget) == 1


REGISTERED = {
    "family": "watch", "model": "OPSPW-482", "serial": "", "purchased_on": ["1", "11", "2024"], "seller": "unknown",
    "name": "Adele Fontanarosa", "email": "adele@posta.example",
}  # fmt: skip


def test_a_guarantee_is_registered_once_however_often_it_is_pressed(
    app: Flask, session: Session, people: People
) -> None:
    def one() -> Press:
        client = app.test_client()
        csrf = token(client)
        return lambda: client.post("/warranty/register", data={"csrf_token": csrf, **REGISTERED})

    answers = at_once([one() for _ in range(4)])
    assert max(answers) < 500, answers
    assert 302 in answers
    assert number_of(session, Registration) == 1, answers
    letters = select(func.count()).select_from(OutboxRow).where(OutboxRow.kind == "registration_confirmed")
    assert session.execute(letters).scalar_one() == 1


def offered(session: Session, house: House, people: People) -> Ticket:
    made = make_ticket(session, house, people, status=Status.DIAGNOSING)
    model = session.scalars(select(Model)).first()
    assert model is not None
    replacements.offer(session, made, [model.id], why="no_part", actor=actor(people.technician), now=WHEN, house=house)
    session.commit()
    return made


def test_a_replacement_is_answered_once(app: Flask, session: Session, house: House, people: People) -> None:
    ticket = offered(session, house, people)
    model = session.scalars(select(Model.id)).first()
    chosen, none = {"choice": str(model)}, {"choice": "none", "words": "Vorrei un altro colore."}
    url = f"/status/{grouped(ticket.code)}/replacement"
    answers = at_once(owner_presses(app, house, ticket, url, chosen, none, chosen, none))
    assert answers.count(302) == 1, answers
    assert max(answers) < 500, answers
    done = [each for each in actions(session, ticket) if each in (Action.CHOOSE_REPLACEMENT, Action.REFUSE_REPLACEMENT)]
    [row] = session.scalars(select(ReplacementOffer))
    assert len(done) == 1
    assert (row.answer == "chosen") == (done == [Action.CHOOSE_REPLACEMENT]) == (row.chosen_model_id is not None)


@pytest.mark.parametrize("side", ["owner", "shop"])
def test_a_complaint_is_taken_in_once(app: Flask, session: Session, house: House, people: People, side: str) -> None:
    ticket = make_ticket(session, house, people, status=Status.DIAGNOSING, findings=(DENIED,), shop=people.shop)
    form = {"subject": "other", "text": "Nessuno risponde."}
    if side == "owner":
        presses = owner_presses(app, house, ticket, f"/status/{grouped(ticket.code)}/complaint", *[form] * 4)
    else:
        presses = shop_presses(app, [people.clerk, people.admin], f"/retailer/tickets/{grouped(ticket.code)}/complaint", form, form)  # fmt: skip
    answers = at_once(presses)
    assert answers.count(302) == 1, answers
    assert max(answers) < 500, answers
    assert number_of(session, Complaint) == 1


def test_one_danger_is_one_entry_and_one_alarm(app: Flask, session: Session, house: House, people: People) -> None:
    ticket = make_ticket(session, house, people)
    form = {"hazard": "overheating", "words": "Scotta mentre si carica."}
    answers = at_once(owner_presses(app, house, ticket, f"/status/{grouped(ticket.code)}/danger", *[form] * 4))
    assert max(answers) < 500, answers
    assert number_of(session, SafetyReport) == 1, answers
    alarms = select(func.count()).select_from(OutboxRow).where(OutboxRow.kind == "safety_alert")
    assert session.execute(alarms).scalar_one() == 1
