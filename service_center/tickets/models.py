"""The tables of the heart: request, customer, item, ticket, finding, verdict, event, wait, and what the bench records."""

from __future__ import annotations

import enum
from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, Boolean, ForeignKey, Index, Integer, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from service_center.catalogue.models import Model
from service_center.core.tables import Base, words_of
from service_center.proofs.models import ProofOfPurchase
from service_center.tickets.lifecycle import Action, Status, WaitKind, Whom
from service_center.tickets.outcomes import FREE, outdated


class Channel(enum.Enum):
    """How somebody asked."""

    WEB = "web"
    RETAILER = "retailer"
    COUNTER = "counter"
    PHONE = "phone"
    EMAIL = "email"
    WHATSAPP = "whatsapp"
    ARRIVAL = "arrival"


class Customer(Base):
    """The person whose item it is. In a row of its own, so that erasing the person leaves the item's history."""

    __tablename__ = "customers"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    email: Mapped[str] = mapped_column(String(254), default="", index=True)
    phone: Mapped[str] = mapped_column(String(20), default="", index=True)
    language: Mapped[str] = mapped_column(String(2), default="it")
    created_at: Mapped[datetime]


class Request(Base):
    """Somebody asked, once, for one or several items. `requested_at` is frozen: it decides the guarantee (R03, R08)."""

    __tablename__ = "requests"

    id: Mapped[int] = mapped_column(primary_key=True)
    requested_at: Mapped[datetime]
    evidence: Mapped[str] = mapped_column(String(32))
    channel: Mapped[Channel] = mapped_column(words_of(Channel))
    carrier_accepted_on: Mapped[date | None]
    entered_at: Mapped[datetime]
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))


class Item(Base):
    """The physical thing, over all its visits. Without a serial it is known by model, proof and photographs."""

    __tablename__ = "items"

    id: Mapped[int] = mapped_column(primary_key=True)
    family: Mapped[str] = mapped_column(String(32))
    model_id: Mapped[int | None] = mapped_column(ForeignKey("models.id"))
    model_text: Mapped[str] = mapped_column(String(120), default="")
    serial: Mapped[str] = mapped_column(String(60), default="", index=True)
    water_mark: Mapped[bool | None] = mapped_column(Boolean)
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("items.id"), index=True)
    created_at: Mapped[datetime]
    model: Mapped[Model | None] = relationship(lazy="raise")


class Ticket(Base):
    """One item's visit. Status changes in `open()` and `advance()` alone; the version tells two who press at once."""

    __tablename__ = "tickets"
    __table_args__ = (
        Index("ix_tickets_board", "status", "due_on", "safety", "urgent"),
        Index("ix_tickets_shop_id_status", "shop_id", "status"),
        Index("ix_tickets_received_at", "received_at"),
        Index("ix_tickets_finished_at", "finished_at"),
        Index("ix_tickets_claimed_by_id", "claimed_by_id"),
        Index("ix_tickets_safety", "safety", sqlite_where=text("safety = 1"), postgresql_where=text("safety")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(12), unique=True)
    number: Mapped[int] = mapped_column(BigInteger, unique=True)
    version: Mapped[int] = mapped_column(Integer)
    status: Mapped[Status] = mapped_column(words_of(Status))
    request_id: Mapped[int] = mapped_column(ForeignKey("requests.id"), index=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("items.id"), index=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id"), index=True)
    proof_id: Mapped[int | None] = mapped_column(ForeignKey("proofs.id"), index=True)
    proof_line_id: Mapped[int | None] = mapped_column(ForeignKey("proof_lines.id"), index=True)
    repeats_id: Mapped[int | None] = mapped_column(ForeignKey("tickets.id"), index=True)
    compared_at: Mapped[datetime | None]  # when it was settled whether the thing was here before
    retailer_id: Mapped[int | None] = mapped_column(ForeignKey("retailers.id"), index=True)
    shop_id: Mapped[int | None] = mapped_column(ForeignKey("shops.id"))
    shop_reference: Mapped[str] = mapped_column(String(60), default="")
    pin_hash: Mapped[str | None] = mapped_column(String(64))
    language: Mapped[str] = mapped_column(String(2), default="it")

    symptoms: Mapped[list[Any]]
    words: Mapped[str] = mapped_column(Text, default="")
    tampering: Mapped[str] = mapped_column(String(32), default="none")
    second_hand: Mapped[bool] = mapped_column(default=False)
    safety: Mapped[bool] = mapped_column(default=False)
    accessories: Mapped[list[Any]]
    condition: Mapped[dict[str, Any]]

    requested_at: Mapped[datetime]
    received_at: Mapped[datetime | None]
    day_zero: Mapped[date | None]
    due_on: Mapped[date | None]
    finished_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    claimed_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    repaired_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    tested_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    location: Mapped[str] = mapped_column(String(40), default="")
    urgent: Mapped[bool] = mapped_column(default=False)
    contents_until: Mapped[date | None]  # the last day on which the sender may object to what was unpacked
    quote_answer: Mapped[str | None] = mapped_column(String(16))
    papers_expired_on: Mapped[date | None]  # R11: the deadline passed without the papers
    remedy_choice: Mapped[dict[str, Any]] = mapped_column(
        default=dict
    )  # what the consumer chose before the remedy (B.2)

    # the headline of the latest verdict, for lists; the whole stands in `verdicts`
    verdict: Mapped[str] = mapped_column(String(32))
    reason: Mapped[str | None] = mapped_column(String(32))
    last_covered_day: Mapped[date | None]

    # where it goes back to
    return_name: Mapped[str] = mapped_column(String(120), default="")
    return_street: Mapped[str] = mapped_column(String(200), default="")
    return_postal_code: Mapped[str] = mapped_column(String(12), default="")
    return_city: Mapped[str] = mapped_column(String(80), default="")
    return_province: Mapped[str] = mapped_column(String(2), default="")
    return_country: Mapped[str] = mapped_column(String(2), default="IT")
    return_phone: Mapped[str] = mapped_column(String(20), default="")

    request: Mapped[Request] = relationship(lazy="raise")
    item: Mapped[Item] = relationship(lazy="raise")
    customer: Mapped[Customer] = relationship(lazy="raise")
    proof: Mapped[ProofOfPurchase | None] = relationship(lazy="raise")
    findings: Mapped[list[Finding]] = relationship(order_by="Finding.id", lazy="raise", back_populates="ticket")
    waits: Mapped[list[Wait]] = relationship(order_by="Wait.id", lazy="raise", back_populates="ticket")

    # A service raises the version itself, also where only a finding changed; the UPDATE then names the old one.
    __mapper_args__ = {"version_id_col": version, "version_id_generator": False}


class Finding(Base):
    """Symptom → component → cause → action, with its part of the latest verdict and, where one was needed, a person's decision."""

    __tablename__ = "findings"

    id: Mapped[int] = mapped_column(primary_key=True)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("tickets.id"), index=True)
    symptom: Mapped[str] = mapped_column(String(8))
    component: Mapped[str] = mapped_column(String(32))
    cause: Mapped[str] = mapped_column(String(32))
    action: Mapped[str] = mapped_column(String(8), default="")
    note: Mapped[str] = mapped_column(Text, default="")
    verdict: Mapped[str] = mapped_column(String(32), default="")
    record: Mapped[dict[str, Any]]
    decision: Mapped[str | None] = mapped_column(String(32))
    decision_reason: Mapped[str] = mapped_column(Text, default="")
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    decided_at: Mapped[datetime | None]
    found_at: Mapped[datetime]
    found_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    ticket: Mapped[Ticket] = relationship(lazy="raise", back_populates="findings")

    @property
    def outcome(self) -> str:
        """The verdict that counts: the person's decision where there is one, else the rules'."""
        return self.decision or self.verdict

    @property
    def free(self) -> bool:
        """Nothing to pay for it: covered, or done as a courtesy."""
        return self.outcome in FREE

    @property
    def undecided(self) -> bool:
        """A person has to decide: the terms leave it open, or it was decided on other facts."""
        return self.outcome == "AMBIGUOUS" or outdated(self.record) is not None


class Verdict(Base):
    """A verdict as it was made — rules, dates, terms version, author — never changed, only followed by another."""

    __tablename__ = "verdicts"

    id: Mapped[int] = mapped_column(primary_key=True)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("tickets.id"), index=True)
    made_at: Mapped[datetime]
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    made_by: Mapped[str] = mapped_column(String(120))
    occasion: Mapped[str] = mapped_column(String(32))
    claim: Mapped[dict[str, Any]]
    record: Mapped[dict[str, Any]]


class Goodwill(Base):
    """Done free as a courtesy: its cost, reason and approver. The rules' verdict stays what it is, so that figures stay honest.

    Without a finding it holds for the whole ticket. `season` is a half-year such as 2026-2; `shop_id` is whose allowance it is taken from, or None for the house's own.
    """

    __tablename__ = "goodwill"

    id: Mapped[int] = mapped_column(primary_key=True)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("tickets.id"), index=True)
    finding_id: Mapped[int | None] = mapped_column(ForeignKey("findings.id"))
    shop_id: Mapped[int | None] = mapped_column(ForeignKey("shops.id"), index=True)
    season: Mapped[str] = mapped_column(String(8), index=True)
    cost_cents: Mapped[int]
    reason: Mapped[str] = mapped_column(Text)
    over_budget: Mapped[str] = mapped_column(Text, default="")  # why it was granted although the budget was spent
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    approved_at: Mapped[datetime]
    taken_back_at: Mapped[datetime | None]


class GoodwillBudget(Base):
    """What may be spent on courtesy in a season, by a shop or (without a shop) by the house; in cents."""

    __tablename__ = "goodwill_budgets"
    # No database takes two empty shops for the same: the house's own row is kept single by an index of its own.
    __table_args__ = (
        UniqueConstraint("shop_id", "season"),
        Index("uq_goodwill_budgets_house", "season", unique=True, sqlite_where=text("shop_id IS NULL"), postgresql_where=text("shop_id IS NULL")),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    shop_id: Mapped[int | None] = mapped_column(ForeignKey("shops.id"))
    season: Mapped[str] = mapped_column(String(8))
    limit_cents: Mapped[int]


class SafetyReport(Base):
    """An item that may hurt somebody — swelling, heat, burns, a skin reaction — from the flag to its end."""

    __tablename__ = "safety_reports"

    id: Mapped[int] = mapped_column(primary_key=True)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("tickets.id"), index=True)
    hazard: Mapped[str] = mapped_column(String(32))
    words: Mapped[str] = mapped_column(Text, default="")
    injury: Mapped[bool] = mapped_column(default=False)
    lot: Mapped[str] = mapped_column(String(60), default="")
    flagged_at: Mapped[datetime]
    flagged_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    flagged_by: Mapped[str] = mapped_column(String(120))
    alerted: Mapped[str] = mapped_column(String(254), default="")
    isolated_at: Mapped[datetime | None]
    isolated_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    place: Mapped[str] = mapped_column(String(40), default="")
    ended_at: Mapped[datetime | None]
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    ending: Mapped[str] = mapped_column(String(32), default="")
    outcome: Mapped[str] = mapped_column(Text, default="")


class Event(Base):
    """What happened, append-only and chained per ticket; its words stand beside it."""

    __tablename__ = "events"
    __table_args__ = (UniqueConstraint("ticket_id", "seq"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("tickets.id"))
    seq: Mapped[int]
    at: Mapped[datetime]
    actor_kind: Mapped[str] = mapped_column(String(32))
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    action: Mapped[Action] = mapped_column(words_of(Action))
    source: Mapped[Status | None] = mapped_column(words_of(Status))
    target: Mapped[Status] = mapped_column(words_of(Status))
    text_digest: Mapped[str] = mapped_column(String(64), default="")
    previous: Mapped[str] = mapped_column(String(64))
    digest: Mapped[str] = mapped_column(String(64))


class EventText(Base):
    """The words of an event with their salt: erasure may remove the row, and the chain still verifies."""

    __tablename__ = "event_texts"

    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"), primary_key=True)
    salt: Mapped[str] = mapped_column(String(32))
    text: Mapped[str] = mapped_column(Text)


class Wait(Base):
    """Whose answer is missing, from when to when; `detail` says what exactly is asked."""

    __tablename__ = "waits"
    __table_args__ = (
        Index("ix_waits_ticket_id_closed_at", "ticket_id", "closed_at"),
        Index("ix_waits_open", "ticket_id", "kind", sqlite_where=text("closed_at IS NULL"), postgresql_where=text("closed_at IS NULL")),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("tickets.id"))
    kind: Mapped[WaitKind] = mapped_column(words_of(WaitKind))
    on_whom: Mapped[Whom] = mapped_column(words_of(Whom))
    opened_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    opened_by_event_id: Mapped[int] = mapped_column(ForeignKey("events.id"))
    closed_by_event_id: Mapped[int | None] = mapped_column(ForeignKey("events.id"))
    detail: Mapped[dict[str, Any]]
    ticket: Mapped[Ticket] = relationship(lazy="raise", back_populates="waits")


class Note(Base):
    """Words between colleagues; never shown outside the lab."""

    __tablename__ = "notes"

    id: Mapped[int] = mapped_column(primary_key=True)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("tickets.id"), index=True)
    text: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    author: Mapped[str] = mapped_column(String(120))


class Photo(Base):
    """A photograph: `stage` is asked, reception, bench, test or complaint; `subject` says what it shows."""

    __tablename__ = "photos"

    id: Mapped[int] = mapped_column(primary_key=True)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("tickets.id"), index=True)
    stage: Mapped[str] = mapped_column(String(16))
    subject: Mapped[str] = mapped_column(String(32))
    storage_key: Mapped[str] = mapped_column(String(120))
    thumb_key: Mapped[str] = mapped_column(String(120))
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    width: Mapped[int]
    height: Mapped[int]
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))


class Measurement(Base):
    """A reading with the limits that held when it was taken; `phase` is before or after."""

    __tablename__ = "measurements"

    id: Mapped[int] = mapped_column(primary_key=True)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("tickets.id"), index=True)
    test: Mapped[str] = mapped_column(String(32))
    phase: Mapped[str] = mapped_column(String(8))
    value: Mapped[float]
    unit: Mapped[str] = mapped_column(String(16))
    low: Mapped[float | None]
    high: Mapped[float | None]
    passed: Mapped[bool]
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))


class PartUsed(Base):
    """A part that went in, and what became of the old one: returned, analysed or recycled (B.7). Money in cents."""

    __tablename__ = "parts_used"

    id: Mapped[int] = mapped_column(primary_key=True)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("tickets.id"), index=True)
    part_id: Mapped[int | None] = mapped_column(ForeignKey("parts.id"))
    code: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(120))
    quantity: Mapped[int] = mapped_column(default=1)
    old_part: Mapped[str] = mapped_column(String(16))
    price_cents: Mapped[int]
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))


class PartReserved(Base):
    """Parts of the stock that are promised to a ticket, until they are used or let go."""

    __tablename__ = "parts_reserved"

    id: Mapped[int] = mapped_column(primary_key=True)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("tickets.id"), index=True)
    part_id: Mapped[int] = mapped_column(ForeignKey("parts.id"), index=True)
    quantity: Mapped[int]
    granted: Mapped[int] = mapped_column(default=0)
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    ended_at: Mapped[datetime | None]
