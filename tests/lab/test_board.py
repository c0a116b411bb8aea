"""House rules of the board and the lists: what stands first, whose it is, and a filter that stays in the address."""

from __future__ import annotations

import re
from datetime import date

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from service_center.accounts.models import User
from service_center.tickets.codes import grouped
from service_center.tickets.lifecycle import Status
from service_center.tickets.models import Ticket
from tests.builders import People, client_for, post
from tests.lab.conftest import Make, Rows

S = Status
CARD = re.compile(r'class="bench[^"]*" href="/lab/tickets/([0-9A-Z-]+)"')


def cards(client: FlaskClient, address: str = "/lab/") -> list[str]:
    return CARD.findall(client.get(address).text)


def listed(client: FlaskClient, address: str) -> set[str]:
    return set(re.findall(r'<td><a href="/lab/tickets/([0-9A-Z-]+)"', client.get(address).text))


def set_now(session: Session, ticket: Ticket, **values: object) -> None:
    session.execute(update(Ticket).where(Ticket.id == ticket.id).values(**values))
    session.commit()


def test_safety_first_then_urgent_then_the_promise(tech: FlaskClient, make: Make, session: Session) -> None:
    new, old, urgent, unsafe = (make(status=S.TAKEN_IN_CHARGE) for _each in range(4))
    set_now(session, new, due_on=date(2026, 12, 20))
    set_now(session, old, due_on=date(2026, 12, 1))
    set_now(session, urgent, urgent=True, due_on=date(2026, 12, 30))
    set_now(session, unsafe, safety=True, due_on=date(2026, 12, 31))
    in_order = [grouped(each.code) for each in (unsafe, urgent, old, new)]
    assert cards(tech) == in_order
    found = re.findall(r'<td><a href="/lab/tickets/([0-9A-Z-]+)"', tech.get("/lab/tickets").text)
    assert found == in_order


def test_a_card_says_who_has_it(app: Flask, tech: FlaskClient, make: Make, people: People) -> None:
    make(status=S.DIAGNOSING)
    assert "Tommaso Sorrentino" in client_for(app, people.second_technician).get("/lab/").text
    own = tech.get("/lab/").text
    assert 'class="bench mine"' in own
    assert '<span class="w">' not in own


def test_mine_my_skills_and_all_stay_in_the_address(
    tech: FlaskClient, make: Make, session: Session, people: People
) -> None:
    mine, watch = make(status=S.DIAGNOSING), make(status=S.TAKEN_IN_CHARGE)
    jewel = make(status=S.TAKEN_IN_CHARGE, family="jewel", findings=())
    session.execute(update(User).where(User.id == people.technician.id).values(skills=["jewel"]))
    session.commit()
    codes = {each: grouped(each.code) for each in (mine, watch, jewel)}
    for whose, shown in (
        ("", {mine, watch, jewel}),
        ("mine", {mine}),
        ("skills", {jewel}),
        ("nonsense", {mine, watch, jewel}),
    ):
        wanted = {codes[each] for each in shown}
        assert set(cards(tech, f"/lab/?whose={whose}")) == wanted
        assert listed(tech, f"/lab/tickets?whose={whose}") == wanted
    page = tech.get("/lab/?whose=mine").text
    assert "/lab/tickets?state=diagnose&amp;whose=mine" in page
    assert 'aria-current="page"' in page
    assert "state=late&amp;whose=mine" in tech.get("/lab/tickets?whose=mine").text


def test_the_list_of_urgent_ones(boss: FlaskClient, make: Make, session: Session) -> None:
    urgent, _other = make(status=S.TAKEN_IN_CHARGE), make(status=S.TAKEN_IN_CHARGE)
    set_now(session, urgent, urgent=True)
    assert listed(boss, "/lab/tickets?state=urgent") == {grouped(urgent.code)}


def test_a_manager_names_skills_and_takes_them_back(
    boss: FlaskClient, tech: FlaskClient, people: People, rows: Rows
) -> None:
    page = f"/manage/people/{people.technician.id}/skills"
    skills = select(User.skills).where(User.id == people.technician.id)
    assert post(boss, page, {"families": ["watch", "jewel"]}).status_code == 302
    assert rows(skills) == [["watch", "jewel"]]
    assert 'value="watch" checked' in boss.get(page).text
    assert post(boss, page, {"families": ["toaster"]}).status_code == 422
    assert post(boss, page).status_code == 302
    assert rows(skills) == [[]]
    assert tech.get(page).status_code == 403
    assert boss.get(f"/manage/people/{people.clerk.id}/skills").status_code == 404


def test_an_earlier_visit_lies_beside_this_one(tech: FlaskClient, make: Make, session: Session) -> None:
    first, second = make(status=S.CLOSED), make(status=S.DIAGNOSING)
    other = make(status=S.DIAGNOSING)
    set_now(session, second, item_id=first.item_id)
    page = f"/lab/tickets/{grouped(second.code)}"
    link = f"{page}/beside/{grouped(first.code)}"
    assert link in tech.get(page).text
    shown = tech.get(link).text
    assert grouped(first.code)[-4:] in shown
    assert tech.get(f"{page}/beside/{grouped(other.code)}").status_code == 404
