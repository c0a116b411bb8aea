"""Forms that were done: a form carries a number of its own, and the same form sent twice is done once (G7)."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import String, delete, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column

from service_center.core.tables import Base

LONGEST_PATH, LONGEST_LOCATION = 200, 400


class PostDone(Base):
    """A form that was done: who sent it, its path and what it held (digests), and where the answer led; empty: to the same path.

    An address may hold the secret of a link, of which only digests are kept.
    """

    __tablename__ = "posts_done"

    nonce: Mapped[str] = mapped_column(String(64), primary_key=True)
    sender: Mapped[str] = mapped_column(String(64), primary_key=True)
    path: Mapped[str] = mapped_column(String(LONGEST_PATH))
    digest: Mapped[str] = mapped_column(String(64), default="")
    location: Mapped[str] = mapped_column(String(LONGEST_LOCATION), default="")
    at: Mapped[datetime] = mapped_column(index=True)


class Repeated(Exception):
    """The same form is done, or a twin of this request is doing it."""


@dataclass
class Sent:
    """The form of this request; `back` is the page that it stood on, `kept` says that its work is committed."""

    nonce: str
    sender: str
    path: str
    digest: str
    back: str
    at: datetime
    kept: bool = False

    def claim(self, session: Session) -> None:
        """Record the form in the transaction of its own work; raises Repeated where a twin was quicker."""
        row = insert(PostDone).values(
            nonce=self.nonce, sender=self.sender, path=_digest(self.path), digest=self.digest, location=self.kept_of(self.back), at=self.at,
        )  # fmt: skip
        try:
            session.execute(row)
        except IntegrityError as twin:
            raise Repeated from twin

    def is_same(self, done: PostDone) -> bool:
        """Whether that is what was done: the same words sent to the same place."""
        return (done.path, done.digest) == (_digest(self.path), self.digest)

    def kept_of(self, location: str) -> str:
        """What is kept of where the answer led."""
        return "" if location == self.path or len(location) > LONGEST_LOCATION else location


def _digest(path: str) -> str:
    return hashlib.sha256(path.encode("utf-8", "surrogatepass")).hexdigest()


def find(session: Session, sent: Sent) -> PostDone | None:
    """The record of this form, if it was done."""
    ours = (PostDone.nonce == sent.nonce, PostDone.sender == sent.sender)
    return session.scalars(select(PostDone).where(*ours).execution_options(populate_existing=True)).one_or_none()


def settle(session: Session, sent: Sent, location: str | None) -> None:
    """Where the answer led; None where it led nowhere, so that the form may be sent again."""
    ours = (PostDone.nonce == sent.nonce, PostDone.sender == sent.sender)
    if location is None:
        session.execute(delete(PostDone).where(*ours))
    else:
        session.execute(update(PostDone).where(*ours).values(location=sent.kept_of(location)))


def forget(session: Session, *, before: datetime) -> None:
    """Remove the forms that were done before this moment."""
    session.execute(delete(PostDone).where(PostDone.at < before))
