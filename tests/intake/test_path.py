"""A customer asks for a repair on the phone: from the first question to the codes."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from service_center.accounts.tokens import digest
from service_center.core.errors import NotFound
from service_center.intake.models import IntakeDraft
from service_center.outbox.models import OutboxRow
from service_center.proofs.models import ProofFile
from service_center.tickets import codes as ticket_codes
from service_center.tickets.lifecycle import Status, WaitKind
from service_center.tickets.models import Channel, Photo, Ticket, Verdict, Wait
from tests.builders import People
from tests.conftest import Clock
from tests.intake.walking import FAULT, WHAT, WHEN, WHERE, Browser, codes, picture, pins, upload


def rows(session: Session, asked: Any) -> list[Any]:
    """What stands in the tables now; the transaction ends, so that the browser may write on."""
    found = list(session.scalars(asked))
    session.expunge_all()
    session.rollback()
    return found


def tickets(session: Session) -> list[Ticket]:
    loaded = (
        joinedload(Ticket.request),
        joinedload(Ticket.item),
        joinedload(Ticket.customer),
        joinedload(Ticket.proof),
    )
    return rows(session, select(Ticket).options(*loaded).order_by(Ticket.id))


def verdict_of(session: Session, ticket: Ticket) -> dict[str, Any]:
    [verdict] = rows(session, select(Verdict).where(Verdict.ticket_id == ticket.id))
    return dict(verdict.record)


def drafts(session: Session) -> list[IntakeDraft]:
    return rows(session, select(IntakeDraft))


def letters(session: Session) -> list[OutboxRow]:
    return rows(session, select(OutboxRow).where(OutboxRow.kind == "letter"))


def test_one_item_from_the_first_question_to_the_code(browser: Browser, session: Session, people: People) -> None:
    begin = browser.get("/repairs/new", follow_redirects=True)
    assert begin.status_code == 200
    assert begin.request.path == "/repairs/new/1/what"
    browser.item()
    assert browser.you().location == "/repairs/new/check"
    check = browser.get("/repairs/new/check")
    assert all(words in check.text for words in ("OPSPW-482", "Gioielleria Esempio Caserta", "14 mar 2025", "Napoli"))
    sent = browser.send()
    assert (sent.status_code, sent.location) == (302, "/repairs/new/done")
    done = browser.get("/repairs/new/done").text
    [ticket] = tickets(session)
    assert codes(done) == [ticket_codes.grouped(ticket.code)]
    assert ticket.pin_hash == digest(pins(done)[0])
    assert (ticket.status, ticket.request.channel, ticket.shop_id) == (Status.TO_SEND, Channel.WEB, None)
    assert ticket.proof is not None
    assert (ticket.proof.shop_id, ticket.proof.seller, ticket.proof.kind) == (
        people.shop.id,
        "authorised_retailer",
        "receipt",
    )
    assert (ticket.verdict, ticket.last_covered_day) == ("COVERED", date(2027, 3, 14))
    assert (ticket.customer.email, ticket.customer.phone, ticket.return_province) == (
        "adele@posta.example",
        "+393330000000",
        "NA",
    )
    assert (ticket.item.model_id is not None, ticket.item.serial) == (True, "AB-1")
    assert len(rows(session, select(ProofFile))) == 1
    [letter] = letters(session)
    assert letter.facts["template"] == "request_received"


def test_three_items_become_three_tickets_of_one_request(browser: Browser, session: Session) -> None:
    browser.item()
    browser.item(2, what={"family": "smartwatch"}, fault={"symptoms": ["S06"]}, receipt=picture(color="blue"))
    browser.item(
        3, what={"family": "jewel"}, fault={"symptoms": ["S14", "S16"]}, where={"seller": "marketplace", "shop_name": "Amazon"},
        when={"purchased_on": ["1", "2", "2026"]}, receipt=picture("PNG"),
    )  # fmt: skip
    another = browser.get("/repairs/new/another").text
    assert another.count("<li>") >= 3
    browser.you()
    assert browser.send().location == "/repairs/new/done"
    found = tickets(session)
    assert len({ticket.request_id for ticket in found}) == 1
    assert [ticket.item.family for ticket in found] == ["watch", "smartwatch", "jewel"]
    done = browser.get("/repairs/new/done").text
    assert codes(done) == [ticket_codes.grouped(ticket.code) for ticket in found]
    assert [digest(pin) for pin in pins(done)] == [ticket.pin_hash for ticket in found]


def test_without_an_e_mail_address_the_slip_is_the_way_back(browser: Browser, session: Session) -> None:
    browser.item()
    browser.you(email="", phone="")
    assert "PIN" in browser.get("/repairs/new/check").text
    browser.send()
    [ticket] = tickets(session)
    assert ticket.customer.email == ""
    assert letters(session) == []
    slip = browser.get(f"/repairs/new/done/{ticket.code}/slip.pdf")
    assert slip.data.startswith(b"%PDF")


def test_who_closed_the_page_goes_on_where_they_were(browser: Browser, clock: Clock) -> None:
    browser.answer("what", WHAT)
    browser.answer("fault", FAULT)
    clock.instant += timedelta(days=3)
    again = browser.get("/repairs/new")
    assert "/repairs/new/1/where" in again.text
    assert 'value="OPSPW-482"' in browser.get("/repairs/new/1/what").text


def test_a_draft_is_over_after_a_month(browser: Browser, clock: Clock) -> None:
    browser.answer("what", WHAT)
    clock.instant += timedelta(days=31)
    assert browser.get("/repairs/new").location == "/repairs/new/1/what"
    assert 'value="OPSPW-482"' not in browser.get("/repairs/new/1/what").text


def test_wrong_answers_are_kept_for_later_too(browser: Browser) -> None:
    browser.answer("what", WHAT)
    browser.answer("fault", FAULT)
    browser.answer("where", WHERE)
    browser.answer("papers", {"without": "1"})
    assert (
        browser.post("/repairs/new/1/when", {"purchased_on": ["31", "2", "2025"], "card": "complete"}).status_code
        == 422
    )
    assert 'value="31"' in browser.get("/repairs/new/1/when").text


def test_beginning_anew_forgets_answers_and_files(browser: Browser, session: Session, house: Any) -> None:
    browser.item()
    [row] = drafts(session)
    key = row.data["items"][0]["files"][0]["storage_key"]
    browser.post("/repairs/new")
    assert drafts(session) == []
    with pytest.raises(NotFound):
        house.storage.get(key)


def test_pressing_send_twice_opens_once(browser: Browser, session: Session) -> None:
    browser.item()
    browser.you()
    first, second = browser.send(), browser.send()
    assert (first.location, second.location) == ("/repairs/new/done", "/repairs/new/done")
    shown = [browser.get("/repairs/new/done").text for _again in range(2)]
    assert len(tickets(session)) == 1
    assert (codes(shown[0]), pins(shown[0])) == (codes(shown[1]), pins(shown[1]))


def test_two_presses_at_the_same_moment_open_once_and_either_answer_shows_the_pin(
    app: Flask, browser: Browser, session: Session
) -> None:
    browser.item()
    browser.you()
    token, cookie = browser.token(), browser.client.get_cookie("session")
    assert cookie is not None
    twins = [app.test_client() for _each in range(4)]
    for twin in twins:
        twin.set_cookie("session", cookie.value)
    with ThreadPoolExecutor(len(twins)) as pool:
        answers = list(
            pool.map(lambda twin: twin.post("/repairs/new/check", data={"csrf_token": token}).location, twins)
        )
    assert answers == ["/repairs/new/done"] * len(twins)
    [ticket] = tickets(session)
    shown = {pins(twin.get("/repairs/new/done").text)[0] for twin in twins}
    assert [digest(pin) for pin in shown] == [ticket.pin_hash]


def test_going_back_after_sending_shows_the_codes_and_changes_nothing(browser: Browser, session: Session) -> None:
    browser.item()
    browser.you()
    browser.send()
    for url in ("/repairs/new/1/what", "/repairs/new/you", "/repairs/new/check", "/repairs/new/another"):
        assert browser.get(url).location == "/repairs/new/done"
    assert browser.post("/repairs/new/1/what", {"family": "jewel"}).location == "/repairs/new/done"
    assert browser.post("/repairs/new/you", {"name": "Altri"}).location == "/repairs/new/done"
    assert len(tickets(session)) == 1
    assert [row.data for row in drafts(session)] == [{}]


def test_after_sending_another_request_can_begin(browser: Browser, session: Session) -> None:
    for color in ("red", "green"):
        browser.item(receipt=picture(color=color))
        browser.you()
        browser.send()
        browser.post("/repairs/new")
    assert len({ticket.request_id for ticket in tickets(session)}) == 2


@pytest.mark.parametrize(("family", "symptom"), [("smartwatch", "S21"), ("jewel", "S22")])
def test_what_is_dangerous_stops_and_still_leaves_a_contact(
    browser: Browser, session: Session, family: str, symptom: str
) -> None:
    browser.answer("what", {"family": family})
    assert browser.answer("fault", {"symptoms": [symptom]}).location == "/repairs/new/1/stop"
    assert "stop" in browser.get("/repairs/new/1/stop").text
    assert browser.post("/repairs/new/1/stop").location == "/repairs/new/you"
    nobody = browser.post("/repairs/new/you", {"name": "Adele", "language": "it"})
    assert nobody.status_code == 422
    assert (
        browser.post("/repairs/new/you", {"name": "Adele", "phone": "3330000000", "language": "it"}).status_code == 302
    )
    browser.send()
    [ticket] = tickets(session)
    assert (ticket.status, ticket.safety) == (Status.REQUESTED, True)
    alerts = rows(session, select(Wait).where(Wait.kind == WaitKind.DECISION))
    assert [wait.detail for wait in alerts] == [{"why": "safety"}]
    done = browser.get("/repairs/new/done").text
    assert "label-a4.pdf" not in done
    assert browser.get(f"/repairs/new/done/{ticket.code}/label-a4.pdf").status_code == 404


def test_first_aid_is_shown_before_anything_is_sent(browser: Browser, session: Session) -> None:
    browser.answer("what", WHAT)
    assert browser.answer("fault", {"symptoms": ["S04"]}).location == "/repairs/new/1/tips"
    assert browser.post("/repairs/new/1/tips").location == "/repairs/new/1/where"
    assert browser.post("/repairs/new/1/tips", {"solved": "1"}).status_code == 302
    assert drafts(session) == []


def test_nobody_skips_a_question(browser: Browser) -> None:
    browser.answer("what", WHAT)
    for url in ("1/where", "1/papers", "1/when", "1/tips", "1/stop"):
        assert browser.get(f"/repairs/new/{url}").location == "/repairs/new/1/fault"
    assert browser.get("/repairs/new/check").location == "/repairs/new/1/fault"
    assert browser.get("/repairs/new/you").location == "/repairs/new/1/fault"
    assert browser.get("/repairs/new/3/what").status_code == 404


def test_changing_one_answer_leads_back_to_the_last_page(browser: Browser) -> None:
    browser.item()
    browser.you()
    changed = browser.post("/repairs/new/1/fault?back=check", {"symptoms": ["S10", "S12"]})
    assert changed.location == "/repairs/new/check"
    other = browser.post("/repairs/new/1/where?back=check", {"seller": "shop", "shop_name": "Gioielleria Esempio"})
    assert other.location == "/repairs/new/1/which?back=check"
    assert browser.post("/repairs/new/1/which?back=check", {"shop": "none"}).location == "/repairs/new/check"


def test_an_item_can_be_left_out_again(browser: Browser, session: Session) -> None:
    browser.item()
    browser.answer("what", {"family": "jewel"}, number=2)
    assert browser.get("/repairs/new/check").location == "/repairs/new/2/fault"
    browser.post("/repairs/new/2/remove")
    browser.you()
    browser.send()
    assert len(tickets(session)) == 1


# --- the guarantee ------------------------------------------------------------------------------------------------


def sold(browser: Browser, where: dict[str, Any], when: dict[str, Any], **more: Any) -> None:
    browser.item(where=where, when=when, **more)
    browser.you()
    browser.send()


@pytest.mark.parametrize(
    ("where", "when", "seller", "verdict", "needs"),
    [
        (WHERE, WHEN, "authorised_retailer", "COVERED", []),
        (WHERE, {**WHEN, "card": "unstamped"}, "authorised_retailer", "PENDING_DOCS", ["stamp"]),
        (WHERE, {**WHEN, "card": "absent"}, "authorised_retailer", "PENDING_DOCS", ["card"]),
        (WHERE, {"purchased_on": ["14", "3", "2019"], "card": "complete"}, "unlisted_retailer", "NOT_COVERED", []),
        ({"seller": "shop", "shop_name": "Oro e Sogni, Bari"}, WHEN, "unknown", "PENDING_DOCS", ["seller"]),
        ({"seller": "unknown"}, WHEN, "unknown", "PENDING_DOCS", ["seller"]),
        ({"seller": "own_shop"}, {"purchased_on": ["14", "3", "2025"]}, "own_shop", "COVERED", []),
        ({"seller": "marketplace"}, {"purchased_on": ["14", "3", "2023"]}, "marketplace", "NOT_COVERED", []),
        ({"seller": "own_shop"}, {"no_date": "y"}, "own_shop", "PENDING_DOCS", ["proof"]),
    ],
)  # fmt: skip
def test_the_live_verdict_is_the_one_that_the_ticket_gets(
    browser: Browser, session: Session, where: dict[str, Any], when: dict[str, Any], seller: str, verdict: str, needs: list[str]
) -> None:  # fmt: skip
    browser.item(where=where, when={"no_date": "y", "card": "absent"})
    live = browser.post("/repairs/new/1/verdict", when, headers={"X-Live": "1"})
    assert live.status_code == 200
    assert "<html" not in live.text
    browser.answer("when", when)
    browser.you()
    told = _panel(browser.get("/repairs/new/check").text)
    browser.send()
    [ticket] = tickets(session)
    record = verdict_of(session, ticket)
    assert ticket.proof is not None
    assert (ticket.proof.seller, record["verdict"], record["needs"]) == (seller, verdict, needs)
    if ticket.proof.purchased_on:
        assert _panel(live.text) == told
        assert record["last_covered_day"] in live.text


def _panel(page: str) -> str:
    found = re.search(r'<section class="verdict.*?</section>', page, re.DOTALL)
    return found[0] if found else ""


def test_without_scripts_the_page_comes_back_with_the_verdict(browser: Browser) -> None:
    browser.item(when={"no_date": "y", "card": "absent"})
    asked = browser.post("/repairs/new/1/verdict", WHEN)
    assert asked.location.startswith("/repairs/new/1/when")
    assert "2027-03-14" in browser.get("/repairs/new/1/when").text


def test_what_our_web_shop_still_takes_back_is_said(browser: Browser) -> None:
    fresh = {"purchased_on": ["10", "11", "2026"], "delivered_on": ["12", "11", "2026"]}
    browser.item(where={"seller": "own_shop"}, when=fresh)
    assert "27 nov 2026" in browser.get("/repairs/new/1/when").text
    late = browser.post("/repairs/new/1/verdict", {**fresh, "delivered_on": ["4", "11", "2026"], "purchased_on": ["1", "11", "2026"]}, headers={"X-Live": "1"})  # fmt: skip
    assert "19 nov 2026" not in late.text


def test_several_shops_of_a_name_are_asked_for(browser: Browser, people: People, session: Session) -> None:
    browser.item(
        where={"seller": "shop", "shop_name": "gioielleria esempio"}, which={"shop": str(people.sister_shop.id)}
    )
    browser.you()
    browser.send()
    [ticket] = tickets(session)
    assert ticket.proof is not None
    assert (ticket.proof.shop_id, ticket.proof.seller) == (people.sister_shop.id, "authorised_retailer")


# --- what looks alike ---------------------------------------------------------------------------------------------


def test_a_second_request_of_the_same_receipt_is_noticed_and_nothing_of_others_shown(
    app: Flask, browser: Browser
) -> None:
    browser.item()
    browser.you()
    browser.send()
    [code] = codes(browser.get("/repairs/new/done").text)
    stranger = Browser(app.test_client())
    stranger.item(what={"family": "watch"})
    stranger.you(name="Altra Persona", email="altra@posta.example")
    page = stranger.get("/repairs/new/check").text
    assert "tone-wait" in page
    assert code not in page.replace("</i>", "").replace("<i>", "")
    assert code[:4] not in page
    browser.post("/repairs/new")
    browser.item(what={"family": "watch"})
    browser.you()
    assert f"/status/{code}" in browser.get("/repairs/new/check").text


def test_a_different_request_is_not_called_alike(browser: Browser) -> None:
    browser.item()
    browser.you()
    assert "alike" not in browser.get("/repairs/new/check").text
    assert "tone-wait" not in browser.get("/repairs/new/check").text


# --- who may see what ---------------------------------------------------------------------------------------------


def test_a_stranger_reads_neither_the_draft_nor_its_pictures_nor_the_papers(
    app: Flask, browser: Browser, session: Session
) -> None:
    stranger = Browser(app.test_client())
    browser.item()
    page = browser.get("/repairs/new/1/when").text
    picture_url = re.findall(r'/repairs/new/files/[^"]+', page)[0]
    assert browser.get(picture_url).mimetype == "image/jpeg"
    assert stranger.get(picture_url).status_code == 404
    assert stranger.get("/repairs/new/1/when").location == "/repairs/new/1/what"
    browser.you()
    browser.send()
    [ticket] = tickets(session)
    for paper in ("slip.pdf", "label-a4.pdf", "label-a6.pdf"):
        assert browser.get(f"/repairs/new/done/{ticket.code}/{paper}").data.startswith(b"%PDF")
        assert stranger.get(f"/repairs/new/done/{ticket.code}/{paper}").status_code == 404
    assert stranger.get("/repairs/new/done").location == "/repairs/new"


def test_the_pin_is_gone_when_the_browser_counts_as_the_owner_s_no_longer(browser: Browser, clock: Clock) -> None:
    browser.item()
    browser.you()
    browser.send()
    assert pins(browser.get("/repairs/new/done").text)
    clock.instant += timedelta(days=2)
    later = browser.get("/repairs/new/done").text
    assert codes(later)
    assert pins(later) == []


def test_requests_of_one_address_are_bounded(
    browser: Browser, monkeypatch: pytest.MonkeyPatch, session: Session
) -> None:
    monkeypatch.setattr("service_center.intake.browser.SENT_AN_HOUR", 1)
    answers = []
    for color in ("red", "green"):
        browser.item(receipt=picture(color=color))
        browser.you()
        answers.append(browser.send().status_code)
        browser.post("/repairs/new") if answers[-1] == 302 else None
    assert answers == [302, 429]
    assert len(tickets(session)) == 1


def test_photographs_of_the_item_come_with_the_ticket(browser: Browser, session: Session) -> None:
    browser.item(fault={**FAULT, "photos": upload(picture())})
    browser.you()
    browser.send()
    [photo] = rows(session, select(Photo))
    assert (photo.stage, photo.subject) == ("asked", "detail")
