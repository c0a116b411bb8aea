"""Addresses that nobody's page contains: no fault of the server, and no way to another house."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from service_center.core.redirects import own_page
from tests.builders import PASSWORD, client_for, make_people, post

TOO_BIG = ("2147483648", "9223372036854775808", "9" * 40)
ELSEWHERE = (
    "//evil.example", "/\\evil.example", "https://evil.example", "/\t/evil.example", "/\t\\evil.example", "/\\/evil.example",
    "javascript:alert(1)", "evil.example", "/\t/[x", "/\n/evil.example", " //evil.example", "///evil.example", "", "//[",
)  # fmt: skip


@pytest.mark.parametrize("number", TOO_BIG)
def test_a_number_that_no_row_can_have_is_not_found(app: Flask, session: Session, number: str) -> None:
    boss = client_for(app, make_people(session).manager)
    for page in (
        f"/photos/{number}/full", f"/proof-files/{number}/full", f"/manage/retailers/shops/{number}", f"/manage/retailers/{number}/shops/new",
        f"/lab/dispatch/{number}", f"/lab/shipments/{number}/label.pdf",
    ):  # fmt: skip
        assert boss.get(page).status_code == 404, page
    assert post(boss, f"/manage/people/{number}/off").status_code == 404


def test_a_mark_that_no_database_takes_is_no_fault_in_an_address(app: Flask, session: Session) -> None:
    people = make_people(session)
    boss, clerk = client_for(app, people.manager), client_for(app, people.clerk)
    for client, page in ((boss, "/lab/next?after="), (boss, "/lab/tickets?q="), (clerk, "/retailer/?q="), (clerk, "/status?code="), (clerk, "/t/")):  # fmt: skip
        for wrong in ("%00", "%ED%A0%80", "%FF", "a%00b"):
            assert client.get(page + wrong).status_code < 500, page + wrong


@pytest.mark.parametrize("target", ELSEWHERE)
def test_nobody_is_sent_on_to_another_house(app: Flask, session: Session, target: str) -> None:
    people = make_people(session)
    assert own_page(target) is None
    spoken = app.test_client().get("/speak/it", query_string={"next": target})
    signed = post(
        app.test_client(),
        "/login",
        {"email": people.manager.email, "password": PASSWORD},
        query_string={"next": target},
    )
    assert (spoken.status_code, spoken.location) == (302, "/")
    assert (signed.status_code, signed.location) == (302, "/manage/")
