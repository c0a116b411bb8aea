"""The life of a ticket: one table of who may do what from where, what it needs, opens, closes and whom it tells.

The table is the documentation, the permission matrix, the menu of every screen and the message plan.
"""

from __future__ import annotations

import enum
from collections.abc import Callable
from dataclasses import dataclass


class Status(enum.Enum):
    """Where the item is and how far the work got."""

    REQUESTED = "requested"
    TO_SEND = "to_send"
    IN_TRANSIT_IN = "in_transit_in"
    RECEIVED = "received"
    TAKEN_IN_CHARGE = "taken_in_charge"
    DIAGNOSING = "diagnosing"
    REPAIRING = "repairing"
    REPLACING = "replacing"
    RETURNING = "returning"
    TESTING = "testing"
    READY = "ready"
    SHIPPED_OUT = "shipped_out"
    DELIVERED = "delivered"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class WaitKind(enum.Enum):
    """Whose answer is missing; several at once."""

    PAPERS = "papers"
    QUOTE = "quote"
    REPLACEMENT = "replacement"
    CONSENT = "consent"
    PAYMENT = "payment"
    PART = "part"
    OBJECTION = "objection"
    CONTENTS = "contents"
    COMPLAINT = "complaint"
    DECISION = "decision"
    COURIER = "courier"
    COLLECTION = "collection"
    FORCE_MAJEURE = "force_majeure"


class Whom(enum.Enum):
    """Who has to act before a wait ends."""

    CUSTOMER = "customer"
    SHOP = "shop"
    MANAGER = "manager"
    SUPPLIER = "supplier"
    COURIER = "courier"
    NOBODY = "nobody"


# R31: only these stop the clock of the promise.
STOPS_CLOCK = frozenset(
    {WaitKind.PAPERS, WaitKind.QUOTE, WaitKind.REPLACEMENT, WaitKind.CONSENT, WaitKind.PAYMENT, WaitKind.FORCE_MAJEURE}
)

# Who is waited for; ASKER is the shop for a shop's ticket, else the customer.
ON_WHOM = {
    WaitKind.PAPERS: None, WaitKind.QUOTE: None, WaitKind.REPLACEMENT: None, WaitKind.CONSENT: None, WaitKind.PAYMENT: None,
    WaitKind.OBJECTION: None, WaitKind.COLLECTION: None, WaitKind.PART: Whom.SUPPLIER, WaitKind.COMPLAINT: Whom.MANAGER, WaitKind.CONTENTS: Whom.MANAGER,
    WaitKind.DECISION: Whom.MANAGER, WaitKind.COURIER: Whom.COURIER, WaitKind.FORCE_MAJEURE: Whom.NOBODY,
}  # fmt: skip


class Action(enum.Enum):
    """What somebody does with a ticket; the verbs of every menu."""

    ASK = "ask"
    ANNOUNCE = "announce"
    HAND_IN = "hand_in"
    ARRIVE_UNANNOUNCED = "arrive_unannounced"
    GUIDE = "guide"
    POST = "post"
    RECEIVE = "receive"
    ASK_PAPERS = "ask_papers"
    PAPERS_ARRIVED = "papers_arrived"
    TAKE_IN_CHARGE = "take_in_charge"
    START_DIAGNOSIS = "start_diagnosis"
    ASK_DECISION = "ask_decision"
    DECIDE = "decide"
    SEND_QUOTE = "send_quote"
    ACCEPT_QUOTE = "accept_quote"
    REFUSE_QUOTE = "refuse_quote"
    EXPIRE_QUOTE = "expire_quote"
    WITHDRAW_QUOTE = "withdraw_quote"
    EXPIRE_PAPERS = "expire_papers"
    OVERRULE = "overrule"
    GRANT_GOODWILL = "grant_goodwill"
    OFFER_REPLACEMENT = "offer_replacement"
    CHOOSE_REPLACEMENT = "choose_replacement"
    REFUSE_REPLACEMENT = "refuse_replacement"
    WITHDRAW_REPLACEMENT = "withdraw_replacement"
    COMPLAIN = "complain"
    ANSWER_COMPLAINT = "answer_complaint"
    OBJECT_CONTENTS = "object_contents"
    ANSWER_CONTENTS = "answer_contents"
    FLAG_SAFETY = "flag_safety"
    END_SAFETY = "end_safety"
    WAIT_PART = "wait_part"
    PART_ARRIVED = "part_arrived"
    START_REPAIR = "start_repair"
    REPLACE = "replace"
    RETURN_ITEM = "return_item"
    TAKE_UP_AGAIN = "take_up_again"
    FINISH = "finish"
    PASS_QUALITY = "pass_quality"  # nosec B105
    FAIL_QUALITY = "fail_quality"
    CLOSE_UP = "close_up"
    WAIVE = "waive"
    TAKE_WAIVER_BACK = "take_waiver_back"
    SHIP = "ship"
    HAND_OVER = "hand_over"
    DELIVER = "deliver"
    CLOSE = "close"
    CANCEL = "cancel"
    CHANGE_ADDRESS = "change_address"
    OPEN_FORCE_MAJEURE = "open_force_majeure"
    END_FORCE_MAJEURE = "end_force_majeure"
    UNDO = "undo"


class To(enum.Enum):
    """Where a step leads when it names no status."""

    SAME = "same"
    BACK = "back"


@dataclass(frozen=True)
class Facts:
    """What guards look at; plain figures of one ticket."""

    open_waits: frozenset[WaitKind] = frozenset()
    findings: int = 0
    covered: int = 0
    undecided: int = 0
    to_pay: int = 0
    quote_accepted: bool = False
    tests_missing: int = 0
    tests_failed: int = 0
    repaired_by_actor: bool = False
    needs_other_tester: bool = False
    safety: bool = False
    can_undo: bool = False
    replacement_unbooked: bool = False
    checks_missing: tuple[str, ...] = ()
    checks_failed: tuple[str, ...] = ()
    seal_missing: bool = False


Guard = Callable[[Facts], str | None]


def papers_complete(facts: Facts) -> str | None:
    """R31: day 0 needs the item and the papers."""
    return "papers_missing" if WaitKind.PAPERS in facts.open_waits else None


def something_found(facts: Facts) -> str | None:
    return None if facts.findings else "no_findings"


def all_decided(facts: Facts) -> str | None:
    """An ambiguous finding is decided by a named person, never by going on."""
    return "decision_missing" if facts.undecided else None


def something_to_repair(facts: Facts) -> str | None:
    """Covered findings are repaired even while, or after, the quote for the rest is open or refused."""
    return None if facts.covered or facts.quote_accepted else "nothing_to_repair"


def something_to_pay(facts: Facts) -> str | None:
    return None if facts.to_pay else "nothing_to_pay"


def no_open_quote(facts: Facts) -> str | None:
    return "quote_open" if WaitKind.QUOTE in facts.open_waits else None


def quote_is_open(facts: Facts) -> str | None:
    return None if WaitKind.QUOTE in facts.open_waits else "no_open_quote"


def no_open_part(facts: Facts) -> str | None:
    return "part_missing" if WaitKind.PART in facts.open_waits else None


def tests_passed(facts: Facts) -> str | None:
    """A needed reading that is missing or outside its limits keeps the item on the bench."""
    if facts.tests_missing:
        return "tests_missing"
    return "tests_failed" if facts.tests_failed else None


def checks_done(facts: Facts) -> str | None:
    """A needed line of the final check list without an answer, or any that is not well, keeps the item on the bench."""
    if facts.checks_missing:
        return "checks_missing"
    return "checks_failed" if facts.checks_failed else None


def sealed(facts: Facts) -> str | None:
    """What the house seals is closed by a numbered seal before it is ready."""
    return "seal_missing" if facts.seal_missing else None


def another_person(facts: Facts) -> str | None:
    return "another_person_tests" if facts.needs_other_tester and facts.repaired_by_actor else None


def papers_are_missing(facts: Facts) -> str | None:
    return None if WaitKind.PAPERS in facts.open_waits else "no_papers_missing"


def no_open_choice(facts: Facts) -> str | None:
    return "choice_open" if WaitKind.REPLACEMENT in facts.open_waits else None


def new_item_booked(facts: Facts) -> str | None:
    """What was chosen in its place has a number of its own before it leaves the bench."""
    return "replacement_unbooked" if facts.replacement_unbooked else None


def choice_is_open(facts: Facts) -> str | None:
    return None if WaitKind.REPLACEMENT in facts.open_waits else "no_open_choice"


def a_complaint_is_open(facts: Facts) -> str | None:
    return None if WaitKind.COMPLAINT in facts.open_waits else "no_open_complaint"


def contents_are_disputed(facts: Facts) -> str | None:
    return None if WaitKind.CONTENTS in facts.open_waits else "no_open_objection"


def flagged(facts: Facts) -> str | None:
    return None if facts.safety else "not_flagged"


def not_flagged(facts: Facts) -> str | None:
    """What may burn goes to no courier before a person said that it may (E.4)."""
    return "safety_open" if facts.safety else None


def undoable(facts: Facts) -> str | None:
    return None if facts.can_undo else "nothing_to_undo"


@dataclass(frozen=True)
class Step:
    """One row: from these statuses (None: it begins the ticket) somebody may do this, if every guard is content.

    `when` chooses between two rows of the same action. `tells` names the letter. `note` says that words are needed.
    """

    sources: frozenset[Status] | None
    action: Action
    to: Status | To
    by: frozenset[str]
    guards: tuple[Guard, ...] = ()
    when: Callable[[Facts], bool] | None = None
    opens: tuple[WaitKind, ...] = ()
    closes: tuple[WaitKind, ...] = ()
    tells: str | None = None
    note: bool = False
    claims: bool = False
    offered: bool = True


LAB = frozenset({"technician", "front_desk", "manager"})
BENCH = frozenset({"technician", "manager"})
MANAGER = frozenset({"manager"})
SHOP = frozenset({"retailer_admin", "retailer_clerk"})
ASKER = SHOP | {"customer"}
OPENER = LAB | ASKER | {"public", "system"}
SYSTEM = frozenset({"system"})

S, A, W = Status, Action, WaitKind
BEFORE_POSTING = frozenset({S.REQUESTED, S.TO_SEND})
COMING = BEFORE_POSTING | {S.IN_TRANSIT_IN}
ON_BENCH = frozenset({S.DIAGNOSING, S.REPAIRING, S.REPLACING})
IN_HOUSE = ON_BENCH | {S.RECEIVED, S.TAKEN_IN_CHARGE, S.RETURNING, S.TESTING, S.READY}
OVER = frozenset({S.CLOSED, S.CANCELLED})
AFTER_THE_YES = frozenset({S.REPAIRING, S.TESTING, S.READY, S.RETURNING, S.SHIPPED_OUT, S.DELIVERED, S.CLOSED})
ANYWHERE = frozenset(Status)


def _from(*statuses: Status) -> frozenset[Status]:
    return frozenset(statuses)


STEPS: tuple[Step, ...] = (
    # asking
    Step(None, A.ASK, S.REQUESTED, OPENER, tells="safety_stop", offered=False),
    Step(None, A.ANNOUNCE, S.TO_SEND, OPENER, tells="request_received", offered=False),
    Step(None, A.HAND_IN, S.RECEIVED, LAB | SYSTEM, tells="received", offered=False),
    Step(None, A.ARRIVE_UNANNOUNCED, S.RECEIVED, LAB | SYSTEM, tells="received", offered=False),
    Step(_from(S.REQUESTED), A.GUIDE, S.TO_SEND, LAB, guards=(not_flagged,), tells="request_received"),
    Step(BEFORE_POSTING, A.POST, S.IN_TRANSIT_IN, ASKER | LAB, guards=(not_flagged,), opens=(W.COURIER,)),
    Step(BEFORE_POSTING, A.CANCEL, S.CANCELLED, ASKER | LAB, closes=(W.PAPERS, W.DECISION), tells="cancelled"),
    # reception
    Step(COMING, A.RECEIVE, S.RECEIVED, LAB, closes=(W.COURIER,), tells="received"),
    Step(COMING | IN_HOUSE, A.ASK_PAPERS, To.SAME, LAB | SYSTEM, opens=(W.PAPERS,), tells="papers_needed", note=True),
    Step(COMING | IN_HOUSE, A.PAPERS_ARRIVED, To.SAME, LAB | ASKER | SYSTEM, closes=(W.PAPERS,), offered=False),
    Step(_from(S.RECEIVED), A.TAKE_IN_CHARGE, S.TAKEN_IN_CHARGE, LAB, guards=(papers_complete,)),
    Step(COMING | IN_HOUSE, A.EXPIRE_PAPERS, To.SAME, SYSTEM, guards=(papers_are_missing,), closes=(W.PAPERS,), tells="papers_expired", offered=False),
    # bench
    Step(_from(S.TAKEN_IN_CHARGE), A.START_DIAGNOSIS, S.DIAGNOSING, BENCH, claims=True),
    Step(COMING | IN_HOUSE, A.ASK_DECISION, To.SAME, LAB | ASKER | SYSTEM, opens=(W.DECISION,), offered=False),
    Step(COMING | IN_HOUSE, A.DECIDE, To.SAME, MANAGER, when=lambda f: f.undecided > 0, note=True, offered=False),
    Step(COMING | IN_HOUSE, A.DECIDE, To.SAME, MANAGER, when=lambda f: f.safety, tells="decision", note=True, offered=False),
    Step(COMING | IN_HOUSE, A.DECIDE, To.SAME, MANAGER, closes=(W.DECISION,), tells="decision", note=True, offered=False),
    Step(COMING | IN_HOUSE, A.OVERRULE, To.SAME, MANAGER, tells="decision", note=True, offered=False),
    Step(COMING | IN_HOUSE, A.GRANT_GOODWILL, To.SAME, MANAGER, when=lambda f: f.undecided > 0 or f.safety, tells="goodwill", note=True, offered=False),
    Step(COMING | IN_HOUSE, A.GRANT_GOODWILL, To.SAME, MANAGER, closes=(W.DECISION,), tells="goodwill", note=True, offered=False),
    Step(ON_BENCH, A.SEND_QUOTE, To.SAME, LAB, guards=(something_to_pay, no_open_quote), opens=(W.QUOTE,), tells="quote", offered=False),
    Step(_from(S.DIAGNOSING), A.ACCEPT_QUOTE, S.REPAIRING, ASKER, guards=(quote_is_open,), closes=(W.QUOTE,), tells="quote_accepted", offered=False),
    Step(ON_BENCH, A.ACCEPT_QUOTE, To.SAME, ASKER, guards=(quote_is_open,), closes=(W.QUOTE,), tells="quote_accepted", offered=False),
    Step(_from(S.DIAGNOSING), A.REFUSE_QUOTE, S.RETURNING, ASKER, guards=(quote_is_open,), when=lambda f: not f.covered, closes=(W.QUOTE,), tells="quote_refused", offered=False),
    Step(ON_BENCH, A.REFUSE_QUOTE, To.SAME, ASKER, guards=(quote_is_open,), closes=(W.QUOTE,), tells="quote_refused", offered=False),
    Step(_from(S.DIAGNOSING), A.EXPIRE_QUOTE, S.RETURNING, SYSTEM, guards=(quote_is_open,), when=lambda f: not f.covered, closes=(W.QUOTE,), offered=False),
    Step(ON_BENCH, A.EXPIRE_QUOTE, To.SAME, SYSTEM, guards=(quote_is_open,), closes=(W.QUOTE,), offered=False),
    Step(ON_BENCH, A.WITHDRAW_QUOTE, To.SAME, LAB | SYSTEM, guards=(quote_is_open,), closes=(W.QUOTE,), tells="quote_withdrawn", offered=False),
    Step(_from(S.DIAGNOSING), A.START_REPAIR, S.REPAIRING, BENCH, guards=(something_found, all_decided, something_to_repair), claims=True),
    Step(ON_BENCH, A.WAIT_PART, To.SAME, BENCH, guards=(no_open_part,), opens=(W.PART,), tells="part_wait", note=True),
    Step(ON_BENCH, A.PART_ARRIVED, To.SAME, LAB | SYSTEM, when=lambda f: W.PART in f.open_waits, closes=(W.PART,)),
    Step(_from(S.DIAGNOSING, S.REPAIRING), A.REPLACE, S.REPLACING, BENCH, guards=(something_found, all_decided, something_to_repair), note=True, offered=False),
    Step(ON_BENCH, A.OFFER_REPLACEMENT, S.REPLACING, BENCH, guards=(something_found, all_decided, something_to_repair, no_open_choice), opens=(W.REPLACEMENT,), tells="replacement", offered=False),
    Step(_from(S.REPLACING), A.CHOOSE_REPLACEMENT, To.SAME, ASKER, guards=(choice_is_open,), closes=(W.REPLACEMENT,), tells="replacement_chosen", offered=False),
    Step(_from(S.REPLACING), A.REFUSE_REPLACEMENT, S.DIAGNOSING, ASKER, guards=(choice_is_open,), opens=(W.DECISION,), closes=(W.REPLACEMENT,), note=True, offered=False),
    Step(_from(S.REPLACING), A.WITHDRAW_REPLACEMENT, S.DIAGNOSING, BENCH, closes=(W.REPLACEMENT,), note=True, offered=False),
    Step(_from(S.DIAGNOSING, S.REPAIRING), A.RETURN_ITEM, S.RETURNING, BENCH, guards=(something_found, no_open_quote), note=True),
    Step(_from(S.REPAIRING, S.REPLACING), A.FINISH, S.TESTING, BENCH, guards=(no_open_part, no_open_choice, new_item_booked)),
    # final test and the way out
    Step(_from(S.TESTING), A.PASS_QUALITY, S.READY, BENCH, guards=(tests_passed, another_person, checks_done, sealed), tells="ready"),
    Step(_from(S.TESTING), A.WAIVE, To.SAME, MANAGER, note=True, offered=False),
    Step(_from(S.TESTING), A.TAKE_WAIVER_BACK, To.SAME, MANAGER, offered=False),
    Step(_from(S.TESTING), A.FAIL_QUALITY, S.REPAIRING, BENCH, note=True),
    Step(_from(S.RETURNING), A.TAKE_UP_AGAIN, S.DIAGNOSING, BENCH, note=True, claims=True),
    Step(_from(S.RETURNING), A.CLOSE_UP, S.READY, BENCH, guards=(sealed,), tells="ready"),
    Step(_from(S.READY), A.SHIP, S.SHIPPED_OUT, LAB, guards=(not_flagged,), opens=(W.COURIER,), tells="shipped", offered=False),
    Step(_from(S.READY), A.HAND_OVER, S.DELIVERED, LAB, guards=(not_flagged,), tells="delivered"),
    Step(_from(S.SHIPPED_OUT), A.DELIVER, S.DELIVERED, LAB | ASKER | SYSTEM, closes=(W.COURIER,), tells="delivered"),
    Step(_from(S.DELIVERED), A.CLOSE, S.CLOSED, LAB | SYSTEM, closes=(W.OBJECTION,)),
    # at any time
    Step(ANYWHERE, A.COMPLAIN, To.SAME, ASKER | LAB, opens=(W.COMPLAINT,), note=True, offered=False),
    Step(ANYWHERE, A.ANSWER_COMPLAINT, To.SAME, MANAGER, guards=(a_complaint_is_open,), closes=(W.COMPLAINT,), note=True, offered=False),
    Step(IN_HOUSE | {S.SHIPPED_OUT, S.DELIVERED}, A.OBJECT_CONTENTS, To.SAME, ASKER, opens=(W.CONTENTS,), note=True, offered=False),
    Step(ANYWHERE, A.ANSWER_CONTENTS, To.SAME, LAB, guards=(contents_are_disputed,), closes=(W.CONTENTS,), note=True, offered=False),
    Step(ANYWHERE, A.FLAG_SAFETY, To.SAME, ASKER | LAB, opens=(W.DECISION,), note=True, offered=False),
    Step(ANYWHERE, A.END_SAFETY, To.SAME, MANAGER, guards=(flagged,), note=True, offered=False),
    Step(COMING | IN_HOUSE, A.CHANGE_ADDRESS, To.SAME, ASKER | LAB, offered=False),
    Step(IN_HOUSE, A.OPEN_FORCE_MAJEURE, To.SAME, MANAGER, when=lambda f: W.FORCE_MAJEURE not in f.open_waits, opens=(W.FORCE_MAJEURE,), note=True),
    Step(ANYWHERE, A.END_FORCE_MAJEURE, To.SAME, MANAGER, when=lambda f: W.FORCE_MAJEURE in f.open_waits, closes=(W.FORCE_MAJEURE,)),
    Step(IN_HOUSE | {S.SHIPPED_OUT}, A.UNDO, To.BACK, LAB, guards=(undoable,), note=True),
)  # fmt: skip

# Steps that can be taken back: they moved the item along by somebody's hand at the lab.
TAKEN_BACK = frozenset({
    A.RECEIVE, A.TAKE_IN_CHARGE, A.START_DIAGNOSIS, A.START_REPAIR, A.REPLACE, A.RETURN_ITEM, A.FINISH,
    A.PASS_QUALITY, A.FAIL_QUALITY, A.CLOSE_UP, A.SHIP, A.WAIT_PART, A.PART_ARRIVED,
})  # fmt: skip
