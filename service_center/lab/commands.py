"""Command cards: what a card says, what is held of it so far, and which order it makes; pure."""

from __future__ import annotations

import enum
import re
from collections.abc import Sequence
from dataclasses import dataclass

from service_center.tickets.lifecycle import Action, Step

A = Action
PREFIX = "*"
MOST_SIGNS = 12


class Deed(enum.StrEnum):
    """What a card is for; the value stands on it after the prefix."""

    START = "START"
    DONE = "DONE"
    WAIT = "WAIT"
    ARRIVED = "ARRIVED"
    RETURN = "RETURN"
    PASS = "OK"  # nosec B105
    FAIL = "NOK"
    NEXT = "NEXT"
    PHOTO = "PHOTO"
    PRINT = "PRINT"
    HELP = "HELP"
    UNDO = "UNDO"
    POINT = "POINT"
    MINUS = "MINUS"
    ENTER = "ENTER"
    DIGIT = "DIGIT"
    PART = "PART"
    COMPONENT = "COMP"
    CAUSE = "CAUSE"
    SYMPTOM = "SYM"
    WORK = "WORK"
    TEST = "TEST"
    PLACE = "PLACE"
    GO = "GO"
    WHY = "WHY"
    CHECK = "CHECK"
    GONE = "GONE"
    SEAL = "SEAL"
    OLD = "OLD"
    TAKE = "MINE"
    LEAVE = "LEAVE"
    TO = "TO"
    TAPE = "TAPE"
    GRADE = "GRADE"
    CAME = "CAME"
    WHAT = "WHAT"


D = Deed
STEPS: dict[Deed, frozenset[Action]] = {
    D.START: frozenset({A.TAKE_IN_CHARGE, A.START_DIAGNOSIS, A.START_REPAIR}),
    D.DONE: frozenset({A.FINISH, A.PASS_QUALITY, A.CLOSE_UP}),
    D.WAIT: frozenset({A.WAIT_PART}),
    D.ARRIVED: frozenset({A.PART_ARRIVED}),
    D.RETURN: frozenset({A.RETURN_ITEM}),
    D.PASS: frozenset({A.PASS_QUALITY}),
    D.FAIL: frozenset({A.FAIL_QUALITY}),
}
"""Cards that take a step: the one of these that the lifecycle offers."""
ARRIVAL = frozenset({D.TAPE, D.GRADE, D.CAME, D.WHAT})
"""Cards that answer on the page of an item that is unpacked: there the page itself understands them."""
BOUND = frozenset(
    {D.PART, D.COMPONENT, D.CAUSE, D.SYMPTOM, D.WORK, D.TEST, D.PLACE, D.WHY, D.GO, D.TO, D.CHECK, D.SEAL, D.OLD}
    | ARRIVAL
)
"""Cards that name something after the dot."""
SIGNS = {D.POINT: ".", D.MINUS: "-"}
COMPLETES = frozenset({(D.WORK, D.CAUSE), (D.OLD, D.PART)})
"""Cards that add to what the card before them did."""
FOUND = frozenset({D.SYMPTOM, D.COMPONENT, D.CAUSE, D.WORK})
ANYWHERE = frozenset({D.NEXT, D.HELP})
HANDS = frozenset({D.TAKE, D.LEAVE, D.TO})
"""Cards that say whose hands it is in."""
WHYS = ("ORDERED", "ON_ITS_WAY", "FAILED", "ASKED", "NOT_WORTH", "MISTAKE")
_TEXT = re.compile(r"\*([A-Z]+|[0-9])(?:\.([A-Z0-9][A-Z0-9.\-]{0,39}))?")


class Wrong(Exception):
    """This card makes no sense now; `code` names the reason, and nothing has changed."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Card:
    """A card that was scanned: `value` is what it names, or its digit."""

    deed: Deed
    value: str = ""

    def text(self) -> str:
        """What its QR holds."""
        if self.deed is D.DIGIT:
            return PREFIX + self.value
        return PREFIX + self.deed.value + (f".{named(self.value)}" if self.value else "")


@dataclass(frozen=True)
class Order:
    """What is to be done now: a card's deed with all that was held for it."""

    deed: Deed
    value: str = ""
    figure: float = 0
    symptom: str = ""
    component: str = ""
    cause: str = ""
    work: str = ""
    why: str = ""
    answer: str = ""
    old: str = ""


@dataclass(frozen=True)
class Hand:
    """The cards that wait for those that belong to them, in the order of their scans."""

    cards: tuple[Card, ...] = ()

    def of(self, *deeds: Deed) -> str:
        """What the card of this kind names, empty where none is held."""
        return next((card.value for card in self.cards if card.deed in deeds), "")

    def has(self, *deeds: Deed) -> bool:
        """Whether a card of one of these kinds is held."""
        return any(card.deed in deeds for card in self.cards)

    def figures(self) -> str:
        """The signs of a number so far."""
        return "".join(card.value or SIGNS.get(card.deed, "") for card in self.cards if card.deed in {D.DIGIT, *SIGNS})

    def waiting(self) -> Deed | None:
        """The step that waits for its reason."""
        return next((card.deed for card in self.cards if card.deed in STEPS), None)

    def holding(self, card: Card) -> Hand:
        """With one card more; a second of its kind takes the first one's place, but for figures."""
        if card.deed in {D.DIGIT, *SIGNS}:
            return Hand((*self.cards, card))
        return Hand((*(each for each in self.cards if each.deed is not card.deed), card))


def named(code: str) -> str:
    """A code as it stands on a card: signs that every keyboard has in one place, a dot for any other."""
    return re.sub(r"[^A-Z0-9\-]", ".", code.upper())[:40]


def card(text: str) -> Card | None:
    """The card with this text, whatever the case; None when there is none such."""
    found = _TEXT.fullmatch(text.strip().upper())
    if found is None:
        return None
    word, value = found[1], found[2] or ""
    if word.isdigit():
        return None if value else Card(D.DIGIT, word)
    deed = next((each for each in Deed if each.value == word and each is not D.DIGIT), None)
    if deed is None or (deed in BOUND) != bool(value):
        return None
    return Card(deed, value)


def step(deed: Deed, menu: Sequence[Step]) -> Step:
    """The one step of the menu that a card takes; Wrong when there is none, or more than one."""
    found = [each for each in menu if each.action in STEPS[deed]]
    if len(found) != 1:
        raise Wrong("not_here")
    return found[0]


def here(menu: Sequence[Step]) -> list[Deed]:
    """The step cards that mean something with this menu."""
    offered = [each.action for each in menu]
    return [deed for deed, actions in STEPS.items() if sum(action in actions for action in offered) == 1]


def take(hand: Hand, new: Card, *, needs_why: bool = False, after: Deed | None = None) -> tuple[Hand, Order | None]:
    """The hand after this card, and the order where one is complete; Wrong leaves the hand as it was.

    `needs_why`: the step wants words. `after`: what a card did last, which this one may complete.
    """
    deed = new.deed
    if deed is D.UNDO:
        return (Hand(hand.cards[:-1]), None) if hand.cards else (hand, Order(deed))
    if deed in {D.DIGIT, *SIGNS}:
        return _counting(hand, new), None
    if not hand.cards and (deed, after) in COMPLETES:
        return hand, Order(deed, new.value)
    if deed in FOUND:
        return _finding(hand, new)
    if deed in STEPS or deed is D.WHY:
        return _stepping(hand, new, needs_why=needs_why)
    if deed is D.TEST:
        _only(hand, D.TEST, D.DIGIT, *SIGNS)
        return Hand((new,)), None
    if deed is D.ENTER:
        return _entered(hand)
    if deed is D.PART:
        return _part(hand, new)
    if deed is D.OLD:
        _only(hand, D.OLD, D.DIGIT)
        return hand.holding(new), None
    if deed in {D.CHECK, D.GONE}:
        return _checking(hand, new)
    if deed in {D.PLACE, D.SEAL, *HANDS}:
        _only(hand)
    return hand, Order(deed, new.value)


def _only(hand: Hand, *allowed: Deed) -> None:
    """What was begun comes to its end first, or is taken back."""
    if any(card.deed not in allowed for card in hand.cards):
        raise Wrong("unfinished")


def _counting(hand: Hand, new: Card) -> Hand:
    _only(hand, D.TEST, D.OLD, D.DIGIT, *SIGNS)
    longer = hand.holding(new)
    if not re.fullmatch(r"-?\d{0,9}(?:\.\d{0,6})?", longer.figures()) or len(longer.figures()) > MOST_SIGNS:
        raise Wrong("no_figure")
    return longer


def _finding(hand: Hand, new: Card) -> tuple[Hand, Order | None]:
    _only(hand, *FOUND)
    longer = hand.holding(new)
    if not (longer.has(D.COMPONENT) and longer.has(D.CAUSE)):
        return longer, None
    order = Order(
        D.CAUSE, symptom=longer.of(D.SYMPTOM), component=longer.of(D.COMPONENT), cause=longer.of(D.CAUSE), work=longer.of(D.WORK)
    )  # fmt: skip
    return Hand(), order


def _stepping(hand: Hand, new: Card, *, needs_why: bool) -> tuple[Hand, Order | None]:
    waiting = hand.waiting()
    if new.deed is D.WHY:
        _only(hand, D.WHY, *STEPS)
        return (Hand(), Order(waiting, why=new.value)) if waiting else (hand.holding(new), None)
    _only(hand, D.WHY, *STEPS)
    why = hand.of(D.WHY)
    return (Hand((new,)), None) if needs_why and not why else (Hand(), Order(new.deed, why=why))


def _entered(hand: Hand) -> tuple[Hand, Order | None]:
    figure = _figure(hand)
    if not hand.has(D.TEST) or figure is None:
        raise Wrong("nothing_to_enter")
    return Hand(), Order(D.TEST, hand.of(D.TEST), figure)


def _part(hand: Hand, new: Card) -> tuple[Hand, Order | None]:
    _only(hand, D.DIGIT, D.OLD)
    number = _figure(hand)
    return Hand(), Order(D.PART, new.value, 1 if number is None else number, old=hand.of(D.OLD))


def _checking(hand: Hand, new: Card) -> tuple[Hand, Order | None]:
    """A check's card alone says that it is in order; the card before it says otherwise."""
    _only(hand, D.FAIL, D.GONE)
    if new.deed is D.GONE:
        return Hand((new,)), None
    answer = "not_ok" if hand.has(D.FAIL) else "not_there" if hand.has(D.GONE) else "ok"
    return Hand(), Order(D.CHECK, new.value, answer=answer)


def _figure(hand: Hand) -> float | None:
    typed = hand.figures()
    return float(typed) if any(sign.isdigit() for sign in typed) else None
