"""Security budgets: how often something may be tried, counted in one table by one atomic statement (S13, S27)."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import BigInteger, String, delete
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import Mapped, Session, mapped_column

from service_center.core.tables import Base


class Budget(Base):
    """How often `name` was tried in a window of time; `window` is the second since 1970 at which it began."""

    __tablename__ = "budgets"

    name: Mapped[str] = mapped_column(String(120), primary_key=True)
    window: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    spent: Mapped[int]


def spend(session: Session, name: str, *, limit: int, per: timedelta, now: datetime) -> bool:
    """Reserve one attempt before making it; False when the budget of this window is used up.

    Counting and asking are one upsert, so parallel attempts cannot slip through (Zammad CVE-2022-35490).
    """
    window = int(now.timestamp() // per.total_seconds() * per.total_seconds())
    insert = postgresql_insert if session.get_bind().dialect.name == "postgresql" else sqlite_insert
    row = insert(Budget).values(name=name[:120], window=window, spent=1)
    counted = row.on_conflict_do_update(
        index_elements=["name", "window"], set_={"spent": Budget.spent + 1}
    ).returning(Budget.spent)  # fmt: skip
    return session.execute(counted).scalar_one() <= limit


def forget(session: Session, *, before: int) -> None:
    """Remove the windows that began before this second, long ago."""
    session.execute(delete(Budget).where(Budget.window < before))
