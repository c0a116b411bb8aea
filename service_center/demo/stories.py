"""What can become of a ticket, as a table: the steps it took, what was found, and how often it happens."""

from __future__ import annotations

from dataclasses import dataclass

from service_center.tickets.lifecycle import Action as A

Found = tuple[str, str, str, str]
"""Symptom, component, cause, action."""

COVERED: dict[str, tuple[Found, ...]] = {
    "watch": (("S02", "movement", "manufacturing_defect", "A02"), ("S04", "battery", "battery_end_of_life", "A01"), ("S08", "crown", "material_defect", "A07"),
              ("S09", "hands", "manufacturing_defect", "A08")),
    "smartwatch": (("S17", "display", "material_defect", "A14"), ("S18", "touch", "manufacturing_defect", "A14"), ("S06", "charging_circuit", "material_defect", "A15")),
    "jewel": (("S14", "setting", "manufacturing_defect", "A11"), ("S13", "clasp", "material_defect", "A10"), ("S16", "jump_ring", "material_defect", "A12")),
}  # fmt: skip
DENIED: dict[str, tuple[Found, ...]] = {
    "watch": (("S10", "glass", "impact", "A06"), ("S12", "strap", "wear", "A09"), ("S11", "dial", "chemicals", "A13")),
    "smartwatch": (("S12", "strap", "wear", "A09"), ("S10", "display", "impact", "A14"), ("S08", "button", "material_defect", "A15")),
    "jewel": (("S15", "plating", "ageing", "A13"), ("S14", "stone", "impact", "A11")),
}  # fmt: skip
UNCLEAR: dict[str, tuple[Found, ...]] = {
    "watch": (("S02", "movement", "wear", "A03"), ("S11", "movement", "undetermined", "A02")),
    "smartwatch": (("S05", "battery_cell", "material_defect", "A16"), ("S19", "firmware", "firmware", "A17")),
    "jewel": (("S14", "stone", "undetermined", "A11"),),
}  # fmt: skip
CLEAN: dict[str, tuple[Found, ...]] = {
    "watch": (("S03", "movement", "no_fault_found", "A22"),),
    "smartwatch": (("S19", "antenna", "no_fault_found", "A22"),),
    "jewel": (("S13", "clasp", "no_fault_found", "A22"),),
}

IN = (A.ANNOUNCE, A.POST, A.RECEIVE)
CHARGED = (*IN, A.TAKE_IN_CHARGE)
SEEN = (*CHARGED, A.START_DIAGNOSIS)
REPAIRED = (*SEEN, A.START_REPAIR, A.FINISH, A.PASS_QUALITY)
QUOTED = (*SEEN, A.SEND_QUOTE)


@dataclass(frozen=True)
class Story:
    """`found` names the tables to draw findings from; `papers` is in, out (over the 24 months), missing, opened (by others) or elsewhere (bought at a shop that is not authorised); `share` is per thousand;
    `rest` is how many days ago the last step was, at the most; `late` says that it lay over the promise."""

    name: str
    steps: tuple[A, ...]
    share: int
    found: tuple[dict[str, tuple[Found, ...]], ...] = ()
    papers: str = "in"
    rest: int = 3
    late: bool = False
    safety: bool = False


STORIES: tuple[Story, ...] = (
    Story("asked, unsafe", (A.ASK,), 12, safety=True),
    Story("to send", (A.ANNOUNCE,), 45),
    Story("to send, papers missing", (A.ANNOUNCE,), 20, papers="missing"),
    Story("to send, out of time", (A.ANNOUNCE,), 12, papers="out"),
    Story("on its way", (A.ANNOUNCE, A.POST), 45, rest=2),
    Story("arrived", IN, 20, rest=1),
    Story("arrived, papers missing", IN, 25, papers="missing", rest=8),
    Story("handed in", (A.HAND_IN,), 12, rest=1),
    Story("taken in charge", CHARGED, 40, rest=2),
    Story("on the bench", SEEN, 30, rest=1),
    Story("found, covered", SEEN, 20, (COVERED,), rest=1),
    Story("on the bench, late", SEEN, 15, late=True),
    Story("to be decided", (*SEEN, A.ASK_DECISION), 20, (UNCLEAR,)),
    Story("quoted", QUOTED, 30, (DENIED,), rest=9),
    Story("quoted in part", QUOTED, 20, (COVERED, DENIED), rest=9),
    Story("quoted, out of time", QUOTED, 12, (COVERED,), papers="out", rest=5),
    Story("quoted, opened by others", QUOTED, 8, (COVERED,), papers="opened", rest=5),
    Story("going back, bought elsewhere", (*QUOTED, A.REFUSE_QUOTE), 8, (COVERED,), papers="elsewhere", rest=3),
    Story("in repair", (*SEEN, A.START_REPAIR), 50, (COVERED,)),
    Story("in repair, late", (*SEEN, A.START_REPAIR), 20, (COVERED,), late=True),
    Story("part awaited", (*SEEN, A.START_REPAIR, A.WAIT_PART), 30, (COVERED,), rest=6),
    Story("in repair, paid", (*QUOTED, A.ACCEPT_QUOTE), 25, (DENIED,)),
    Story("replaced", (*SEEN, A.REPLACE), 15, (COVERED,)),
    Story("going back", (*QUOTED, A.REFUSE_QUOTE), 15, (DENIED,)),
    Story("on test", (*SEEN, A.START_REPAIR, A.FINISH), 35, (COVERED,), rest=1),
    Story("on test, late", (*SEEN, A.START_REPAIR, A.FINISH), 10, (COVERED,), late=True, rest=1),
    Story("ready", REPAIRED, 40, (COVERED,), rest=2),
    Story("ready, unrepaired", (*QUOTED, A.REFUSE_QUOTE, A.CLOSE_UP), 12, (DENIED,), rest=2),
    Story("sent back", (*REPAIRED, A.SHIP), 50, (COVERED,), rest=2),
    Story("delivered", (*REPAIRED, A.SHIP, A.DELIVER), 50, (COVERED,), rest=10),
    Story("collected", (A.HAND_IN, *CHARGED[3:], *SEEN[4:], A.START_REPAIR, A.FINISH, A.PASS_QUALITY, A.HAND_OVER), 15, (COVERED,), rest=10),
    Story("closed", (*REPAIRED, A.SHIP, A.DELIVER, A.CLOSE), 130, (COVERED,), rest=320),
    Story("closed, part paid", (*QUOTED, A.ACCEPT_QUOTE, A.FINISH, A.PASS_QUALITY, A.SHIP, A.DELIVER, A.CLOSE), 40, (COVERED, DENIED), rest=320),
    Story("closed, no fault", (*REPAIRED, A.SHIP, A.DELIVER, A.CLOSE), 30, (CLEAN,), rest=320),
    Story("closed, unrepaired", (*QUOTED, A.REFUSE_QUOTE, A.CLOSE_UP, A.SHIP, A.DELIVER, A.CLOSE), 25, (DENIED,), rest=320),
    Story("cancelled", (A.ANNOUNCE, A.CANCEL), 20, rest=60),
)  # fmt: skip
