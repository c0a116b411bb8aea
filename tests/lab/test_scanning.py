"""A scan opens what it means, and says so when it means nothing."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from service_center.core.house import House
from service_center.lab.commands import card
from service_center.lab.scanning import Kind, Scan, read
from service_center.tickets.codes import grouped
from service_center.tickets.lifecycle import Status, WaitKind
from service_center.tickets.models import Finding, Measurement, PartUsed, Ticket, Wait
from tests.builders import post
from tests.lab.conftest import Make, Rows
from tests.paper.reading import pictures, scanned
from tests.paper.reading import text as text_of


def where(client: FlaskClient, text: str, **more: object) -> str:
    answered = post(client, "/lab/scan", {"scan": text}, **more)
    assert answered.status_code == 302
    return answered.location


def test_a_scan_opens_the_ticket(tech: FlaskClient, make: Make, house: House) -> None:
    ticket = make(status=Status.DIAGNOSING)
    own = f"/lab/tickets/{grouped(ticket.code)}"
    for text in (ticket.code, grouped(ticket.code).lower(), house.scan_url(ticket.code), str(ticket.number)):
        assert where(tech, text) == own


def test_a_courier_number_of_one_parcel_opens_its_ticket(tech: FlaskClient, make: Make) -> None:
    ticket = make(status=Status.SHIPPED_OUT)
    assert where(tech, "084 1193 55200") == f"/lab/tickets/{grouped(ticket.code)}"


def test_at_reception_a_scan_unpacks(tech: FlaskClient, make: Make) -> None:
    ticket = make(status=Status.IN_TRANSIT_IN)
    answered = post(tech, "/lab/scan?at=reception", {"scan": ticket.code})
    assert answered.location == f"/lab/reception/{grouped(ticket.code)}"


def test_a_mistyped_code_is_told_apart_from_an_unknown_one(tech: FlaskClient, make: Make) -> None:
    ticket = make()
    wrong = ticket.code[:-1] + ("A" if ticket.code[-1] != "A" else "B")
    tech.get("/lab/?lang=en")
    back = {"headers": {"Referer": "http://localhost/lab/reception?lang=en"}}
    assert where(tech, wrong, **back) == "/lab/reception?lang=en"
    page = tech.get("/lab/reception?lang=en").text
    assert "has a wrong letter or digit" in page
    assert wrong in page
    assert where(tech, "xyz", **back) == "/lab/reception?lang=en"
    assert "is not known" in tech.get("/lab/reception?lang=en").text


def test_after_a_refused_form_an_unknown_scan_leads_to_the_page_of_the_form(tech: FlaskClient, make: Make) -> None:
    own = f"/lab/tickets/{grouped(make().code)}"
    assert where(tech, "xyz", headers={"Referer": f"http://localhost{own}/act"}) == own
    assert where(tech, "xyz", headers={"Referer": "http://elsewhere.example/lab/tickets"}) == "/lab/"


CODE = "NPJ8Y047BDZH"
GROUPED = grouped(CODE)


@pytest.mark.parametrize(
    "text",
    [CODE, GROUPED, GROUPED.lower(), f"https://lab.example/t/{CODE}", f" {GROUPED}\r\n", f"]C1{CODE}", f"]Q3{GROUPED}", f"]Q1https://lab.example:8000/t/{CODE}",
     f"]C121{CODE}", f"(21){CODE}", f"(01)08032288000016(21){CODE}", f"]C1010803228800001621{CODE}\x1d10LOT", f"\x1d21{CODE}", f"]d2010803228800001610LOT\x1d21{CODE}",
     GROUPED.replace("-", "'"), f"httpsç--lab.example-t-{CODE}", f"HTTPSÇ--LAB.EXAMPLEÇ8000-T-{CODE}", f"+C1{CODE}", f")21={CODE}"],
)  # fmt: skip
def test_a_code_is_read_through_prefixes_and_another_keyboard(text: str) -> None:
    assert read(text) == Scan(Kind.CODE, CODE)


@pytest.mark.parametrize(
    ("text", "scan"),
    [("*START", Scan(Kind.CARD, "*START")), ("(START", Scan(Kind.CARD, "*START")), ("(PART.P'377", Scan(Kind.CARD, "*PART.P-377")), ("*part.p-377", Scan(Kind.CARD, "*PART.P-377")), ("]Q1*7", Scan(Kind.CARD, "*7")),
     ("(00)380322880000000017", Scan(Kind.TRACKING, "380322880000000017")), ("]C100380322880000000017", Scan(Kind.TRACKING, "380322880000000017")), ("]C00841193552001", Scan(Kind.TRACKING, "0841193552001")),
     ("123456789", Scan(Kind.NUMBER, "123456789")), ("", Scan(Kind.UNKNOWN, "")), ("]", Scan(Kind.UNKNOWN, "]")), ("xyz", Scan(Kind.UNKNOWN, "XYZ")), ("]C1", Scan(Kind.UNKNOWN, ""))],
)  # fmt: skip
def test_what_is_no_code_is_told_by_its_kind(text: str, scan: Scan) -> None:
    assert read(text) == scan


# --- command cards on a ticket ---------------------------------------------------------------------------------------


def scan(client: FlaskClient, ticket: Ticket, *texts: str) -> str:
    """Cards one after the other on the open ticket; what the page says then."""
    client.get("/lab/?lang=en")
    for text in texts:
        answered = post(client, f"/lab/scan?at={grouped(ticket.code)}", {"scan": text})
        assert answered.status_code == 302, answered.text
    return client.get(f"/lab/tickets/{grouped(ticket.code)}?lang=en").text


def now(rows: Rows, ticket: Ticket) -> Ticket:
    [found] = rows(select(Ticket).where(Ticket.id == ticket.id))
    return found


def test_start_and_done_take_the_step_that_is_due(tech: FlaskClient, make: Make, rows: Rows) -> None:
    ticket = make(status=Status.TAKEN_IN_CHARGE)
    for text, status in (
        ("*START", Status.DIAGNOSING),
        ("*UNDO", Status.TAKEN_IN_CHARGE),
        ("(START", Status.DIAGNOSING),
    ):
        scan(tech, ticket, text)
        assert now(rows, ticket).status is status
    page = scan(tech, ticket, "*DONE")
    assert now(rows, ticket).status is Status.DIAGNOSING
    assert "does nothing here. Now you can scan: Start, Wait for a part" in page


def test_cards_note_a_finding_with_its_work_and_take_it_back(tech: FlaskClient, make: Make, rows: Rows) -> None:
    ticket = make(status=Status.DIAGNOSING, findings=())
    assert "now the cause" in scan(tech, ticket, "*COMP.BATTERY")
    scan(tech, ticket, "*CAUSE.C03", "*WORK.A01")
    [finding] = rows(select(Finding))
    assert (finding.symptom, finding.component, finding.cause, finding.action) == (
        "S02",
        "battery",
        "battery_end_of_life",
        "A01",
    )
    scan(tech, ticket, "*SYM.S10", "*CAUSE.C12", "*COMP.GLASS")
    assert [each.component for each in rows(select(Finding).order_by(Finding.id))] == ["battery", "glass"]
    scan(tech, ticket, "*UNDO")
    assert [each.component for each in rows(select(Finding))] == ["battery"]
    assert "nothing that a card could take back" in scan(tech, ticket, "*UNDO")


def test_an_impossible_finding_changes_nothing(tech: FlaskClient, make: Make, rows: Rows) -> None:
    ticket = make(status=Status.DIAGNOSING, findings=())
    scan(tech, ticket, "*COMP.GLASS", "*CAUSE.C03")
    assert not rows(select(Finding))
    assert "now the cause" in scan(tech, ticket, "*START")
    assert now(rows, ticket).status is Status.DIAGNOSING


def test_a_part_is_fitted_by_its_card_or_its_own_code(tech: FlaskClient, make: Make, rows: Rows) -> None:
    ticket = make(status=Status.REPAIRING)
    scan(tech, ticket, "*2", "*PART.P-GUARN", "P-377")
    assert [(each.code, each.quantity) for each in rows(select(PartUsed).order_by(PartUsed.id))] == [
        ("P-GUARN", 2),
        ("P-377", 1),
    ]
    scan(tech, ticket, "*UNDO")
    assert [each.code for each in rows(select(PartUsed))] == ["P-GUARN"]
    assert "does not belong to this item" in scan(tech, ticket, "*PART.P-DISP21")


def test_a_reading_and_a_place(tech: FlaskClient, make: Make, rows: Rows) -> None:
    ticket = make(status=Status.DIAGNOSING)
    scan(tech, ticket, "*TEST.DRY.PRESSURE", "*1", "*POINT", "*5", "*ENTER", "*PLACE.B-14")
    [reading] = rows(select(Measurement))
    assert (reading.test, reading.phase, float(reading.value)) == ("dry_pressure", "before", 1.5)
    assert now(rows, ticket).location == "B-14"


def test_a_step_that_needs_words_takes_them_from_a_card(tech: FlaskClient, make: Make, rows: Rows) -> None:
    ticket = make(status=Status.REPAIRING)
    assert "now the reason" in scan(tech, ticket, "*WAIT")
    assert not [wait for wait in rows(select(Wait)) if wait.kind is WaitKind.PART]
    scan(tech, ticket, "*WHY.ORDERED")
    assert [wait.kind for wait in rows(select(Wait).where(Wait.closed_at.is_(None)))] == [WaitKind.PART]
    scan(tech, ticket, "*ARRIVED")
    assert not rows(select(Wait).where(Wait.closed_at.is_(None)))


def test_cards_that_mean_nothing_stop(tech: FlaskClient, make: Make) -> None:
    ticket = make(status=Status.REPAIRING)
    assert "no card of ours" in scan(tech, ticket, "*STOP")
    assert "no card of ours" in scan(tech, ticket, "*COMP.NOTHING")
    assert "Done = Repair done" in scan(tech, ticket, "*HELP")
    assert where(tech, "*START") == "/lab/"
    assert "scan the item&#39;s bag first" in tech.get("/lab/?lang=en").text
    assert where(tech, "*HELP") == "/lab/cards"


def test_what_is_held_for_one_ticket_is_not_held_for_the_next(tech: FlaskClient, make: Make, rows: Rows) -> None:
    first, second = (
        make(status=Status.DIAGNOSING, findings=()),
        make(status=Status.DIAGNOSING, findings=(), email="b@posta.example"),
    )
    scan(tech, first, "*COMP.BATTERY")
    scan(tech, second, "*CAUSE.C03")
    assert not rows(select(Finding))


def test_every_card_on_paper_is_read_back_as_a_card_of_ours(tech: FlaskClient, make: Make) -> None:
    ticket = make(status=Status.REPAIRING)
    scan(tech, ticket, "*PLACE.B-14")
    content = tech.get("/lab/cards.pdf?lang=en").data
    pages = len(pictures(content, 20))
    seen = [{code.text for code in scanned(content, 200, page)} for page in range(pages)]
    assert len(seen[0]) == 35, "one page a bench"
    read_back = set().union(*seen)
    assert {
        "*START",
        "*OK",
        "*9",
        "*WHY.ORDERED",
        "*PART.P-377",
        "*COMP.GLASS",
        "*CAUSE.C12",
        "*WORK.A06",
        "*SYM.S10",
        "*TEST.DRY.PRESSURE",
        "*PLACE.B-14",
        "*CHECK.FAULT.GONE",
        "*GONE",
        "*MINUS",
        "*OLD.RETURNED",
    } <= read_back
    assert all(card(text) and read(text).kind is Kind.CARD for text in read_back)
    words = text_of(content)
    assert "Inizia" in words
    assert "Riparazionenonconveniente" in words
    assert "Start" in words
