"""House rules of the bench: findings and verdicts, readings, parts, words; what was typed is never lost."""

from __future__ import annotations

import re

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from service_center.outbox.models import OutboxRow
from service_center.tickets.codes import grouped
from service_center.tickets.lifecycle import Status, WaitKind
from service_center.tickets.models import Finding, Measurement, PartUsed, Ticket, Wait
from tests.builders import COVERED, DENIED, People, client_for, post
from tests.lab.conftest import Make, Rows

FINDING = {"symptom": "S04", "component": "battery", "cause": "battery_end_of_life", "work": "A01"}


def url(ticket: Ticket, rest: str = "") -> str:
    return f"/lab/tickets/{grouped(ticket.code)}{rest}"


def fresh(rows: Rows, ticket: Ticket) -> Ticket:
    found: Ticket = rows(select(Ticket).where(Ticket.id == ticket.id))[0]
    return found


def test_a_step_of_the_menu_moves_the_ticket(tech: FlaskClient, make: Make, rows: Rows) -> None:
    ticket = make(status=Status.TAKEN_IN_CHARGE)
    assert 'value="start_diagnosis"' in tech.get(url(ticket)).text
    answered = post(tech, url(ticket, "/act"), {"action": "start_diagnosis", "version": ticket.version})
    assert (answered.status_code, answered.location) == (302, url(ticket))
    assert fresh(rows, ticket).status is Status.DIAGNOSING


def test_a_refused_step_keeps_the_note_and_says_why(tech: FlaskClient, make: Make) -> None:
    ticket = make(status=Status.DIAGNOSING, findings=())
    answered = post(
        tech,
        url(ticket, "/act?lang=en"),
        {"action": "return_item", "note": "Corona mancante", "version": ticket.version},
    )
    assert answered.status_code == 422
    assert "Corona mancante" in answered.text
    assert "note at least one finding first" in answered.text


def test_a_stale_page_loses_nothing(tech: FlaskClient, make: Make, rows: Rows) -> None:
    ticket = make(status=Status.DIAGNOSING)
    old = ticket.version
    assert post(tech, url(ticket, "/place"), {"place": "B-14"}).status_code == 302
    answered = post(tech, url(ticket, "/act"), {"action": "wait_part", "note": "Quadrante, lunedì", "version": old})
    assert answered.status_code == 409
    assert "Quadrante, lunedì" in answered.text
    assert f'name="version" value="{fresh(rows, ticket).version}"' in answered.text
    answered = post(tech, url(ticket, "/findings"), FINDING | {"note": "ossidata", "version": old})
    assert answered.status_code == 409
    assert 'value="ossidata"' in answered.text
    assert ticket.status is Status.DIAGNOSING


def test_no_step_goes_round_the_page_that_it_needs(tech: FlaskClient, make: Make, rows: Rows) -> None:
    ticket = make(status=Status.READY)
    for action in ("ship", "send_quote", "accept_quote", "nonsense", ""):
        assert post(tech, url(ticket, "/act"), {"action": action}).status_code == 422
    assert fresh(rows, ticket).status is Status.READY


def test_undo_takes_the_last_step_back(tech: FlaskClient, make: Make, rows: Rows) -> None:
    ticket = make(status=Status.REPAIRING)
    assert post(tech, url(ticket, "/act"), {"action": "undo", "note": ""}).status_code == 422
    assert post(tech, url(ticket, "/act"), {"action": "undo", "note": "troppo presto"}).status_code == 302
    assert fresh(rows, ticket).status is Status.DIAGNOSING


def test_a_clerk_is_kept_out(app: Flask, make: Make, people: People) -> None:
    ticket = make(status=Status.DIAGNOSING, shop=people.shop)
    clerk = client_for(app, people.clerk)
    for page in ("/lab/", "/lab/tickets", "/lab/reception", "/lab/dispatch", url(ticket)):
        assert clerk.get(page).status_code == 403
    assert post(clerk, url(ticket, "/act"), {"action": "undo", "note": "x"}).status_code == 403
    assert app.test_client().get(url(ticket)).status_code == 302


def test_the_live_verdict_is_the_one_that_is_stored(tech: FlaskClient, make: Make, rows: Rows) -> None:
    for number, (symptom, component, cause, work) in enumerate(
        (COVERED, DENIED, ("S02", "movement", "undetermined", ""))
    ):
        ticket = make(status=Status.DIAGNOSING, findings=(COVERED,) * (number % 2))
        typed = {"symptom": symptom, "component": component, "cause": cause, "work": work}
        live = post(tech, url(ticket, "/findings/preview?lang=en"), typed, headers={"X-Live": "1"})
        assert live.status_code == 200
        assert "<html" not in live.text
        before = rows(select(Finding).where(Finding.ticket_id == ticket.id))
        assert len(before) == number % 2, "a preview saves nothing"
        assert post(tech, url(ticket, "/findings"), typed | {"version": ticket.version}).status_code == 302
        page = tech.get(url(ticket, "?lang=en")).text
        [headline] = re.findall(r"<h3>(.*?)</h3>", live.text)
        reasons = re.findall(r"<p>([^<]*)</p>", live.text.partition('class="why"')[2])
        assert headline in page
        assert reasons
        assert all(reason in page for reason in reasons)


def test_without_scripts_the_check_shows_the_whole_page(tech: FlaskClient, make: Make) -> None:
    ticket = make(status=Status.DIAGNOSING)
    answered = post(
        tech,
        url(ticket, "/findings/preview?lang=en"),
        dict(zip(("symptom", "component", "cause"), DENIED, strict=False)),
    )
    assert answered.status_code == 200
    assert "<html" in answered.text
    assert "Not covered" in answered.text


def test_an_impossible_finding_is_refused_and_stays_typed(tech: FlaskClient, make: Make) -> None:
    ticket = make(status=Status.DIAGNOSING)
    answered = post(tech, url(ticket, "/findings?lang=en"), FINDING | {"component": "glass", "note": "riga"})
    assert answered.status_code == 422
    assert "cannot fail by this cause" in answered.text
    assert 'value="riga"' in answered.text


def test_a_manager_is_led_to_the_desk_and_nobody_else(tech: FlaskClient, boss: FlaskClient, make: Make) -> None:
    ticket = make(status=Status.DIAGNOSING, findings=(("S02", "movement", "undetermined", ""),))
    assert "/manage/decisions/" in boss.get(url(ticket)).text
    assert "/manage/decisions/" not in tech.get(url(ticket)).text


def test_a_finding_is_taken_back(tech: FlaskClient, make: Make, rows: Rows) -> None:
    ticket = make(status=Status.DIAGNOSING)
    own = url(ticket, f"/findings/{ticket.findings[0].id}/remove")
    assert post(tech, own, {"version": ticket.version}).status_code == 302
    assert post(tech, own).status_code == 422
    assert not rows(select(Finding).where(Finding.ticket_id == ticket.id))


def test_a_reading_takes_comma_or_point_and_its_limits_judge_it(tech: FlaskClient, make: Make, rows: Rows) -> None:
    ticket = make(status=Status.REPAIRING)
    for value in ("1,55", "1.42"):
        assert (
            post(
                tech, url(ticket, "/measures"), {"test": "battery_voltage", "phase": "after", "value": value}
            ).status_code
            == 302
        )
    kept = rows(select(Measurement).where(Measurement.ticket_id == ticket.id).order_by(Measurement.id))
    assert [(row.value, row.passed) for row in kept] == [(1.55, True), (1.42, False)]


def test_a_part_must_fit_and_can_be_taken_back(tech: FlaskClient, make: Make, rows: Rows) -> None:
    ticket = make(status=Status.REPAIRING)
    typed = {"part": "p-377", "quantity": "1", "old_part": "recycled"}
    assert post(tech, url(ticket, "/parts"), typed | {"part": "P-DISP21"}).status_code == 422
    assert post(tech, url(ticket, "/parts"), typed).status_code == 302
    [part] = rows(select(PartUsed))
    assert part.code == "P-377"
    assert post(tech, url(ticket, f"/parts/{part.id}/remove")).status_code == 302
    assert rows(select(PartUsed)) == []


def test_notes_stay_inside_and_messages_leave(tech: FlaskClient, make: Make, rows: Rows) -> None:
    ticket = make(status=Status.DIAGNOSING)
    before = len(rows(select(OutboxRow)))
    assert post(tech, url(ticket, "/notes"), {"note": "Graffio vecchio"}).status_code == 302
    assert len(rows(select(OutboxRow))) == before
    assert post(tech, url(ticket, "/messages"), {"text": "Ci serve il certificato"}).status_code == 302
    assert len(rows(select(OutboxRow))) == before + 1
    page = tech.get(url(ticket)).text
    assert "Graffio vecchio" in page
    assert "Ci serve il certificato" in page


def test_asking_for_papers_stops_the_clock_with_what_is_missing(tech: FlaskClient, make: Make, rows: Rows) -> None:
    ticket = make(status=Status.DIAGNOSING)
    typed = {"needs": ["stamp", "card_fields"], "note": "Manca il timbro", "version": ticket.version}
    assert post(tech, url(ticket, "/papers"), typed | {"needs": []}).status_code == 422
    assert post(tech, url(ticket, "/papers"), typed).status_code == 302
    [wait] = rows(select(Wait).where(Wait.ticket_id == ticket.id, Wait.kind == WaitKind.PAPERS))
    assert wait.detail["needs"] == ["stamp", "card_fields"]


def test_the_screen_tells_how_the_verdict_came_about(tech: FlaskClient, make: Make) -> None:
    ticket = make(status=Status.DIAGNOSING, findings=(DENIED,))
    page = tech.get(url(ticket, "?lang=en")).text
    assert "How the verdict came about" in page
    assert "what was found changed" in page
    assert "the repair was asked for" in page
