"""A paper that was sent before is found again, whoever sends it, and rightly used papers raise no alarm."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from io import BytesIO

import pytest
from PIL import Image
from sqlalchemy import event, insert, select
from sqlalchemy.orm import Session

from service_center.core.house import House
from service_center.core.likeness import ALIKE, apart, likeness, near, pieces
from service_center.core.uploads import Kept
from service_center.outbox.models import OutboxRow
from service_center.proofs.ledger import Why, seen_before, twins
from service_center.proofs.models import ProofFile, ProofLine, ProofLook, ProofOfPurchase, Reuse
from service_center.proofs.services import ReadLine, attach, look_again, write_lines
from service_center.tickets.lifecycle import Status
from service_center.tickets.models import Ticket
from service_center.tickets.paper_uses import Right, uses
from tests.browser.papers import receipt
from tests.builders import People, make_people, make_ticket

LOOKS = "0f1e2d3c4b5a6978"


@pytest.fixture
def people(session: Session) -> People:
    return make_people(session)


def kept(sha256: str = "a" * 64, looks: str = LOOKS) -> Kept:
    return Kept("k", "p", "t", "image/jpeg", sha256, 1200, 1600, 1, "scontrino.jpg", looks)


def used(session: Session, house: House, people: People, papers: Kept, **more: object) -> Ticket:
    """A ticket with this paper."""
    ticket = make_ticket(session, house, people, **more)  # type: ignore[arg-type]
    assert ticket.proof
    attach(session, ticket.proof, [papers], now=ticket.requested_at)
    session.commit()
    return ticket


def claims(session: Session, ticket: Ticket, *lines: ReadLine, mine: int = 0) -> None:
    """The paper has these lines, and the ticket claims one of them."""
    assert ticket.proof
    ticket.proof_line_id = write_lines(session, ticket.proof, lines)[mine].id
    session.commit()


def test_the_same_file_is_found_again(session: Session, house: House, people: People) -> None:
    first = used(session, house, people, kept(), number="1")
    second = used(session, house, people, kept(), number="2", at=first.requested_at + timedelta(days=1))
    [use] = uses(session, second)
    assert (use.ticket.id, use.why, use.right) == (first.id, (Why.FILE, Why.PICTURE), Right.NONE)
    assert second.proof is not None
    assert second.proof.reuse == Reuse.SEEN


@pytest.mark.parametrize("flipped", [1, 3, 6])
def test_a_photograph_sent_on_by_a_messenger_is_found_by_its_looks(
    session: Session, house: House, people: People, flipped: int
) -> None:
    other = f"{int(LOOKS, 16) ^ sum(1 << (11 * bit) % 64 for bit in range(flipped)):016x}"
    assert apart(LOOKS, other) == flipped <= ALIKE
    first = used(session, house, people, kept(), number="1")
    second = used(session, house, people, kept("b" * 64, other), number="2")
    [use] = uses(session, second)
    assert (use.ticket.id, use.why, use.alarming) == (first.id, (Why.PICTURE,), True)
    assert None not in (use.mine, use.theirs)


def test_the_same_number_of_the_same_seller_and_day_is_the_same_paper(
    session: Session, house: House, people: People
) -> None:
    first = used(session, house, people, kept(looks=""))
    second = used(session, house, people, kept("b" * 64, ""))
    assert [(use.ticket.id, use.why) for use in uses(session, second)] == [(first.id, (Why.NUMBER,))]
    other_day = used(session, house, people, kept("c" * 64, ""), purchased_on=date(2025, 1, 7))
    assert uses(session, other_day) == []


def test_pictures_that_people_told_apart_only_look_alike(
    session: Session, house: House, people: People, now: datetime
) -> None:
    first = used(session, house, people, kept(), number="1")
    second = used(session, house, people, kept("b" * 64), number="2")
    for ticket in (first, second):
        assert ticket.proof
        ticket.proof.checked_at = now
    session.commit()
    assert uses(session, second) == []


def test_another_line_of_the_same_receipt_is_no_alarm(session: Session, house: House, people: People) -> None:
    watch, ring = ReadLine("Orologio OPSPW-482", ean="8032288000016"), ReadLine("Anello OPSRG-11")
    first = used(session, house, people, kept())
    claims(session, first, watch, ring)
    second = used(session, house, people, kept())
    claims(session, second, watch, ring, mine=1)
    [use] = uses(session, second)
    assert (use.right, use.line and use.line.place) == (Right.OTHER_LINE, 1)


def test_a_line_is_good_for_as_many_claims_as_it_has_pieces(session: Session, house: House, people: People) -> None:
    two = ReadLine("Bracciale OPSBR-7", quantity=2)
    tickets = [used(session, house, people, kept()) for _ in range(3)]
    claims(session, tickets[0], two)
    claims(session, tickets[1], two)
    [use] = [use for use in uses(session, tickets[1]) if use.ticket.id == tickets[0].id]
    assert use.right is Right.QUANTITY
    claims(session, tickets[2], two)
    assert {use.right for use in uses(session, tickets[2])} == {Right.NONE}


def test_a_request_that_was_given_up_uses_nothing(session: Session, house: House, people: People) -> None:
    used(session, house, people, kept(), status=Status.CANCELLED)
    [use] = uses(session, used(session, house, people, kept()))
    assert use.right is Right.CANCELLED


def test_the_same_item_comes_back_with_its_receipt(session: Session, house: House, people: People) -> None:
    first, second = (used(session, house, people, kept()) for _ in range(2))
    second.item_id = first.item_id
    session.commit()
    [use] = uses(session, second)
    assert use.right is Right.SAME_ITEM


def test_the_sender_learns_only_that_it_was_seen(session: Session, house: House, people: People) -> None:
    ticket = used(session, house, people, kept())
    assert seen_before(session, [kept("b" * 64)])
    assert not seen_before(session, [kept()], besides=ticket.proof_id)
    assert not seen_before(session, [kept("b" * 64, "")])
    assert not seen_before(session, [])


def test_every_new_file_is_read_by_the_machine(session: Session, house: House, people: People) -> None:
    ticket = used(session, house, people, kept())
    [file] = session.scalars(select(ProofFile).where(ProofFile.proof_id == ticket.proof_id))
    [row] = session.scalars(select(OutboxRow).where(OutboxRow.kind == "read_proof"))
    assert row.facts == {"file_id": file.id}


def test_a_line_that_somebody_else_claimed_stays(session: Session, house: House, people: People) -> None:
    ticket = used(session, house, people, kept())
    assert ticket.proof
    [row] = write_lines(session, ticket.proof, [ReadLine("Anello")])
    ids = [row.id]
    write_lines(session, ticket.proof, [ReadLine("Orologio")], claimed=ids)
    assert session.get(ProofLine, ids[0]) is not None


def test_a_copy_of_a_photograph_keeps_its_looks() -> None:
    with Image.open(BytesIO(receipt("14-03-2025"))) as opened:
        picture = opened.convert("RGB")
    small = picture.copy()
    small.thumbnail((900, 900))
    out = BytesIO()
    small.save(out, "JPEG", quality=38)
    with Image.open(BytesIO(out.getvalue())) as again:
        assert apart(likeness(picture), likeness(again)) <= ALIKE


def test_a_blank_picture_looks_like_nothing() -> None:
    assert likeness(Image.new("RGB", (600, 800), "white")) == ""
    assert pieces("") == near("") == []


def test_among_ten_thousand_proofs_the_index_finds_it(
    session: Session, house: House, people: People, now: datetime
) -> None:
    """The plan reads indexes, and only what may be alike reaches us."""
    mark = used(session, house, people, kept(looks="a5a5a5a5a5a5a5a5"))
    start = max(session.scalars(select(ProofOfPurchase.id))) + 1
    numbers = range(start, start + 10_000)
    looks = {n: f"{(n * 0x9E3779B97F4A7C15) % (1 << 64):016x}" for n in numbers}
    session.execute(insert(ProofOfPurchase), [
        {"id": n, "kind": "receipt", "seller": "unknown", "card": "absent", "number": str(n), "created_at": now, "seller_name": "X", "purchased_on": date(2025, 3, 14)} for n in numbers
    ])  # fmt: skip
    session.execute(insert(ProofFile), [
        {"id": n + 10, "proof_id": n, "storage_key": "k", "preview_key": "p", "thumb_key": "t", "media_type": "image/jpeg", "sha256": f"{n:064x}",
         "width": 1, "height": 1, "added_at": now, "likeness": looks[n]} for n in numbers
    ])  # fmt: skip
    session.execute(insert(ProofLook), [{"piece": p, "file_id": n + 10} for n in numbers for p in pieces(looks[n])])
    session.commit()
    if session.get_bind().dialect.name == "postgresql":
        session.connection().exec_driver_sql("ANALYZE")
    asked: list[tuple[str, object]] = []
    event.listen(session.get_bind(), "before_cursor_execute", lambda *a: asked.append((a[2], a[3])))
    proof = session.get_one(ProofOfPurchase, numbers[77])
    files = session.scalars(select(ProofFile).where(ProofFile.proof_id == proof.id)).all()
    asked.clear()
    assert twins(session, proof, files) == []
    [(sql, facts)] = asked
    plan = "EXPLAIN " + ("QUERY PLAN " if session.get_bind().dialect.name == "sqlite" else "") + sql
    told = str(session.connection().exec_driver_sql(plan, facts).all())  # type: ignore[arg-type]
    assert "Seq Scan" not in told, told
    assert "SCAN proof" not in told, told
    assert mark.proof_id not in {numbers[77]}
    assert seen_before(session, [replace(kept("f" * 64), likeness="a5a5a5a5a5a5a5a4")])


def test_a_machine_tells_pictures_apart_that_only_look_alike(session: Session, house: House, people: People) -> None:
    first, second = (used(session, house, people, kept(mark * 64), number="") for mark in "ab")
    found = [
        session.scalars(select(ProofFile).where(ProofFile.proof_id == each.proof_id)).one() for each in (first, second)
    ]
    for file, number, day in zip(found, ("0412-0037", "0412-0099"), ("2025-03-14", "2025-05-02"), strict=True):
        file.reading = {"engine": "rapidocr", "number": {"value": number, "box": None}, "dates": [{"value": day}]}
    session.commit()
    assert second.proof is not None
    assert second.proof.reuse == Reuse.SEEN
    assert uses(session, second) == []
    look_again(session, found[1])
    assert second.proof.reuse == Reuse.NEVER
