"""What a card says, and which cards together make an order."""

from __future__ import annotations

import pytest

from service_center.lab import commands
from service_center.lab.commands import Card, Deed, Hand, Order, Wrong, take
from service_center.tickets.lifecycle import Action, Facts, Status
from service_center.tickets.stepping import offered

D = Deed


def after(*texts: str, **more: bool) -> tuple[Hand, Order | None]:
    """The cards one after the other; the last one's order."""
    hand, order = Hand(), None
    for text in texts:
        card = commands.card(text)
        assert card is not None, text
        hand, order = take(hand, card, **more)
    return hand, order


@pytest.mark.parametrize(
    ("text", "card"),
    [("*START", Card(D.START)), ("*start", Card(D.START)), ("*7", Card(D.DIGIT, "7")), ("*OK", Card(D.PASS)), ("*PART.P-377", Card(D.PART, "P-377")),
     ("*COMP.HEART.RATE", Card(D.COMPONENT, "HEART.RATE")), ("*CAUSE.C12", Card(D.CAUSE, "C12"))],
)  # fmt: skip
def test_a_card_is_read(text: str, card: Card) -> None:
    assert commands.card(text) == card
    assert commands.card(card.text()) == card


@pytest.mark.parametrize(
    "text",
    ["*", "START", "*STOP", "*START.NOW", "*PART", "*DIGIT", "*77", "*7.1", "*COMP.", "*COMP.A B", "*" + "A" * 300],
)
def test_what_is_no_card_is_none(text: str) -> None:
    assert commands.card(text) is None


@pytest.mark.parametrize(
    ("deed", "status", "action"),
    [(D.START, Status.RECEIVED, Action.TAKE_IN_CHARGE), (D.START, Status.TAKEN_IN_CHARGE, Action.START_DIAGNOSIS), (D.START, Status.DIAGNOSING, Action.START_REPAIR),
     (D.DONE, Status.REPAIRING, Action.FINISH), (D.DONE, Status.TESTING, Action.PASS_QUALITY), (D.DONE, Status.RETURNING, Action.CLOSE_UP),
     (D.PASS, Status.TESTING, Action.PASS_QUALITY), (D.FAIL, Status.TESTING, Action.FAIL_QUALITY), (D.WAIT, Status.REPAIRING, Action.WAIT_PART)],
)  # fmt: skip
def test_a_step_card_takes_the_one_step_that_is_offered(deed: Deed, status: Status, action: Action) -> None:
    menu = offered(status, "technician", Facts())
    assert commands.step(deed, menu).action is action
    assert deed in commands.here(menu)


@pytest.mark.parametrize("status", Status)
def test_no_status_leaves_a_step_card_in_doubt(status: Status) -> None:
    menu = offered(status, "technician", Facts())
    for deed, actions in commands.STEPS.items():
        assert sum(step.action in actions for step in menu) <= 1, (status, deed)
        if deed not in commands.here(menu):
            with pytest.raises(Wrong, match="not_here"):
                commands.step(deed, menu)


def test_component_and_cause_make_a_finding_in_any_order_with_what_was_held() -> None:
    assert after("*SYM.S10", "*COMP.GLASS", "*CAUSE.C12") == (
        Hand(),
        Order(D.CAUSE, symptom="S10", component="GLASS", cause="C12"),
    )
    hand, order = after("*CAUSE.C12", "*WORK.A06", "*COMP.GLASS")
    assert (hand, order and order.work) == (Hand(), "A06")


def test_work_after_a_finding_completes_it() -> None:
    assert after("*WORK.A06", after=D.CAUSE)[1] == Order(D.WORK, "A06")
    assert after("*WORK.A06") == (Hand((Card(D.WORK, "A06"),)), None)


def test_a_second_component_takes_the_first_ones_place() -> None:
    assert after("*COMP.GLASS", "*COMP.BATTERY")[0].of(D.COMPONENT) == "BATTERY"


def test_a_test_its_figures_and_enter_make_a_reading() -> None:
    assert after("*TEST.VOLTAGE", "*MINUS", "*1", "*POINT", "*5", "*5", "*ENTER") == (
        Hand(),
        Order(D.TEST, "VOLTAGE", -1.55),
    )


def test_a_digit_before_a_part_is_its_quantity() -> None:
    assert after("*PART.P-377")[1] == Order(D.PART, "P-377", 1)
    assert after("*1", "*2", "*PART.P-377")[1] == Order(D.PART, "P-377", 12)


def test_a_step_that_needs_words_waits_for_its_reason() -> None:
    hand, order = after("*WAIT", needs_why=True)
    assert (hand.waiting(), order) == (D.WAIT, None)
    whole = (Hand(), Order(D.WAIT, why="ORDERED"))
    assert after("*WAIT", "*WHY.ORDERED", needs_why=True) == whole
    assert after("*WHY.ORDERED", "*WAIT", needs_why=True) == whole


def test_undo_takes_back_the_last_card_and_then_what_was_done() -> None:
    assert after("*COMP.GLASS", "*WORK.A06", "*UNDO")[0] == Hand((Card(D.COMPONENT, "GLASS"),))
    assert after("*UNDO") == (Hand(), Order(D.UNDO))


@pytest.mark.parametrize(
    ("texts", "code"),
    [(("*COMP.GLASS", "*START"), "unfinished"), (("*COMP.GLASS", "*7"), "unfinished"), (("*COMP.GLASS", "*PART.P-377"), "unfinished"), (("*TEST.VOLTAGE", "*COMP.GLASS"), "unfinished"),
     (("*7", "*PLACE.B-14"), "unfinished"), (("*ENTER",), "nothing_to_enter"), (("*7", "*ENTER"), "nothing_to_enter"), (("*TEST.VOLTAGE", "*POINT", "*ENTER"), "nothing_to_enter"),
     (("*TEST.VOLTAGE", "*1", "*MINUS"), "no_figure"), (("*TEST.VOLTAGE", "*POINT", "*1", "*POINT"), "no_figure"), (("*1",) * 13, "no_figure"),
     (("*1", "*POINT", "*5", "*PART.P-377"), "unfinished")],
)  # fmt: skip
def test_a_card_that_does_not_fit_stops(texts: tuple[str, ...], code: str) -> None:
    with pytest.raises(Wrong, match=code):
        after(*texts)
