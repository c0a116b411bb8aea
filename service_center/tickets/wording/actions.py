"""What can be done and what was done: the words of every button and of every line of a history."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from service_center.core.i18n import Later, civil_day, later
from service_center.tickets.lifecycle import TAKEN_BACK, Action
from service_center.tickets.queries import Happening
from service_center.tickets.wording.voices import Reader, Voiced, same

A = Action


@dataclass(frozen=True)
class ActionWords:
    """A button: its label, a line below it, and the question that its note answers; empty where there is none."""

    label: str
    hint: str = ""
    note: str = ""


# Label, hint, question for the note: as the lab reads them.
_ACTIONS: dict[Action, tuple[Later, Later | None, Later | None]] = {
    A.ASK: (later("Ask for a repair"), None, None),
    A.ANNOUNCE: (later("Ask for a repair"), None, None),
    A.HAND_IN: (later("Take in at the counter"), None, None),
    A.ARRIVE_UNANNOUNCED: (later("Arrived unannounced"), None, None),
    A.GUIDE: (later("Let it be sent"), later("instructions and label leave by e-mail"), None),
    A.POST: (later("It has been posted"), None, None),
    A.RECEIVE: (later("Receive"), later("the parcel is here"), None),
    A.ASK_PAPERS: (later("Ask for papers"), later("the count of days stands still"), later("What is missing?")),
    A.PAPERS_ARRIVED: (later("The papers are here"), later("the count of days goes on"), None),
    A.TAKE_IN_CHARGE: (later("Take in charge"), later("the count of days begins"), None),
    A.START_DIAGNOSIS: (later("Start the diagnosis"), None, None),
    A.ASK_DECISION: (later("Ask for a decision"), later("a manager decides"), None),
    A.DECIDE: (later("Decide"), None, later("Why? The customer reads it.")),
    A.SEND_QUOTE: (later("Send the quote"), later("for what is not covered"), None),
    A.ACCEPT_QUOTE: (later("Quote accepted"), None, None),
    A.REFUSE_QUOTE: (later("Quote refused"), None, None),
    A.EXPIRE_QUOTE: (later("Quote expired"), None, None),
    A.WITHDRAW_QUOTE: (later("Quote withdrawn"), None, None),
    A.EXPIRE_PAPERS: (later("Papers did not come"), None, None),
    A.OVERRULE: (later("Overrule the verdict"), None, later("Why? The customer reads it.")),
    A.GRANT_GOODWILL: (later("Do it free as a courtesy"), None, later("Why?")),
    A.OFFER_REPLACEMENT: (later("Offer a replacement"), later("the customer chooses"), later("Why is it replaced?")),
    A.CHOOSE_REPLACEMENT: (later("Replacement chosen"), None, None),
    A.REFUSE_REPLACEMENT: (later("Replacement refused"), None, later("What would be right?")),
    A.WITHDRAW_REPLACEMENT: (later("Take the offer back"), None, later("Why is it taken back?")),
    A.COMPLAIN: (later("Complain"), None, later("What went wrong?")),
    A.ANSWER_COMPLAINT: (later("Answer the complaint"), None, later("The answer")),
    A.OBJECT_CONTENTS: (later("Something is missing or different"), None, later("What is missing or different?")),
    A.ANSWER_CONTENTS: (later("Answer about the contents"), None, later("The answer")),
    A.FLAG_SAFETY: (later("Flag for safety"), None, later("What happened?")),
    A.END_SAFETY: (later("End the safety flag"), None, later("What was done?")),
    A.WAIT_PART: (later("Wait for a part"), None, later("Which part, and when does it come?")),
    A.PART_ARRIVED: (later("The part is here"), None, None),
    A.START_REPAIR: (later("Start the repair"), None, None),
    A.REPLACE: (later("Replace"), later("the same item or an equivalent one"), later("Why is it replaced, and by what?")),
    A.RETURN_ITEM: (later("Return as it is"), None, later("Why is it returned unrepaired?")),
    A.TAKE_UP_AGAIN: (later("Take it up again"), later("back to the diagnosis"), later("What changed?")),
    A.FINISH: (later("Repair done"), later("on to the final checks"), None),
    A.PASS_QUALITY: (later("Checks passed"), later("ready to leave"), None),
    A.FAIL_QUALITY: (later("Checks failed"), later("back to the bench"), later("What failed?")),
    A.CLOSE_UP: (later("Closed up"), later("ready to leave"), None),
    A.WAIVE: (later("Sign for a check"), None, later("Why may it leave all the same?")),
    A.TAKE_WAIVER_BACK: (later("Take the signature back"), None, None),
    A.SHIP: (later("Ship"), None, None),
    A.HAND_OVER: (later("Hand over at the counter"), None, later("Who takes it? Name and surname")),
    A.DELIVER: (later("It was delivered"), None, later("Who took it? Name and surname")),
    A.CLOSE: (later("Close the ticket"), None, None),
    A.CANCEL: (later("Cancel the request"), None, None),
    A.CHANGE_ADDRESS: (later("Change the return address"), None, None),
    A.OPEN_FORCE_MAJEURE: (later("Force majeure"), later("the count of days stands still"), later("What happened?")),
    A.END_FORCE_MAJEURE: (later("End the force majeure"), later("the count of days goes on"), None),
    A.UNDO: (later("Undo the last step"), later("letters not yet sent are taken back"), later("What went wrong?")),
}  # fmt: skip

# Customers and shops press these; the promise to pay must be plain on the button (domain B.3).
_ASKERS: dict[Action, tuple[Later, Later | None, Later | None]] = {
    A.POST: (later("I have sent the parcel"), None, None),
    A.PAPERS_ARRIVED: (later("Send the document"), None, None),
    A.ACCEPT_QUOTE: (later("I accept, with the obligation to pay"), None, None),
    A.REFUSE_QUOTE: (later("I refuse: return it unrepaired"), later("there is nothing to pay"), None),
    A.CHOOSE_REPLACEMENT: (later("I choose this one"), None, None),
    A.REFUSE_REPLACEMENT: (later("None of these"), None, later("What would be right?")),
    A.DELIVER: (later("It has arrived"), None, None),
}


def action(taken: Action, *, reader: Reader) -> ActionWords:
    """The words of a button."""
    row = _ACTIONS[taken] if reader == "lab" else _ASKERS.get(taken, _ACTIONS[taken])
    return ActionWords(*("" if words is None else str(words) for words in row))


# What happened, and a small sentence below it: the same for all but for the address.
_HAPPENED: dict[Action, tuple[Later, Voiced | None]] = {
    A.ASK: (later("Request received"), same(later("A person reads it first: it may be dangerous to send."))),
    A.ANNOUNCE: (later("Request received"), same(later("This date counts for the guarantee."))),
    A.HAND_IN: (later("Handed in at the counter"), same(later("This date counts for the guarantee."))),
    A.ARRIVE_UNANNOUNCED: (later("Arrived unannounced"), None),
    A.GUIDE: (later("Instructions sent"), None),
    A.POST: (later("Sent to the lab"), None),
    A.RECEIVE: (later("Arrived at the lab"), None),
    A.ASK_PAPERS: (later("A document was asked for"), same(later("The count of days stands still."))),
    A.PAPERS_ARRIVED: (later("The papers have arrived"), same(later("The count of days goes on."))),
    A.TAKE_IN_CHARGE: (later("Taken in charge"), same(later("The working days count from the day after."))),
    A.START_DIAGNOSIS: (later("Diagnosis begun"), None),
    A.ASK_DECISION: (
        later("Under review"),
        same(later("The terms leave it open whether the guarantee covers it: a person decides.")),
    ),
    A.DECIDE: (later("Guarantee decided"), None),
    A.SEND_QUOTE: (
        later("Quote sent"), same(later("Until the answer the count of days stands still.")),
    ),
    A.ACCEPT_QUOTE: (later("Quote accepted"), None),
    A.REFUSE_QUOTE: (later("Quote refused"), same(later("There is nothing to pay."))),
    A.EXPIRE_QUOTE: (later("Quote expired without an answer"), same(later("There is nothing to pay."))),
    A.WITHDRAW_QUOTE: (later("Quote withdrawn"), same(later("It needs no answer any more."))),
    A.EXPIRE_PAPERS: (later("The papers did not come in time"), same(later("Without a proof of purchase the repair is paid for; a proof that comes later opens it again."))),
    A.OVERRULE: (later("Guarantee decided"), None),
    A.GRANT_GOODWILL: (later("Done free as a courtesy"), None),
    A.OFFER_REPLACEMENT: (later("A replacement was offered"), same(later("Until the answer the count of days stands still."))),
    A.CHOOSE_REPLACEMENT: (later("Replacement chosen"), None),
    A.REFUSE_REPLACEMENT: (later("Replacement refused"), same(later("A person looks for another way."))),
    A.WITHDRAW_REPLACEMENT: (later("The offer was taken back"), None),
    A.COMPLAIN: (later("Complaint received"), same(later("It is answered within three working days."))),
    A.ANSWER_COMPLAINT: (later("Complaint answered"), None),
    A.OBJECT_CONTENTS: (later("The sender says: something is missing or different"), same(later("A person at the lab looks at the photographs and answers; the work goes on."))),
    A.ANSWER_CONTENTS: (later("The question about the contents was answered"), None),
    A.FLAG_SAFETY: (later("Flagged for safety"), same(later("It is kept apart until a person has looked at it."))),
    A.END_SAFETY: (later("The safety flag ended"), None),
    A.WAIT_PART: (later("A part was ordered"), None),
    A.PART_ARRIVED: (later("The part has arrived"), None),
    A.START_REPAIR: (later("Repair begun"), None),
    A.REPLACE: (later("Replacement chosen"), None),
    A.RETURN_ITEM: (later("It is returned unrepaired"), None),
    A.TAKE_UP_AGAIN: (later("Taken up again"), same(later("Something changed: it is looked at once more."))),
    A.FINISH: (later("Repair done, final checks begun"), None),
    A.PASS_QUALITY: (later("Final checks passed"), None),
    A.FAIL_QUALITY: (later("Final checks failed, back to the bench"), None),
    A.CLOSE_UP: (later("Closed up for its return"), None),
    A.WAIVE: (later("A manager signed for a check"), None),
    A.TAKE_WAIVER_BACK: (later("A signature was taken back"), None),
    A.SHIP: (later("Sent back"), None),
    A.HAND_OVER: (later("Handed over at the counter"), None),
    A.DELIVER: (later("Delivered"), None),
    A.CLOSE: (later("Ticket closed"), None),
    A.CANCEL: (later("Request cancelled"), None),
    A.CHANGE_ADDRESS: (later("Return address changed"), None),
    A.OPEN_FORCE_MAJEURE: (later("The work stands still: force majeure"), same(later("The count of days stands still."))),
    A.END_FORCE_MAJEURE: (later("The work goes on"), same(later("The count of days goes on."))),
    A.UNDO: (later("Last step undone"), None),
}  # fmt: skip
_ARRIVED_AND_TAKEN = later("Arrived and taken in charge")


@dataclass(frozen=True)
class Entry:
    """A line of a history, as the macro `timeline` takes it."""

    headline: str
    at: datetime
    who: str = ""
    note: str = ""
    open: bool = False


def happening(past: Happening, *, reader: Reader, open: bool = False) -> Entry:
    """What happened. Names and notes stay in the lab: others read a sentence of the house's own."""
    headline, small = _HAPPENED[past.action]
    if reader == "lab":
        return Entry(str(headline), past.at, past.actor_name, past.note, open)
    return Entry(str(headline), past.at, note=small.to(reader) if small else "", open=open)


def timeline(history: Sequence[Happening], *, reader: Reader) -> list[Entry]:
    """The whole history, the newest first. Outside the lab a step that was undone never was."""
    shown = history if reader == "lab" else list(_standing(history))
    entries: list[Entry] = []
    for number, past in enumerate(shown):
        if entries and reader != "lab" and _one_arrival(shown[number - 1], past):
            entries[-1] = Entry(str(_ARRIVED_AND_TAKEN), entries[-1].at, note=entries[-1].note, open=entries[-1].open)
            continue
        entries.append(happening(past, reader=reader, open=number == 0 and not _over(past)))
    return entries


def _standing(history: Iterable[Happening]) -> Iterable[Happening]:
    """Without the undone steps: an undo takes back the latest step before it that stands and may be taken back."""
    undone = 0
    for past in history:
        if past.action is A.UNDO:
            undone += 1
        elif undone and past.action in TAKEN_BACK:
            undone -= 1
        else:
            yield past


def _one_arrival(taken: Happening, received: Happening) -> bool:
    """Received and taken in charge on one day is one thing to people outside."""
    pair = (taken.action, received.action) == (A.TAKE_IN_CHARGE, A.RECEIVE)
    return pair and civil_day(taken.at) == civil_day(received.at)


def _over(past: Happening) -> bool:
    return past.action in {A.CLOSE, A.CANCEL, A.DELIVER, A.HAND_OVER}
