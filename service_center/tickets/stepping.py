"""Reading the table of the lifecycle: the row of an action, the menu of a person, what stands against a step, what an undo takes back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from service_center.core.errors import Refused
from service_center.tickets.lifecycle import STEPS, TAKEN_BACK, Action, Facts, Status, Step


def step_for(status: Status | None, action: Action, facts: Facts) -> Step | None:
    """The row for this action from this status, or None: the action is not foreseen there."""
    for step in STEPS:
        there = step.sources is None if status is None else step.sources is not None and status in step.sources
        if step.action is action and there and (step.when is None or step.when(facts)):
            return step
    return None


def offered(status: Status, kind: str, facts: Facts) -> list[Step]:
    """The menu of a screen: what this kind of person may do from here, in the table's order.

    Steps whose guard is not content are offered all the same: pressing says what is missing.
    """
    seen: set[Action] = set()
    menu = []
    for step in STEPS:
        if step.sources is None or status not in step.sources or kind not in step.by or not step.offered:
            continue
        if step.action in seen or (step.when is not None and not step.when(facts)):
            continue
        seen.add(step.action)
        menu.append(step)
    return menu


def standing(actions: Sequence[Action]) -> list[int]:
    """Where in a ticket's history the steps stand that were not taken back.

    An undo takes the last step off the pile, so that the one before it can be taken back next.
    """
    pile: list[int] = []
    for place, action in enumerate(actions):
        if action is Action.UNDO:
            pile.pop()
        else:
            pile.append(place)
    return pile


def standing_step(actions: Sequence[Action]) -> int | None:
    """Where in a ticket's history the step stands that an undo would take back; None when there is none."""
    pile = standing(actions)
    return pile[-1] if pile and actions[pile[-1]] in TAKEN_BACK else None


def objections(step: Step, facts: Facts) -> Iterable[str]:
    """Why the step cannot be taken now: refusal codes, in the row's order."""
    return (code for guard in step.guards if (code := guard(facts)))


def refused(code: str, facts: Facts) -> Refused:
    """An objection with the figures and names that its sentence speaks of."""
    checks = facts.checks_failed if code == "checks_failed" else facts.checks_missing
    return Refused(
        code, tests_missing=facts.tests_missing, tests_failed=facts.tests_failed, undecided=facts.undecided, checks=checks
    )  # fmt: skip
