"""No sentence of the house says that somebody has no rights; every denial carries the notice that rights remain."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

HOME = Path(__file__).parents[2]
WRONG = re.compile(
    r"(?:have|has|with) no (?:legal )?rights?\b|no longer (?:have|has) (?:any )?rights?|without (?:any )?rights?\b|rights? (?:is|are) (?:lost|excluded|void)"
    r"|non (?:hai|ha|avete|hanno|si ha) (?:più )?(?:alcun |nessun )?(?:diritt[oi]|garanzia legale)|nessun diritto|perd[ei] (?:ogni|il|i) diritt[oi]|senza (?:alcun )?diritto",
    re.IGNORECASE,
)
SAID = [
    *sorted((HOME / "templates").rglob("*.html")),
    *sorted((HOME / "templates").rglob("*.txt")),
    *sorted((HOME / "service_center/translations").rglob("*.po")),
    *sorted((HOME / "service_center/warranty/terms").glob("*.toml")),
    *sorted((HOME / "service_center").rglob("wording*.py")),
    *sorted((HOME / "service_center").glob("*/wording/*.py")),
]


def test_the_pattern_knows_what_it_looks_for() -> None:
    assert WRONG.search("You have no rights.")
    assert WRONG.search("Non hai più alcun diritto.")
    assert not WRONG.search("Your rights against the seller remain.")


@pytest.mark.parametrize("path", SAID, ids=lambda path: str(path.relative_to(HOME)))
def test_nobody_is_told_to_have_no_rights(path: Path) -> None:
    assert WRONG.findall(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("letter", ["decision", "quote", "quote_refused", "ready", "papers_expired"])
@pytest.mark.parametrize("part", ["body.html", "body.txt"])
def test_every_refusing_letter_carries_both_terms_and_the_rights(letter: str, part: str) -> None:
    assert "rights_of(terms, rights)" in (HOME / "templates/emails" / letter / part).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "page", ["status/owner", "status/ticket", "status/quote", "retailers/ticket", "retailers/quote"]
)
def test_every_page_with_a_verdict_carries_the_rights(page: str) -> None:
    assert "{{ rights }}" in (HOME / f"templates/{page}.html").read_text(encoding="utf-8")
