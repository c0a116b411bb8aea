"""Passwords that a list would find, and those that people may keep."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from service_center.accounts import services
from service_center.accounts.models import User
from service_center.accounts.passwords import avoid, weakness
from service_center.core.brand import BRANDS, load
from service_center.core.errors import Refused
from service_center.demo.load import PASSWORD as DEMO
from tests.builders import PASSWORD, WHEN, make_people

WEAK = [
    "1234567890",
    "0987654321",
    "qwertyuiop",
    "abcdefghij",
    "1q2w3e4r5t",
    "passw0rd123",
    "Password123!",
    "P@ssw0rd2026",
    "iloveyou12",
    "ciaociaociao",
    "juventus1897",
    "forzanapoli",
    "1qaz2wsx3edc",
    "asdfghjkl1",
    "opsobjects2026",
    "aaaaaaaaaa",
    "sunshine123",
    "benvenuto1",
    "gioielleria1",
    "11223344556677",
    "orologio2026",
    "assistenza2026",
    "mariorossi1",
]
STRONG = (PASSWORD, DEMO, "correct horse battery staple", "tre parole lontane", "Kx7-mLq29-vTz", "perché-così-è-più-sicuro", "🦊🐢🦉🐝🐌🦋🐙🦔🐞🐳", "x" * 10 + " il gatto dorme")  # fmt: skip


@pytest.fixture(autouse=True, scope="module")
def _words_of_the_house() -> None:
    avoid(load(BRANDS / "opsobjects.toml").guessable)


@pytest.mark.parametrize("password", WEAK)
def test_what_every_list_holds_is_refused(password: str) -> None:
    assert weakness(password, "Mario Rossi", "m.rossi@posta.example") == "password_guessable"


@pytest.mark.parametrize("password", STRONG)
def test_what_nobody_would_guess_is_taken_with_every_letter(password: str) -> None:
    assert weakness(password, "Mario Rossi", "m.rossi@posta.example") is None


def test_the_name_of_the_own_shop_is_no_password(session: Session) -> None:
    people = make_people(session)
    with pytest.raises(Refused, match="password_guessable"):
        services.set_password(session, session.get_one(User, people.clerk.id), "Esempio-Caserta-12", now=WHEN)


def test_ten_million_letters_are_not_hashed() -> None:
    assert weakness("x1y2z" * 2_000_000) == "password_long"
