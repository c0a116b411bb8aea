"""Where an item is, in words: the status, what is waited for, what comes next and what is asked of the reader."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from service_center.core.i18n import Later, day, later
from service_center.tickets.lifecycle import Status, WaitKind, Whom
from service_center.tickets.wording.needs import need, only_words
from service_center.tickets.wording.voices import Reader, Voiced, same

S, W = Status, WaitKind


@dataclass(frozen=True)
class Badge:
    """A word, its tint and its icon; never one without the others."""

    word: str
    tone: str
    icon: str


class Waiting(Protocol):
    """A wait as a row or as a span has it."""

    @property
    def kind(self) -> WaitKind: ...
    @property
    def on_whom(self) -> Whom: ...
    @property
    def closed_at(self) -> datetime | None: ...


def still_open(waits: Iterable[Waiting]) -> list[tuple[WaitKind, Whom]]:
    """The open ones, as `status` takes them."""
    return [(wait.kind, wait.on_whom) for wait in waits if wait.closed_at is None]


_STATUSES: dict[Status, tuple[Later, str, str]] = {
    S.REQUESTED: (later("Request received"), "rest", "doc"),
    S.TO_SEND: (later("Ready for you to send"), "rest", "mail"),
    S.IN_TRANSIT_IN: (later("On its way to us"), "rest", "truck"),
    S.RECEIVED: (later("Arrived"), "rest", "parcel"),
    S.TAKEN_IN_CHARGE: (later("Arrived"), "rest", "parcel"),
    S.DIAGNOSING: (later("Being examined"), "work", "search"),
    S.REPAIRING: (later("In repair"), "work", "wrench"),
    S.REPLACING: (later("Replacement"), "work", "swap"),
    S.RETURNING: (later("Being returned unrepaired"), "rest", "back"),
    S.TESTING: (later("Final checks"), "work", "gauge"),
    S.READY: (later("Ready"), "ok", "check"),
    S.SHIPPED_OUT: (later("Sent"), "ok", "truck"),
    S.DELIVERED: (later("Delivered"), "ok", "ok"),
    S.CLOSED: (later("Closed"), "rest", "ok"),
    S.CANCELLED: (later("Cancelled"), "rest", "x"),
}

# What the lab tells apart and customers need not.
_AT_THE_LAB: dict[Status, Later] = {
    S.TO_SEND: later("Announced"),
    S.IN_TRANSIT_IN: later("Coming in"),
    S.RECEIVED: later("Received"),
    S.TAKEN_IN_CHARGE: later("Taken in charge"),
}

# For whoever has to act, for everybody else, tone, icon.
_WAITS: dict[WaitKind, tuple[Later, Later, str, str]] = {
    W.PAPERS: (later("We need a document"), later("Waiting for papers"), "wait", "doc"),
    W.CONSENT: (later("Your consent is needed"), later("Waiting for consent"), "wait", "pen"),
    W.REPLACEMENT: (later("Replacement to choose"), later("Waiting for the choice"), "wait", "swap"),
    W.QUOTE: (later("Quote awaiting your answer"), later("Waiting for the quote's answer"), "wait", "coin"),
    W.PAYMENT: (later("To be paid"), later("Waiting for payment"), "wait", "coin"),
    W.COLLECTION: (later("To be collected"), later("Waiting to be collected"), "wait", "shop"),
    W.OBJECTION: (later("You may object"), later("Waiting for objections"), "wait", "ask"),
    W.DECISION: (later("To be decided"), later("Under review"), "work", "ask"),
    W.PART: (later("Waiting for a part"), later("Waiting for a part"), "part", "part"),
    W.FORCE_MAJEURE: (later("On hold: force majeure"), later("On hold: force majeure"), "wait", "clock"),
    W.COMPLAINT: (later("Complaint to answer"), later("Complaint open"), "work", "msg"),
    W.CONTENTS: (later("Contents disputed: to answer"), later("Contents being checked"), "wait", "parcel"),
    W.COURIER: (later("With the courier"), later("With the courier"), "rest", "truck"),
}

# A parcel that travels has its status's own word; a complaint does not say where the item is and stands on its own.
_SILENT = frozenset({W.COURIER, W.COMPLAINT, W.CONTENTS})
_OWN: dict[Reader, Whom] = {"customer": Whom.CUSTOMER, "shop": Whom.SHOP, "lab": Whom.MANAGER}


def status(now: Status, waits: Iterable[tuple[WaitKind, Whom]], *, reader: Reader) -> Badge:
    """Where the item is: an open wait's word comes first, the reader's own before others, else the status's."""
    speaking = [wait for wait in waits if wait[0] not in _SILENT]
    if speaking:
        rank = list(_WAITS)
        kind, whom = min(speaking, key=lambda each: (each[1] is not _OWN.get(reader), rank.index(each[0])))
        return wait(kind, whom, reader=reader)
    word, tone, icon = _STATUSES[now]
    return Badge(str(_AT_THE_LAB.get(now, word) if reader == "lab" else word), tone, icon)


def wait(kind: WaitKind, whom: Whom, *, reader: Reader) -> Badge:
    """What is waited for; whoever has to act reads it differently."""
    own, others, tone, icon = _WAITS[kind]
    return Badge(str(own if whom is _OWN.get(reader) else others), tone, icon)


_NEXT: dict[Status, Voiced] = {
    S.REQUESTED: Voiced(
        later("Do not send the item yet: we contact you first."), later("The item is not to be sent yet.")
    ),
    S.TO_SEND: Voiced(
        later("Pack the item with a copy of the proof of purchase, stick the label on and send it to us."),
        later("The item is to be packed with a copy of the proof of purchase, labelled and sent."),
    ),
    S.IN_TRANSIT_IN: Voiced(
        later("When the parcel arrives we photograph what is in it and write to you."),
        later("When the parcel arrives its contents are photographed."),
    ),
    S.RECEIVED: same(later("Contents and papers are checked, then the item goes to the bench.")),
    S.TAKEN_IN_CHARGE: same(later("A technician is about to examine it.")),
    S.DIAGNOSING: Voiced(
        later("A technician looks for the fault; then you know whether the guarantee covers it."),
        later("A technician looks for the fault; then it is known whether the guarantee covers it."),
    ),
    S.REPAIRING: same(later("After the repair come the final checks.")),
    S.REPLACING: same(later("The replacement is prepared and checked.")),
    S.RETURNING: same(later("It is closed up again and comes back unrepaired.")),
    S.TESTING: same(later("If it passes every check it is packed.")),
    S.READY: same(later("It leaves with the next courier, or can be collected.")),
    S.SHIPPED_OUT: same(later("The courier delivers it against a signature.")),
    S.DELIVERED: Voiced(
        later("If something is not right, write to us: we look at it again."),
        later("If something is not right, a message is enough."),
    ),
    S.CLOSED: same(later("The repair is over; its papers stay here.")),
    S.CANCELLED: Voiced(
        later("Nothing more happens. You can ask for a repair again at any time."),
        later("Nothing more happens. A repair can be asked for again at any time."),
    ),
}


def what_next(now: Status, *, reader: Reader) -> str:
    """What happens from here, one or two sentences."""
    return _NEXT[now].to(reader)


@dataclass(frozen=True)
class Asked:
    """The one thing asked of the reader, as the macro `need` takes it; `action` is the word on its button."""

    headline: str
    words: str
    icon: str
    tone: str
    action: str = ""


# Headline, sentence, button.
_ASKED: dict[WaitKind, tuple[Later, Voiced, Later]] = {
    W.PAPERS: (
        later("We need a document"),
        Voiced(
            later("A photograph from the phone is enough. While we wait, the count of days stands still."),
            later("A photograph is enough. Meanwhile the count of days stands still."),
        ),
        later("Send the document"),
    ),
    W.QUOTE: (
        later("Answer the quote"),
        Voiced(
            later("Nothing is done, and nothing is to be paid, before you say yes."),
            later("Nothing is done, and nothing is to be paid, before the answer."),
        ),
        later("Look at the quote"),
    ),
    W.REPLACEMENT: (
        later("Choose the replacement"),
        Voiced(
            later("It cannot be repaired: tell us which item you want in its place."),
            later("It cannot be repaired: one of the items offered in its place is to be chosen."),
        ),
        later("Choose"),
    ),
    W.CONSENT: (
        later("Your consent is needed"),
        Voiced(
            later("The next step erases data or cannot be undone, so we ask you first."),
            later("The next step erases data or cannot be undone, so the owner is asked first."),
        ),
        later("Answer"),
    ),
    W.PAYMENT: (
        later("The payment is missing"),
        Voiced(
            later("As soon as it arrives your item leaves."), later("As soon as it arrives the item leaves.")
        ),
        later("Pay"),
    ),
    W.OBJECTION: (
        later("Do you agree?"),
        Voiced(
            later("If you see it differently, write to us: a person reads it before anything is closed."),
            later("Objections are read by a person before anything is closed."),
        ),
        later("Write to us"),
    ),
    W.COLLECTION: (
        later("It can be collected"),
        Voiced(
            later("Bring the ticket code, or the slip with the PIN."),
            later("The ticket code is needed, or the slip with the PIN."),
        ),
        later("Where and when"),
    ),
}  # fmt: skip


def asked(kind: WaitKind, *, reader: Reader, needs: Sequence[str] = (), until: date | None = None) -> Asked | None:
    """What an open wait asks of the customer or the shop; None for one that asks nothing of them.

    `needs` is the wait's detail: which papers are missing; `until` is the last day on which they are awaited.
    """
    row = _ASKED.get(kind)
    if row is None:
        return None
    told = kind is W.PAPERS and only_words(needs)
    headline, words, action = _TOLD if told else row
    sentences = [need(each, reader=reader) for each in needs] if kind is W.PAPERS else []
    if until is not None:
        sentences.append((_TOLD_BY if told else _AWAITED).to(reader) % {"day": day(until)})
    return Asked(str(headline), " ".join([*sentences, words.to(reader)]), _WAITS[kind][3], "wait", str(action))


_AWAITED = Voiced(
    later("Send it by %(day)s: after that the repair is paid for, until the document comes."),
    later("It is awaited until %(day)s: after that the repair is paid for, until the document comes."),
)
# What is missing is a name, no paper.
_TOLD = (
    later("Who sold it?"),
    Voiced(
        later("A short message is enough. While we wait, the count of days stands still."),
        later("A short message is enough. Meanwhile the count of days stands still."),
    ),
    later("Write the name"),
)
_TOLD_BY = Voiced(
    later("Write it by %(day)s: after that the repair is paid for, until we know the seller."),
    later("It is awaited until %(day)s: after that the repair is paid for, until the seller is known."),
)
_NOTHING = Voiced(later("Nothing is needed from you"), later("Nothing is needed from the shop"))
_WE_WRITE = Voiced(later("If anything changes we write to you."), later("If anything changes there will be a message."))


_SEND_IT = Voiced(later("Your turn: send the parcel"), later("The parcel is to be sent"))
_LABEL = Voiced(
    later("The label with our address is on your own page."), later("The label with the lab's address is here.")
)
_OVER = frozenset({S.DELIVERED, S.CLOSED, S.CANCELLED})


def nothing_asked(now: Status, *, reader: Reader) -> Asked:
    """No wait asks anything: only a parcel may be the reader's to send."""
    if now is S.TO_SEND:
        return Asked(_SEND_IT.to(reader), _LABEL.to(reader), "mail", "wait", str(later("Open the label")))
    return Asked(_NOTHING.to(reader), "" if now in _OVER else _WE_WRITE.to(reader), "ok", "ok")
