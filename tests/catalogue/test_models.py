"""House rules of the range: what is comparable, what may be written, and the table that goes out and comes back."""

from __future__ import annotations

from io import BytesIO

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from service_center.catalogue.comparing import comparable, ean_is_right
from service_center.catalogue.models import Model
from service_center.catalogue.queries import candidates
from tests.builders import client_for, make_people, post

CALL = ["chiamate", "battito", "sonno", "passi"]
NEW = {
    "code": "opspw-900",
    "name": "Nuovo",
    "family": "watch",
    "ean": "",
    "list_price": "99,00",
    "functions": "cronografo\ndata",
    "current": "y",
}


@pytest.mark.parametrize(("original", "candidate", "fits"), [
    (CALL, CALL, True), (CALL, [*CALL, "gps"], True), ([], ["anything"], True), (["Chiamate "], ["chiamate"], True),
    (CALL, ["battito", "sonno", "passi", "gps"], True), (CALL, ["battito", "sonno", "passi"], False), (CALL, ["passi", "gps", "nfc", "oled", "luna"], False),
    (["chiamate", "passi"], ["passi", "gps", "nfc"], False), (CALL, [], False),
])  # fmt: skip
def test_comparable_lacks_one_function_in_four_at_the_most(original: list[str], candidate: list[str], fits: bool) -> None:  # fmt: skip
    assert comparable(original, candidate) is fits


@pytest.mark.parametrize(("ean", "right"), [("8032288000016", True), ("8032288000017", False), ("803228800001", False), ("８０３２２８８００００１６", False), ("", False)])  # fmt: skip
def test_an_ean_ends_with_its_check_digit(ean: str, right: bool) -> None:
    assert ean_is_right(ean) is right


def test_candidates_are_the_same_model_then_the_cheapest_and_six_at_the_most(session: Session) -> None:
    old = Model(code="A", name="a", family="watch", list_price_cents=5000, current=True, functions=[])
    others = [Model(code=f"B{n}", name="b", family="watch", list_price_cents=9000 - n, current=True, functions=[]) for n in range(8)]  # fmt: skip
    cheap = Model(code="C", name="c", family="watch", list_price_cents=4999, current=True, functions=[])
    session.add_all([old, *others, cheap])
    session.flush()
    assert [model.code for model in candidates(session, "watch", old, 5000)] == ["A", "B7", "B6", "B5", "B4", "B3"]
    old.current = False
    assert "A" not in [model.code for model in candidates(session, "watch", old, 5000)]
    assert candidates(session, "watch", old, None) == []


def test_a_manager_adds_and_changes_a_model(app: Flask, session: Session) -> None:
    people = make_people(session)
    boss = client_for(app, people.manager)
    assert post(boss, "/manage/models/new", NEW | {"ean": "8032288000017"}).status_code == 422
    assert post(boss, "/manage/models/new", NEW | {"code": "OPSPW-482"}).status_code == 422
    assert post(boss, "/manage/models/new", NEW | {"list_price": "0"}).status_code == 422
    assert post(boss, "/manage/models/new", NEW | {"ean": "8032288000023"}).status_code == 302
    made = session.scalars(select(Model).where(Model.code == "OPSPW-900")).one()
    assert (made.list_price_cents, made.functions, made.current) == (9900, ["cronografo", "data"], True)
    page = boss.get(f"/manage/models/{made.id}").text
    assert 'value="99,00"' in page
    assert post(boss, f"/manage/models/{made.id}", NEW | {"list_price": "105"}).status_code == 302
    assert client_for(app, people.technician).get("/manage/models").status_code == 403


def test_the_table_goes_out_and_comes_back_whole_or_not_at_all(app: Flask, session: Session) -> None:
    boss = client_for(app, make_people(session).manager)
    table = boss.get("/manage/models.csv").text
    assert "OPSPW-482;8032288000016;Posh Paris;watch;1;8900;1;" in table
    better = table.replace(";8900;1;", ";9100;0;cronografo|data") + "NEW-1;;'=Altro;watch;0;;1;\r\n"

    def send(content: str | bytes) -> int:
        file = (BytesIO(content.encode() if isinstance(content, str) else content), "models.csv")
        return post(boss, "/manage/models/table", {"table": file}, content_type="multipart/form-data").status_code

    assert send(better + "BAD;123;Altro;watch;0;;1;\r\n") == 422
    assert session.scalars(select(Model.code).where(Model.code == "NEW-1")).first() is None
    session.rollback()
    for nonsense in (b"", b"\xff\xfe\x00", "a,b\n1,2\n", "code,name,family\n,,\n", "code,name,family\nX,x,boat\n"):
        assert send(nonsense) == 422
    assert send(better) == 302
    changed = session.scalars(select(Model).where(Model.code == "OPSPW-482")).one()
    assert (changed.list_price_cents, changed.current, changed.functions) == (9100, False, ["cronografo", "data"])
    assert session.scalars(select(Model.name).where(Model.code == "NEW-1")).one() == "=Altro", (
        "as it was before it left"
    )
    assert ";'=Altro;" in boss.get("/manage/models.csv").text
