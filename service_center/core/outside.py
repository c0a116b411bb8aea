"""Everything outside the process, as small Protocols; the fake ships with the real one."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol


class Clock(Protocol):
    """Tells the instant, aware, in UTC."""

    def __call__(self) -> datetime: ...


class Storage(Protocol):
    """Files by key. `put` returns only when the bytes would survive a power cut."""

    def put(self, key: str, content: bytes) -> None: ...

    def get(self, key: str) -> bytes: ...

    def delete(self, key: str) -> None: ...


@dataclass(frozen=True)
class Attachment:
    """A file in a letter: its name for people, its media type, its bytes."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True)
class Letter:
    """One e-mail to one recipient, composed. `reference` is opaque: no personal data."""

    recipient: str
    recipient_name: str
    sender: str
    sender_name: str
    reply_to: str
    subject: str
    text: str
    html: str
    language: str
    reference: str
    attachments: tuple[Attachment, ...] = field(default=())


class Sender(Protocol):
    """Hands a letter to a provider; returns the provider's id. Raises `NotSent` subclasses (outbox.senders)."""

    def send(self, letter: Letter) -> str: ...
