"""The code knows no brand: names, towns, families and parts stand in files, and only the demo plays one house."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from config import HOME
from service_center.core.brand import SETTINGS

CODE = HOME / "service_center"
NAMES = re.compile(r"OPS!|OPSPW|\bops!?objects\b|Marcianise|Diffusione Orologi|Il Tar[iì]\b", re.IGNORECASE)
FAMILIES = re.compile(r"""["'](watch|smartwatch|jewel)["']""")
SPARED = ("demo/", "core/goods_file.py")
"""The demo plays one house; the names of our drawings are no families."""


def sources() -> Iterator[Path]:
    for path in sorted(CODE.rglob("*.py")):
        if not path.relative_to(CODE).as_posix().startswith(SPARED):
            yield path
    yield from sorted((HOME / "templates").rglob("*.html"))
    yield from sorted((HOME / "templates").rglob("*.txt"))


@pytest.mark.parametrize("pattern", [NAMES, FAMILIES], ids=["names", "families"])
def test_nothing_of_a_brand_is_written_in_code(pattern: re.Pattern[str]) -> None:
    found = [
        f"{path.relative_to(HOME)}:{number}: {line.strip()[:90]}"
        for path in sources()
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if pattern.search(line) and not line.lstrip().startswith("{#-")
    ]
    assert found == []


def test_every_figure_that_the_code_asks_for_is_one_that_every_house_gives() -> None:

    asked = {name for path in CODE.rglob("*.py") for name in re.findall(r'\.setting\(\s*"([a-z_]+)"', path.read_text())}
    assert asked - SETTINGS == set()
