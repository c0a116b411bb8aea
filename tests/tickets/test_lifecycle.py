"""The table itself: who may do what, from where; nothing is foreseen that nobody can do or reach."""

from __future__ import annotations

import pytest

from service_center.accounts.models import Role
from service_center.tickets.lifecycle import (
    OVER,
    STEPS,
    STOPS_CLOCK,
    TAKEN_BACK,
    Action,
    Facts,
    Status,
    Step,
    To,
    WaitKind,
)
from service_center.tickets.stepping import offered, standing_step, step_for

KINDS = frozenset({role.value for role in Role} | {"customer", "public", "system"})


NOTHING_YET = Facts()


def names(status: Status, kind: str, facts: Facts = NOTHING_YET) -> set[str]:
    return {step.action.value for step in offered(status, kind, facts)}


def test_every_step_is_for_people_who_exist() -> None:
    assert all(step.by and step.by <= KINDS for step in STEPS)


def test_every_action_and_every_status_has_a_row() -> None:
    assert {step.action for step in STEPS} == set(Action)
    reached = {step.to for step in STEPS if isinstance(step.to, Status)}
    assert reached == set(Status)


def test_from_every_status_that_is_not_over_somebody_can_go_on() -> None:
    for status in set(Status) - OVER:
        onward = {step.to for step in STEPS if step.sources and status in step.sources and isinstance(step.to, Status)}
        assert onward, f"{status} is a dead end"


def test_nothing_leaves_closed_or_cancelled() -> None:
    leaving = [step.action for step in STEPS if step.sources and step.sources & OVER and step.to is not To.SAME]
    assert leaving == []


def test_a_step_of_two_rows_is_told_apart() -> None:
    """Two rows for the same action from the same status need a `when` on all but the last."""
    for action in Action:
        rows = [step for step in STEPS if step.action is action]
        for place, row in enumerate(rows):
            for later in rows[place + 1 :]:
                if (row.sources or frozenset()) & (later.sources or frozenset()):
                    assert row.when is not None or len(row.sources or ()) < len(later.sources or ())


@pytest.mark.parametrize("kind", ["retailer_admin", "retailer_clerk", "customer"])
def test_a_shop_or_customer_never_touches_the_bench(kind: str) -> None:
    bench = {
        Status.TAKEN_IN_CHARGE,
        Status.DIAGNOSING,
        Status.REPAIRING,
        Status.REPLACING,
        Status.TESTING,
        Status.RETURNING,
        Status.READY,
    }
    for status in bench:
        assert names(status, kind) == set()


def test_the_front_desk_receives_but_does_not_repair() -> None:
    assert "receive" in names(Status.IN_TRANSIT_IN, "front_desk")
    assert "start_repair" not in names(Status.DIAGNOSING, "front_desk")


def test_only_the_asker_answers_a_quote() -> None:
    rows = [step for step in STEPS if step.action in (Action.ACCEPT_QUOTE, Action.REFUSE_QUOTE)]
    assert all(step.by == {"customer", "retailer_admin", "retailer_clerk"} for step in rows)


def test_a_refused_quote_sends_back_only_what_has_nothing_covered() -> None:
    """A part of a MIXED ticket that is covered is repaired even when the quote for the rest is refused."""
    quote = frozenset({WaitKind.QUOTE})
    nothing = step_for(Status.DIAGNOSING, Action.REFUSE_QUOTE, Facts(open_waits=quote, findings=1, to_pay=1))
    something = step_for(
        Status.DIAGNOSING, Action.REFUSE_QUOTE, Facts(open_waits=quote, findings=2, to_pay=1, covered=1)
    )
    assert nothing is not None
    assert something is not None
    assert nothing.to is Status.RETURNING
    assert something.to is To.SAME


@pytest.mark.parametrize(
    ("status", "action", "facts", "objection"),
    [
        (Status.RECEIVED, Action.TAKE_IN_CHARGE, Facts(open_waits=frozenset({WaitKind.PAPERS})), "papers_missing"),
        (Status.DIAGNOSING, Action.START_REPAIR, Facts(), "no_findings"),
        (Status.DIAGNOSING, Action.START_REPAIR, Facts(findings=1, undecided=1), "decision_missing"),
        (Status.DIAGNOSING, Action.START_REPAIR, Facts(findings=1, to_pay=1), "nothing_to_repair"),
        (Status.DIAGNOSING, Action.SEND_QUOTE, Facts(findings=1, covered=1), "nothing_to_pay"),
        (
            Status.DIAGNOSING,
            Action.RETURN_ITEM,
            Facts(findings=1, open_waits=frozenset({WaitKind.QUOTE})),
            "quote_open",
        ),
        (Status.REPAIRING, Action.FINISH, Facts(open_waits=frozenset({WaitKind.PART})), "part_missing"),
        (Status.TESTING, Action.PASS_QUALITY, Facts(tests_missing=1), "tests_missing"),
        (Status.TESTING, Action.PASS_QUALITY, Facts(tests_failed=1), "tests_failed"),
        (
            Status.TESTING,
            Action.PASS_QUALITY,
            Facts(needs_other_tester=True, repaired_by_actor=True),
            "another_person_tests",
        ),
        (Status.READY, Action.UNDO, Facts(), "nothing_to_undo"),
    ],
)
def test_a_guard_says_what_is_missing(status: Status, action: Action, facts: Facts, objection: str) -> None:
    step = step_for(status, action, facts)
    assert step is not None
    assert next(code for guard in step.guards if (code := guard(facts))) == objection


def test_covered_findings_are_repaired_while_the_quote_for_the_rest_is_open() -> None:
    facts = Facts(findings=2, covered=1, to_pay=1, open_waits=frozenset({WaitKind.QUOTE}))
    step = step_for(Status.DIAGNOSING, Action.START_REPAIR, facts)
    assert step is not None
    assert not [guard(facts) for guard in step.guards if guard(facts)]


def test_only_waits_for_papers_answers_and_payment_stop_the_clock() -> None:
    assert {kind.value for kind in STOPS_CLOCK} == {
        "papers",
        "quote",
        "replacement",
        "consent",
        "payment",
        "force_majeure",
    }


def test_an_undo_takes_the_last_step_off_and_uncovers_the_one_before() -> None:
    taken = [Action.ANNOUNCE, Action.RECEIVE, Action.TAKE_IN_CHARGE]
    assert standing_step(taken) == 2
    assert standing_step([*taken, Action.UNDO]) == 1
    assert standing_step([*taken, Action.UNDO, Action.UNDO]) is None


def test_what_can_be_taken_back_moved_the_item_by_the_labs_own_hand() -> None:
    rows: list[Step] = [step for step in STEPS if step.action in TAKEN_BACK]
    assert all(step.by & {"technician", "front_desk", "manager"} for step in rows)
