"""Commands as people and scripts use them: standard output holds answers only."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskCliRunner
from sqlalchemy import select
from sqlalchemy.orm import Session

from service_center.accounts.models import Role, Shop, User
from service_center.core.house import House
from service_center.outbox.models import OutboxRow, State
from service_center.tickets import codes
from service_center.tickets.lifecycle import Status
from service_center.tickets.models import Event
from tests.builders import make_people, make_ticket

HOME = Path(__file__).parents[2]
EXAMPLES = [json.loads(line) for line in (HOME / "tests/warranty/examples.jsonl").read_text().splitlines()]


@pytest.fixture
def flask(app: Flask) -> FlaskCliRunner:
    return app.test_cli_runner()


def process(*words: str, given: str = "", instance: Path) -> subprocess.CompletedProcess[str]:
    """The command as a process of its own."""
    environment = {**os.environ, "INSTANCE": str(instance), "SECRET_KEY": "test only"}
    return subprocess.run(
        [sys.executable, "-m", "flask", "--app", "wsgi", *words], input=given, cwd=HOME, env=environment, capture_output=True, text=True, check=False, timeout=60
    )  # fmt: skip


def agrees(answer: object, wanted: object) -> bool:
    """Whether an answer holds everything that is wanted; it may say more."""
    if isinstance(wanted, dict):
        return isinstance(answer, dict) and all(agrees(answer.get(name), value) for name, value in wanted.items())
    if isinstance(wanted, list) and isinstance(answer, list):
        return len(answer) == len(wanted) and all(map(agrees, answer, wanted))
    return answer == wanted


def test_every_example_gets_its_verdict_in_order_through_a_pipe(tmp_path: Path) -> None:
    lines = "\n".join(json.dumps(each["claim"]) for each in EXAMPLES)
    done = process("warranty", "assess", "-", given=lines, instance=tmp_path)
    assert done.returncode == 0
    verdicts = [json.loads(line) for line in done.stdout.splitlines()]
    assert [each["id"] for each in verdicts] == [each["claim"]["id"] for each in EXAMPLES]
    for verdict, each in zip(verdicts, EXAMPLES, strict=True):
        assert agrees(verdict, each["expect"]), verdict


def test_ten_thousand_claims_go_through_a_pipe(tmp_path: Path) -> None:
    claims = [EXAMPLES[number % len(EXAMPLES)]["claim"] | {"id": str(number)} for number in range(10_000)]
    done = process("warranty", "assess", "-", given="\n".join(map(json.dumps, claims)), instance=tmp_path)
    assert done.returncode == 0
    verdicts = [json.loads(line) for line in done.stdout.splitlines()]
    assert [each["id"] for each in verdicts] == [each["id"] for each in claims]
    for number, verdict in enumerate(verdicts):
        assert agrees(verdict | {"id": None}, EXAMPLES[number % len(EXAMPLES)]["expect"])


def test_a_broken_line_is_answered_and_the_rest_goes_on(flask: FlaskCliRunner, tmp_path: Path) -> None:
    good = json.dumps(EXAMPLES[0]["claim"])
    path = tmp_path / "claims.jsonl"
    path.write_bytes(f"{good}\n\n{{\nnull\n[1]\n".encode() + b"\xff\xfe\n" + f"{good}\n".encode())
    done = flask.invoke(args=["warranty", "assess", str(path)])
    verdicts = [json.loads(line) for line in done.stdout.splitlines()]
    assert [each["verdict"] for each in verdicts] == ["COVERED", *["INVALID_INPUT"] * 4, "COVERED"]
    assert all(each["problem"] for each in verdicts[1:5])


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        (["2026-11-20", "15"], "2026-12-14"),
        (["2026-12-23", "1"], "2026-12-24"),
        (["2026-12-23", "1", "--closures"], "2027-01-07"),
        (["2026-11-20", "0"], "2026-11-20"),
    ],
)
def test_working_days_are_counted_from_the_shell(flask: FlaskCliRunner, words: list[str], answer: str) -> None:
    assert flask.invoke(args=["calendar", "due", *words]).stdout == f"{answer}\n"


@pytest.mark.parametrize("words", [["2026-02-30", "1"], ["yesterday", "1"], ["9999-12-31", "1"]])
def test_an_impossible_day_is_an_error_on_the_other_channel(flask: FlaskCliRunner, words: list[str]) -> None:
    done = flask.invoke(args=["calendar", "due", *words])
    assert (done.exit_code, done.stdout) == (1, "")


def test_a_code_is_shown_in_groups_and_a_mistyped_one_is_told_apart(flask: FlaskCliRunner) -> None:
    code = codes.new_code()
    assert flask.invoke(args=["codes", "check", code.lower()]).stdout == f"{codes.grouped(code)}\n"
    wrong = code[:-1] + ("A" if code[-1] != "A" else "B")
    mistyped = flask.invoke(args=["codes", "check", wrong])
    assert (mistyped.exit_code, mistyped.stdout) == (1, "")
    assert "mistyped" in mistyped.stderr
    assert "not a ticket code" in flask.invoke(args=["codes", "check", "ciao"]).stderr


def test_somebody_is_added_with_a_link_for_their_password(flask: FlaskCliRunner, app: Flask, session: Session) -> None:
    done = flask.invoke(args=["users", "create", "--email", "capo@example.com", "--name", "Capo", "--role", "manager"])
    address = done.stdout.strip()
    assert session.scalars(select(User.role)).all() == [Role.MANAGER]
    assert app.test_client().get(address.split("8000", 1)[1]).status_code == 200
    again = flask.invoke(args=["users", "create", "--email", "capo@example.com", "--name", "Capo", "--role", "manager"])
    assert (again.exit_code, again.stdout) == (1, "")


def test_a_retailer_is_added_with_its_first_shop(flask: FlaskCliRunner, session: Session) -> None:
    done = flask.invoke(
        args=[
            "retailers",
            "create",
            "--name",
            "Orologeria",
            "--shop",
            "Orologeria Aversa",
            "--authorised-from",
            "2025-09-01",
        ]
    )
    assert session.scalars(select(Shop.id)).all() == [int(done.stdout)]


def test_a_history_that_somebody_touched_is_found(flask: FlaskCliRunner, session: Session, house: House) -> None:
    ticket = make_ticket(session, house, make_people(session), status=Status.RECEIVED)
    assert "1 chains are whole" in flask.invoke(args=["history", "verify"]).stdout
    session.scalars(select(Event).where(Event.ticket_id == ticket.id, Event.seq == 1)).one().actor_kind = "manager"
    session.commit()
    done = flask.invoke(args=["history", "verify"])
    assert done.exit_code == 1
    assert ticket.code in done.stdout.replace("-", "")


def test_what_waits_is_counted_sent_and_tried_again(flask: FlaskCliRunner, session: Session, house: House) -> None:
    make_ticket(session, house, make_people(session))
    assert flask.invoke(args=["outbox", "status"]).stdout == "waiting 1\n"
    flask.invoke(args=["worker", "--once"])
    assert flask.invoke(args=["outbox", "status"]).stdout == "done 1\n"
    session.rollback()
    row = session.scalars(select(OutboxRow)).one()
    row.state = State.DEAD
    session.commit()
    flask.invoke(args=["outbox", "requeue", str(row.id)])
    assert flask.invoke(args=["outbox", "status"]).stdout == "waiting 1\n"


def test_the_demo_gives_its_codes(flask: FlaskCliRunner) -> None:
    flask.invoke(args=["demo", "seed", "--tickets", "12"])
    found = flask.invoke(args=["demo", "codes", "--limit", "5"]).stdout.split()
    assert [codes.grouped(codes.parse(each)) for each in found] == found
    assert len(found) == 5
