"""The chain: no event can be changed, removed, added or moved unseen."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from service_center.tickets.history import BEGINNING, Link, first_fault, link_digest, text_digest

START = datetime(2026, 11, 20, 9, tzinfo=UTC)


def chain(number: int) -> list[Link]:
    links: list[Link] = []
    for seq in range(1, number + 1):
        previous = links[-1].digest if links else BEGINNING
        at = START + timedelta(hours=seq)
        digest = link_digest("K7QM", seq, at, "technician:1", "finish", "repairing", "testing", "", previous)
        links.append(Link("K7QM", seq, at, "technician:1", "finish", "repairing", "testing", "", previous, digest))
    return links


def test_a_whole_chain_has_no_fault() -> None:
    assert first_fault(chain(5)) is None


@pytest.mark.parametrize(
    "change",
    [
        {"at": START}, {"actor": "manager:2"}, {"action": "receive"}, {"source": None}, {"target": "ready"},
        {"text_digest": text_digest("x", "y")}, {"previous": BEGINNING[:-1] + "1"}, {"digest": BEGINNING},
    ],
)  # fmt: skip
def test_any_change_is_seen(change: dict[str, object]) -> None:
    links = chain(5)
    links[2] = replace(links[2], **change)  # type: ignore[arg-type]
    fault = first_fault(links)
    assert fault is not None
    assert "3" in fault or "4" in fault


def test_a_removed_or_moved_event_is_seen() -> None:
    links = chain(4)
    assert first_fault(links[:1] + links[2:]) is not None
    assert first_fault([links[1], links[0], *links[2:]]) is not None
    assert first_fault(links[1:]) is not None


def test_words_are_kept_by_digest_so_that_erasing_them_leaves_the_chain_whole() -> None:
    assert text_digest("Adele", "a") != text_digest("Adele", "b")
