"""House rules of the shift's note: a few lines on the board, read by everybody until somebody ends it."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from service_center.lab.wording.company import pieces
from service_center.tickets.bench_models import HandOver
from service_center.tickets.codes import grouped
from service_center.tickets.lifecycle import Status
from tests.builders import People, client_for, post
from tests.lab.conftest import Make, Rows


def test_everybody_reads_it_until_somebody_ends_it(
    app: Flask, tech: FlaskClient, make: Make, people: People, rows: Rows
) -> None:
    ticket = make(status=Status.DIAGNOSING)
    code = grouped(ticket.code)
    assert post(tech, "/lab/shift", {"text": f"La pressa perde.\n{code} aspetta il vetro"}).status_code == 302
    serena = client_for(app, people.second_technician)
    board = serena.get("/lab/").text
    assert "Tommaso Sorrentino" in board
    assert "La pressa perde." in board
    assert f'<a class="ref" href="/lab/tickets/{code}">{code}</a> aspetta il vetro' in board
    [note] = rows(select(HandOver))
    for _twice in range(2):
        assert post(serena, f"/lab/shift/{note.id}/end").status_code == 302
    assert "La pressa perde." not in tech.get("/lab/").text
    [ended] = rows(select(HandOver))
    assert ended.ended_by_id == people.second_technician.id


@pytest.mark.parametrize("text", ["", "  \n ", "a\nb\nc\nd", "x" * 301])
def test_one_to_three_lines_and_what_was_typed_stays(tech: FlaskClient, rows: Rows, text: str) -> None:
    answered = post(tech, "/lab/shift?lang=en", {"text": text})
    assert answered.status_code == 422
    assert text.strip() in answered.text
    assert rows(select(HandOver)) == []


def test_a_note_that_is_not_there_cannot_be_ended(tech: FlaskClient) -> None:
    assert post(tech, "/lab/shift/4711/end").status_code == 404


def test_only_true_codes_become_links() -> None:
    assert pieces("K7QM-2F9D-XH3W è pronto, K7QM-2F9D-XH3A no") == [
        ("K7QM-2F9D-XH3W", "K7QM2F9DXH3W"),
        (" è pronto, K7QM-2F9D-XH3A no", ""),
    ]
    assert pieces("<b>niente</b>") == [("<b>niente</b>", "")]
