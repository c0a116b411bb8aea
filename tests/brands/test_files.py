"""What is wrong with the files of a house is named at the start: all of it, each with its file and place."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from service_center.app import create_app
from service_center.core import house_files
from service_center.core.brand import BRANDS, BrandFault
from tests.brands.conftest import HERE
from tests.conftest import settings_for

BRAND, GOODS, OLD, NEW = "calamaio.toml", "calamaio-goods.toml", "terms/calamaio-1.toml", "terms/calamaio-2.toml"

FAULTS: dict[str, tuple[str, str, str, str]] = {
    "a gap between versions": (OLD, "last = 2025-06-30", "last = 2025-06-29", "calamaio-1.toml and calamaio-2.toml: no terms are in force between 2025-06-29 and 2025-07-01"),
    "two versions on one day": (OLD, "last = 2025-06-30", "last = 2025-07-01", "calamaio-1.toml and calamaio-2.toml: calamaio-1 and calamaio-2 are in force on the same day, 2025-07-01"),
    "a first day after the last": (OLD, "last =", "first = 2025-07-02\nlast =", "calamaio-1.toml: first is after last"),
    "one id for two": (OLD, 'id = "calamaio-1"', 'id = "calamaio-2"', "calamaio-1.toml: id 'calamaio-2' is used by another version"),
    "an unknown cause": (NEW, '["wear", "ageing"]', '["wear", "envy"]', "calamaio-2.toml: causes[3].when.cause has an unknown value: 'envy'"),
    "an unknown component": (NEW, 'component = ["cap"]', 'component = ["crown"]', "calamaio-2.toml: rows[2].when.component has an unknown value: 'crown'"),
    "an unknown fact": (NEW, "when = { proof", "when = { mood", "calamaio-2.toml: rows[3].when.mood is unknown"),
    "an unknown verdict": (NEW, 'verdict = "PENDING_DOCS"', 'verdict = "PERHAPS"', "calamaio-2.toml: rows[3].verdict is no VerdictValue: 'PERHAPS'"),
    "a rule twice": (NEW, "[clauses.R02]", "[clauses.R01]", "calamaio-2.toml: Cannot declare ('clauses', 'R01') twice"),
    "a rule without a clause": (NEW, 'rules = ["R05"]', 'rules = ["R55"]', "calamaio-2.toml: rows[1].rules cites a rule without a clause: R55"),
    "a clause in one language": (NEW, 'en = "The receipt is needed."', "", "calamaio-2.toml: clauses.R03.en is missing"),
    "a title in one language": (NEW, 'it = "serve lo scontrino", ', "", "calamaio-2.toml: clauses.R03.title.it is missing"),
    "a clause in no section": (NEW, 'section = "proof"\n', "", "calamaio-2.toml: clauses.R03.section is missing"),
    "a family without words": (GOODS, "[families.handbag]", "[families.rucksack]", "calamaio-2: families.handbag has no words"),
    "a component without words": (GOODS, 'lining = { it = "Fodera"', 'linen = { it = "Fodera"', "calamaio-2: components.lining has no words"),
    "a word in one language": (GOODS, 'nib = { it = "Pennino", en = "Nib" }', 'nib = { it = "Pennino" }', "calamaio-goods.toml: components.nib.en is missing"),
    "a symptom of nothing": (GOODS, 'components = ["zip"]', 'components = ["button"]', "calamaio-goods.toml: symptoms.B1.components names something without words: 'button'"),
    "no drawing": (GOODS, 'icon = "pen"', 'icon = "whale"', "calamaio-goods.toml: families.fountain_pen.icon is no drawing of ours: 'whale'"),
    "no way to replace": (GOODS, 'outcome = "same"\n', "", "calamaio-goods.toml: work has none whose outcome is 'same'"),
    "a missing figure": (BRAND, "quote_valid_days = 20\n", "", "calamaio.toml: settings.quote_valid_days is missing"),
    "a word for a figure": (BRAND, "quote_valid_days = 20", 'quote_valid_days = "20"', "calamaio.toml: settings.quote_valid_days is not a whole number"),
    "an unknown entry": (BRAND, 'code = "calamaio"', 'code = "calamaio"\ncolour = "red"', "calamaio.toml: colour is unknown"),
    "a closure backwards": (BRAND, "first = 2026-08-03", "first = 2026-09-03", "calamaio.toml: closures[1] needs a first and a last day, in this order"),
    "a test without words": (BRAND, "[catalogue.tests.ink_flow]", "[catalogue.tests.ink_taste]", "calamaio.toml: catalogue.tests.ink_taste has no words in the goods file"),
    "a file that is not there": (BRAND, "terms/calamaio-2.toml", "terms/calamaio-3.toml", "calamaio-3.toml: [Errno 2] No such file"),
}  # fmt: skip


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """The house's files, to be spoilt."""
    for name in (BRAND, GOODS, OLD, NEW):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(HERE / name, tmp_path / name)
    return tmp_path


def spoil(house: Path, name: str, good: str, bad: str) -> None:
    text = (house / name).read_text()
    assert good in text
    (house / name).write_text(text.replace(good, bad, 1))


def faults(house: Path) -> list[str]:
    with pytest.raises(BrandFault) as caught:
        house_files.load(house / BRAND)
    return str(caught.value).splitlines()[1:]


@pytest.mark.parametrize("what", FAULTS)
def test_a_fault_is_named_with_its_file_and_place(house: Path, what: str) -> None:
    name, good, bad, said = FAULTS[what]
    spoil(house, name, good, bad)
    assert any(each.startswith(said) for each in faults(house)), faults(house)


def test_faults_of_all_files_stand_in_one_list(house: Path) -> None:
    for what in (
        "a missing figure",
        "a word in one language",
        "a first day after the last",
        "a clause in one language",
    ):
        spoil(house, *FAULTS[what][:3])
    named = faults(house)
    for what in (
        "a missing figure",
        "a word in one language",
        "a first day after the last",
        "a clause in one language",
    ):
        assert FAULTS[what][3] in named


def test_a_wrong_file_stops_the_start(house: Path, tmp_path: Path) -> None:
    spoil(house, *FAULTS["a rule without a clause"][:3])
    with pytest.raises(BrandFault, match="R55"):
        create_app(settings_for("sqlite://", tmp_path / "instance", brand_file=house / BRAND))


@pytest.mark.parametrize("path", sorted(BRANDS.glob("*.toml")), ids=lambda path: path.stem)
def test_the_files_that_we_ship_are_right(path: Path) -> None:
    if not path.stem.endswith("-goods"):
        brand, book = house_files.load(path)
        assert brand.code
        assert book.newest.clauses
