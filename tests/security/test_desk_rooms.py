"""The rooms of the warranty desk under attack: others' papers, tickets and registers, odd addresses, reading that changes nothing."""

from __future__ import annotations

from io import BytesIO

import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from service_center.catalogue.models import Model
from service_center.core import uploads
from service_center.core.house import House
from service_center.core.tables import Base
from service_center.messages import services as complaints
from service_center.messages.complaints import Channel, Subject
from service_center.messages.models import Complaint
from service_center.offers.models import ReplacementOffer
from service_center.offers.services import replacements
from service_center.proofs.models import ProofFile
from service_center.proofs.registrations import NewRegistration, register
from service_center.proofs.services import attach
from service_center.tickets.codes import grouped
from service_center.tickets.lifecycle import Status
from service_center.tickets.models import SafetyReport, Ticket
from service_center.tickets.services import safety
from tests.builders import DENIED, WHEN, People, actor, client_for, make_people, make_ticket, post
from tests.security.test_files import Sent
from tests.security.test_words import EVIL

ODD = (
    "%00",
    "'",
    "%E2%80%AE",
    "9" * 40,
    "-1",
    "1e9",
    "%ff%fe",
    "../../etc/passwd",
    "a" * 6000,
    "%0d%0aSet-Cookie:x=1",
    "0001-01-01",
    "{{7*7}}",
)


@pytest.fixture
def people(app: Flask, session: Session) -> People:
    app.config["PROPAGATE_EXCEPTIONS"] = False
    return make_people(session)


def owner_of(app: Flask, house: House, ticket: Ticket) -> FlaskClient:
    client = app.test_client()
    with client.session_transaction() as held:
        held["owned"] = {ticket.code: [ticket.id, house.clock().timestamp()]}
    return client


def with_paper(session: Session, house: House, people: People) -> tuple[Ticket, ProofFile]:
    """A shop's ticket with a red receipt."""
    ticket = make_ticket(session, house, people, shop=people.shop, status=Status.DIAGNOSING, findings=(DENIED,))
    out = BytesIO()
    Image.new("RGB", (600, 400), "red").save(out, "JPEG")
    assert ticket.proof
    [row] = attach(
        session,
        ticket.proof,
        [uploads.receive(Sent(out.getvalue(), "r.jpg"), house.storage, field="papers", pdf=True)],
        now=WHEN,
    )
    session.commit()
    return ticket, row


def reddish(content: bytes) -> bool:
    with Image.open(BytesIO(content)) as picture:
        red, green, _blue = picture.convert("RGB").getpixel((picture.width // 2, picture.height // 2))  # type: ignore[misc]
        return red > 150 and green < 100


def test_what_is_hidden_on_a_paper_is_hidden_whatever_way_it_is_asked_for(
    app: Flask, session: Session, house: House, people: People
) -> None:
    ticket, row = with_paper(session, house, people)
    tech, clerk, owner = client_for(app, people.technician), client_for(app, people.clerk), owner_of(app, house, ticket)
    others = (app.test_client(), client_for(app, people.other_clerk), client_for(app, people.other_admin))
    before = {size: f"/proof-files/{row.id}/{size}" for size in ("full", "preview", "thumb", "original", "scan")}
    for box in ("0,0,1000,1000", "400,400,300,300"):
        url = f"/lab/tickets/{grouped(ticket.code)}/proof/{row.id}/masks"
        assert post(tech, url, {"box": box}).status_code == 302
        for who in (clerk, owner):
            assert [who.get(before[size]).status_code for size in ("original", "scan")] == [404, 404]
            for size in ("full", "preview", "thumb"):
                shown = who.get(before[size])
                assert shown.status_code == 200, size
                assert not reddish(shown.data), (box, size)
                assert "no-store" in shown.headers["Cache-Control"]
        for who in others:
            assert {who.get(url).status_code for url in before.values()} <= {302, 404}
        assert reddish(tech.get(before["original"]).data)


def test_nobody_hides_papers_through_another_ticket(app: Flask, session: Session, house: House, people: People) -> None:
    _ticket, row = with_paper(session, house, people)
    other = make_ticket(session, house, people)
    tech, clerk = client_for(app, people.technician), client_for(app, people.clerk)
    url = f"/lab/tickets/{grouped(other.code)}/proof/{row.id}/masks"
    assert post(tech, url, {"box": "0,0,1000,1000"}).status_code == 404
    assert post(clerk, url, {"box": "0,0,1000,1000"}).status_code in (302, 403, 404)
    session.expire_all()
    session.rollback()
    assert session.get_one(ProofFile, row.id).masked_key == ""


@pytest.mark.parametrize("page", ["complaint", "danger", "replacement", "remedy", "replacement.pdf"])
def test_a_strangers_ticket_is_nobodys_business(
    app: Flask, session: Session, house: House, people: People, page: str
) -> None:
    ticket = make_ticket(session, house, people, shop=people.shop, status=Status.DIAGNOSING)
    model = session.scalars(select(Model)).first()
    assert model
    replacements.offer(
        session, ticket, [model.id], why="no_part", actor=actor(people.technician), now=WHEN, house=house
    )
    mine = make_ticket(session, house, people)
    session.commit()
    form: dict[str, object] = {
        "subject": "other",
        "text": "Io no.",
        "hazard": "burn",
        "words": "x",
        "choice": str(model.id),
    }
    strangers = (
        (app.test_client(), "status"), (owner_of(app, house, mine), "status"), (client_for(app, people.clerk), "status"),
        (client_for(app, people.other_clerk), "retailer/tickets"), (client_for(app, people.other_admin), "retailer/tickets"), (app.test_client(), "retailer/tickets"),
    )  # fmt: skip
    for who, room in strangers:
        url = f"/{room}/{grouped(ticket.code)}/{page}"
        assert who.get(url).status_code in (302, 403, 404), url
        assert post(who, url, form).status_code in (302, 403, 404, 405), url
    session.rollback()
    assert not session.scalars(select(Complaint)).all()
    assert not session.scalars(select(SafetyReport)).all()
    [offer] = session.scalars(select(ReplacementOffer))
    assert offer.answer is None


def test_what_was_not_offered_or_was_taken_back_cannot_be_chosen(
    app: Flask, session: Session, house: House, people: People
) -> None:
    ticket = make_ticket(session, house, people, status=Status.DIAGNOSING)
    model = session.scalars(select(Model)).first()
    assert model
    other = Model(code="OPS-ALTRO", name="Altro", family="watch", list_price_cents=99_900, current=True)
    session.add(other)
    replacements.offer(
        session, ticket, [model.id], why="no_part", actor=actor(people.technician), now=WHEN, house=house
    )
    session.commit()
    owner, url = owner_of(app, house, ticket), f"/status/{grouped(ticket.code)}/replacement"
    for choice in (str(other.id), "999999999999999999999", "-1", "x", "none "):
        assert post(owner, url, {"choice": choice}).status_code == 422, choice
    replacements.withdraw(session, ticket, "Ricambio arrivato.", actor=actor(people.manager), now=WHEN, house=house)
    session.commit()
    assert post(owner, url, {"choice": str(model.id)}).status_code in (404, 422)
    session.rollback()
    assert session.scalars(select(ReplacementOffer.answer)).all() == ["withdrawn"]


LISTS = (
    "/manage/registrations?q={}", "/manage/registrations.csv?q={}", "/manage/safety?model={}", "/manage/safety?hazard={}", "/manage/safety.csv?model={}&first={}",
    "/manage/complaints?q={}&page={}&tab={}&shop={}&subject={}", "/manage/complaints.csv?q={}&shop={}", "/manage/complaints/new?ticket={}", "/manage/goodwill?season={}",
    "/manage/goodwill.csv?season={}", "/manage/models?q={}", "/manage/verdicts?season={}&from={}&by={}&list={}", "/manage/retailers?q={}", "/manage/decisions/{}",
    "/manage/repeats?q={}", "/warranty/rules?version={}&language={}", "/warranty/rules.pdf?language={}&version={}", "/warranty/rules.pdf?language={}", "/manage/complaints/{}",
    "/manage/safety/{}", "/manage/registrations/{}/files/{}", "/proof-files/{}/full", "/status/{}/replacement", "/lab/tickets/{}/proof",
)  # fmt: skip


def test_no_address_breaks_a_page_or_writes_a_header(app: Flask, people: People) -> None:
    boss = client_for(app, people.manager)
    for page in LISTS:
        for odd in ODD:
            url = page.format(*[odd] * page.count("{}"))
            answered = boss.get(url)
            assert answered.status_code < 500, url[:200]
            assert "Set-Cookie: x" not in str(answered.headers), url[:200]
            assert "root:" not in answered.text[:10_000] if str(answered.mimetype).startswith("text") else True


MANAGERS = (
    "/manage/decisions", "/manage/goodwill", "/manage/goodwill.csv", "/manage/safety", "/manage/safety.csv", "/manage/complaints", "/manage/complaints.csv",
    "/manage/models", "/manage/models.csv", "/manage/models/new", "/manage/verdicts", "/manage/retailers",
)  # fmt: skip


def test_the_managers_pages_are_the_managers(app: Flask, people: People) -> None:
    for user in (people.technician, people.front_desk, people.clerk, people.admin, None):
        client = client_for(app, user)
        for page in MANAGERS:
            assert client.get(page).status_code in (302, 403, 404), (user and user.name, page)
    boss = client_for(app, people.manager)
    for page in MANAGERS:
        shown = boss.get(page)
        assert shown.status_code == 200, page
        assert "no-store" in shown.headers["Cache-Control"], page


def everything(session: Session) -> dict[str, int]:
    """How many rows there are; taken before and after."""
    session.rollback()
    return {
        name: session.execute(select(func.count()).select_from(table)).scalar_one()
        for name, table in Base.metadata.tables.items()
        if name not in ("budgets", "sessions")
    }


def test_looking_changes_nothing(app: Flask, session: Session, house: House, people: People) -> None:
    ticket, row = with_paper(session, house, people)
    tech = actor(people.technician)
    safety.flag(session, ticket, safety.Seen("burn", EVIL), actor=tech, now=WHEN, house=house)
    said = complaints.Grievance(Subject.OTHER, EVIL, Channel.PHONE)
    complaints.complain(
        session, ticket, complaints.the_customer(ticket), said, actor=actor(people.front_desk), now=WHEN, house=house
    )
    register(
        session,
        NewRegistration(
            EVIL[:120], "watch", WHEN.date(), email="a@posta.example", model=EVIL[:120], seller_name=EVIL[:120]
        ),
        actor=tech,
        now=WHEN,
    )
    session.commit()
    own, version = grouped(ticket.code), ticket.version
    boss, owner, clerk = client_for(app, people.manager), owner_of(app, house, ticket), client_for(app, people.clerk)
    before = everything(session)
    looked = [
        (boss, page) for page in (*MANAGERS, "/manage/registrations", "/manage/registrations.csv", "/manage/registrations/1", "/manage/registrations/new", "/manage/complaints/1",
        "/manage/safety/1", f"/manage/decisions/{own}", f"/lab/tickets/{own}", f"/lab/tickets/{own}/proof", f"/lab/tickets/{own}/replacement", f"/lab/tickets/{own}/safety", "/manage/repeats")
    ] + [(owner, f"/status/{own}/{page}") for page in ("owner", "complaint", "danger")] + [
        (clerk, f"/retailer/tickets/{own}/{page}") for page in ("complaint", "danger")
    ]  # fmt: skip
    for who, page in looked:
        shown = who.get(page)
        assert shown.status_code == 200, page
        if shown.mimetype == "text/csv":
            assert shown.headers["Content-Disposition"].startswith("attachment"), page
            continue
        assert "<script>alert" not in shown.text, page
        assert '<img src="file' not in shown.text, page
    for url in (
        "/manage/safety/1/end",
        "/manage/safety/1/place",
        "/manage/models/table",
        f"/lab/tickets/{own}/proof/{row.id}/masks",
    ):
        assert boss.get(url).status_code in (404, 405), url
        assert boss.post(url).status_code in (400, 403), url
    assert everything(session) == before
    assert session.get_one(Ticket, ticket.id).version == version
