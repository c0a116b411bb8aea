"""Twenty technicians at two hundred tickets at once: nothing is lost, nothing is done twice, nothing breaks."""

from __future__ import annotations

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from random import Random

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload
from werkzeug.test import TestResponse

from service_center.accounts import services as accounts
from service_center.accounts.models import Role
from service_center.catalogue.models import Part, PartMove
from service_center.core.house import House
from service_center.tickets import history, queries
from service_center.tickets.codes import grouped
from service_center.tickets.lifecycle import STEPS, Action, Status
from service_center.tickets.models import Channel, Event, Note, PartReserved, PartUsed, Ticket
from service_center.tickets.services import advancing, opening
from tests.builders import PASSWORD, WHEN, People, actor, client_for, make_people, make_proof, token

TECHNICIANS, TICKETS, DEEDS = 20, 200, 15
STOCK = {"P-377": 12, "P-GUARN": 5}
ROAD = (Action.POST, Action.RECEIVE, Action.TAKE_IN_CHARGE)
CARDS = (
    "*START", "*START", "*START", "*COMP.BATTERY", "*CAUSE.C03", "*WORK.A01", "*PART.P-377", "*PART.P-GUARN", "*DONE", "*DONE", "*OK", "*NOK", "*WAIT",
    "*WHY.ORDERED", "*ARRIVED", "*UNDO", "*UNDO", "*RETURN", "*WHY.ASKED", "*TEST.DRY.PRESSURE", "*1", "*ENTER", "*PLACE.B2", "*NEXT",
)  # fmt: skip
FORMS = ("note", "note", "note", "act", "finding", "part", "await", "next", "shared")


@dataclass
class Hand:
    """One technician: their browser, what was answered, and the notes that the server said it kept."""

    number: int
    client: FlaskClient
    csrf: str
    kept: list[str] = field(default_factory=list)
    answers: Counter[int] = field(default_factory=Counter)

    def sends(self, url: str, **words: object) -> TestResponse:
        answer = self.client.post(url, data={"csrf_token": self.csrf, **words})
        self.answers[answer.status_code] += 1
        return answer


def technicians(app: Flask, session: Session, people: People) -> list[Hand]:
    """Twenty of them, signed in."""
    users = [people.technician]
    for number in range(1, TECHNICIANS):
        users.append(accounts.add_user(
            session, email=f"banco{number}@example.com", name=f"Tecnico {number}", role=Role.TECHNICIAN, now=WHEN, password=PASSWORD
        ))  # fmt: skip
    session.commit()
    clients = [client_for(app, user) for user in users]
    return [Hand(number, client, token(client, "/lab/cards")) for number, client in enumerate(clients)]


def tickets(session: Session, house: House, people: People, many: int) -> list[str]:
    """So many watches in charge of the lab, opened in one transaction."""
    codes, tech = [], actor(people.technician)
    back = opening.ReturnTo("Adele Fontanarosa", "Vico Lungo 118", "80136", "Napoli", "NA", phone="+393330000000")
    for number in range(many):
        asking = opening.Asking(
            channel=Channel.WEB, evidence="own_contact", requested_at=WHEN, shop=None, shop_reference="", return_to=back,
            customer=opening.NewCustomer("Adele Fontanarosa", f"adele{number}@posta.example", "+393330000000"),
        )  # fmt: skip
        new = opening.NewItem(
            family="watch", symptoms=("S02",), words="Si ferma.", model_text="OPSPW-482", water_mark=True, proof=make_proof(number=f"R-{number}")
        )  # fmt: skip
        [opened] = opening.open(session, asking, [new], actor=actor(people.manager), now=WHEN, house=house)
        codes.append(opened.ticket.code)
        session.flush()
        session.expunge_all()
        ticket = queries.get(session, codes[-1], seen_by=tech)
        for step in ROAD:
            advancing.advance(session, ticket, step, actor=tech, now=WHEN, house=house)
    session.execute(Part.__table__.update().values(on_hand=0))  # type: ignore[attr-defined]
    for code, pieces in STOCK.items():
        session.execute(Part.__table__.update().where(Part.code == code).values(on_hand=pieces))  # type: ignore[attr-defined]
    session.commit()
    return codes


def one_deed(hand: Hand, chance: Random, code: str, deed: int) -> None:
    """A card, or a form of the ticket's page; possible or not, as it comes."""
    page, kind = f"/lab/tickets/{grouped(code)}", chance.choice(FORMS)
    if chance.random() < 0.65:
        hand.sends(f"/lab/scan?at={grouped(code)}", scan=chance.choice(CARDS))
    elif kind == "note":
        words = f"Nota {hand.number}-{deed}"
        for _twice in range(chance.choice((1, 2))):
            answer = hand.sends(f"{page}/notes", note=words, form_number=f"number-of-{hand.number:04}-{deed:04}")
        if answer.status_code == 302:
            hand.kept.append(words)
    elif kind == "act":
        hand.sends(f"{page}/act", action=chance.choice([*Action]).value, note="Prova")
    elif kind == "finding":
        hand.sends(f"{page}/findings", symptom="S04", component="battery", cause="battery_end_of_life", work="A01")
    elif kind in ("part", "await"):
        way = "/parts/await" if kind == "await" else "/parts"
        hand.sends(page + way, part="P-GUARN", quantity=chance.choice((1, 2)), old_part="recycled", when="lunedì")
    else:
        hand.sends("/lab/next")


def at_once(hands: list[Hand], work: object) -> None:
    """All begin at the same moment."""
    start = threading.Barrier(len(hands))

    def begin(hand: Hand) -> None:
        start.wait()
        work(hand)  # type: ignore[operator]

    with ThreadPoolExecutor(len(hands)) as pool:
        for done in [pool.submit(begin, hand) for hand in hands]:
            done.result()


def test_a_day_of_twenty_technicians_at_once(app: Flask, session: Session, house: House) -> None:
    people = make_people(session)
    codes, hands = tickets(session, house, people, TICKETS), technicians(app, session, people)
    # a few tickets are everybody's: there they meet
    shared = codes[:10]

    def day(hand: Hand) -> None:
        chance, own = Random(hand.number), codes[10 + hand.number * 9 : 19 + hand.number * 9]
        code = chance.choice(own)
        for deed in range(DEEDS):
            code = chance.choice(shared if chance.random() < 0.4 else own) if chance.random() < 0.35 else code
            one_deed(hand, chance, code, deed)

    at_once(hands, day)
    answers = sum((hand.answers for hand in hands), Counter())
    assert set(answers) <= {302, 404, 409, 422}, answers
    assert answers[302] > answers[422], answers
    session.expire_all()
    session.rollback()
    no_note_is_lost(session, hands)
    stock_is_its_moves(session)
    every_status_is_a_row_of_the_table(session)


def no_note_is_lost(session: Session, hands: list[Hand]) -> None:
    """Every note that was answered with "done" is there once, also those that were sent twice."""
    there = Counter(session.scalars(select(Note.text)))
    assert there == Counter(words for hand in hands for words in hand.kept)


def stock_is_its_moves(session: Session) -> None:
    """What lies in the drawer is what was there less what was used; never less than nothing, nor less than promised."""
    for part in session.scalars(select(Part)):
        moved = session.scalar(select(func.sum(PartMove.quantity)).where(PartMove.part_id == part.id)) or 0
        used = session.scalar(select(func.sum(PartUsed.quantity)).where(PartUsed.part_id == part.id)) or 0
        kept = session.scalar(select(func.sum(PartReserved.granted)).where(PartReserved.part_id == part.id)) or 0
        first = STOCK.get(part.code, 0)
        assert part.on_hand == first + moved == first - used, part.code
        assert 0 <= part.reserved == kept <= part.on_hand, part.code


def every_status_is_a_row_of_the_table(session: Session) -> None:
    """Each ticket's history is whole, goes from status to status by rows of the table, and ends where the ticket stands."""
    rows = {(step.action, source) for step in STEPS for source in step.sources or ()}
    for ticket in session.scalars(select(Ticket).options(selectinload(Ticket.waits))):
        assert history.first_fault(queries.chain(session, ticket.id, ticket.code)) is None
        events = session.scalars(select(Event).where(Event.ticket_id == ticket.id).order_by(Event.seq)).all()
        at = events[0].target
        for event in events[1:]:
            assert event.source is at, ticket.code
            assert (event.action, at) in rows, (event.action, at)
            at = event.target
        assert ticket.status is at
        still = [wait.kind for wait in ticket.waits if wait.closed_at is None]
        assert len(set(still)) == len(still), "the same wait is open twice"


def test_the_next_ticket_is_never_given_to_two(app: Flask, session: Session, house: House) -> None:
    people = make_people(session)
    tickets(session, house, people, 3 * TECHNICIANS)
    hands, given = technicians(app, session, people), []

    def ask(hand: Hand) -> None:
        first = hand.sends("/lab/next").location
        given.append(first)
        second = hand.sends("/lab/next", after=first.rsplit("/", 1)[1].replace("-", "")).location
        given.append(second)

    at_once(hands, ask)
    assert len(given) == len(set(given)) == 2 * TECHNICIANS
    holders = session.execute(select(Ticket.claimed_by_id, func.count()).group_by(Ticket.claimed_by_id)).all()
    assert sorted(number for who, number in holders if who is not None) == [2] * TECHNICIANS


def test_one_ticket_is_begun_by_one_of_twenty(app: Flask, session: Session, house: House) -> None:
    people = make_people(session)
    code, hands = tickets(session, house, people, 1)[0], technicians(app, session, people)
    at_once(hands, lambda hand: hand.sends(f"/lab/tickets/{grouped(code)}/act", action=Action.START_DIAGNOSIS.value))
    assert sum((hand.answers for hand in hands), Counter()) == Counter({302: 1, 422: TECHNICIANS - 1})
    session.expire_all()
    session.rollback()
    ticket = session.scalars(select(Ticket).where(Ticket.code == code)).one()
    assert ticket.status is Status.DIAGNOSING
    begun = session.scalars(select(Event).where(Event.ticket_id == ticket.id, Event.action == Action.START_DIAGNOSIS))
    assert [event.actor_id for event in begun] == [ticket.claimed_by_id]
