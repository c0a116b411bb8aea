"""Labels: they scan at any printer's density, hold the whole address, and tell a thief nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from service_center.core.i18n import LANGUAGES, speaking
from service_center.core.paper import A4, A6
from service_center.labels import bag, inbound, shipping
from service_center.labels.bag import BagLabel
from service_center.labels.inbound import InboundLabel
from service_center.labels.shipping import LABEL_ROLL, Party, ShippingLabel
from tests.paper.reading import (
    ACCENTS,
    LONG,
    NASTY,
    SHOP,
    STREET,
    UNBROKEN,
    Code,
    assert_sound,
    scanned,
    squeezed,
    text,
)

SCAN = "https://assistenza.example.it/t/K7QM2F9DXH3C"
LAB = Party("R.A. Assistenza", "modulo 178, Zona ASI Sud", "81025", "Marcianise", "CE", "IT", "+390823513065")
ADELE = Party("Adele Fontanarosa", STREET, "80136", "Napoli", "NA", "IT", "+393330000000")
BAG = BagLabel(
    ("K7QM", "2F9D", "XH3C"), SCAN, "W", "418207333", "OPSPW-482 Posh Paris", "Si ferma a tratti", date(2026, 12, 9)
)
SHIP = ShippingLabel(
    LAB, ADELE, ("K7QM-2F9D-XH3C",), SCAN, date(2026, 11, 26), "W", "BRT", "084119355200", "418207333", 380
)
IN = InboundLabel(ADELE, LAB, "K7QM-2F9D-XH3C", SCAN, "418207333", date(2026, 11, 20), "Smartwatch Call", "Adele Fontanarosa", "+39 333 000 0000", "CE-0432", True)  # fmt: skip
NAMES = [SHOP, ACCENTS, NASTY, LONG, UNBROKEN, "漢字 ⌚️ مرحبا", "A"]


@pytest.fixture(params=LANGUAGES, autouse=True)
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    with speaking(request.param):
        yield request.param


@pytest.mark.parametrize("dpi", [203, 300])
@pytest.mark.parametrize("safety", [False, True])
def test_a_bag_scans(dpi: int, safety: bool) -> None:
    pdf = bag.draw(replace(BAG, safety=safety))
    assert scanned(pdf, dpi) == {Code("qr", SCAN)}
    assert_sound(pdf, bag.SIZE, 1.4)


@pytest.mark.parametrize("words", NAMES)
def test_a_bag_says_all_of_it(words: str) -> None:
    pdf = bag.draw(replace(BAG, model=words, symptom=words, safety=True))
    assert_sound(pdf, bag.SIZE, 1.4)
    if words not in NAMES[5:6]:
        assert text(pdf).count(squeezed(words)) >= 2
    assert squeezed("K7QM") in text(pdf)
    assert "2F9D-XH3C" in text(pdf)


def test_a_bag_without_anything_is_a_label_too() -> None:
    assert_sound(bag.draw(BagLabel(("K7QM", "2F9D", "XH3C"), SCAN, "W")), bag.SIZE, 1.4)


@pytest.mark.parametrize("dpi", [203, 300])
@pytest.mark.parametrize("size", [A6, LABEL_ROLL])
def test_a_parcel_scans_ours_and_the_couriers(dpi: int, size: tuple[float, float]) -> None:
    pdf = shipping.draw(SHIP, size=size)
    assert scanned(pdf, dpi) == {Code("qr", SCAN), Code("128", "084119355200")}
    assert_sound(pdf, size, 4)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("size", [A6, LABEL_ROLL])
def test_a_parcel_holds_the_whole_address(name: str, size: tuple[float, float]) -> None:
    pdf = shipping.draw(
        replace(SHIP, recipient=replace(ADELE, name=name, city="San Valentino in Abruzzo Citeriore")), size=size
    )
    found = text(pdf)
    assert name == NAMES[5] or squeezed(name) in found
    for part in (
        STREET,
        "80136",
        "SANVALENTINOINABRUZZOCITERIORE(NA)",
        "+393330000000",
        "R.A.Assistenza",
        "084119355200",
        "K7QM-2F9D-XH3C",
        "418207333",
    ):
        assert squeezed(part) in found
    assert_sound(pdf, size, 4)
    assert Code("128", "084119355200") in scanned(pdf, 203)


def test_a_parcel_tells_nothing_of_what_is_inside() -> None:
    found = text(shipping.draw(SHIP)).lower()
    for hint in ("orolog", "watch", "gioiell", "jewel", "opsobjects", "ops!", "orafo", "euro", "€", "@"):
        assert hint not in found


def test_a_parcel_of_many_says_how_many_and_one_without_a_number_shows_its_code(language: str) -> None:
    many = shipping.draw(
        replace(
            SHIP,
            codes=("K7QM-2F9D-XH3C", "0000-0000-0000", "1111-1111-1111"),
            tracking="",
            weight_grams=None,
            letter="",
        )
    )
    assert squeezed({"it": "e altre 2 in questo collo", "en": "and 2 more in this parcel"}[language]) in text(many)
    assert Code("128", "K7QM2F9DXH3C") in scanned(many, 203)
    assert_sound(many, A6, 4)


def test_an_empty_parcel_label_does_not_fail() -> None:
    nobody = Party("", "", "", "", country="")
    assert_sound(shipping.draw(ShippingLabel(nobody, nobody, (), SCAN, date(2026, 11, 26))), A6, 4)


@pytest.mark.parametrize("dpi", [203, 300])
@pytest.mark.parametrize("size", [A4, A6])
def test_an_inbound_label_scans(dpi: int, size: tuple[float, float]) -> None:
    pdf = inbound.draw(IN, size=size)
    assert scanned(pdf, dpi) == {Code("qr", SCAN), Code("128", "418207333")}
    assert_sound(pdf, size, 4)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("size", [A4, A6])
def test_an_inbound_label_holds_both_addresses(name: str, size: tuple[float, float]) -> None:
    pdf = inbound.draw(replace(IN, sender=replace(ADELE, name=name), item=name, holder=name, reference=name), size=size)
    found = text(pdf)
    assert name == NAMES[5] or found.count(squeezed(name)) >= (4 if size == A4 else 1)
    for part in (
        STREET,
        "80136NAPOLI(NA)",
        "81025MARCIANISE(CE)",
        "R.A. Assistenza",
        "modulo 178",
        "K7QM-2F9D-XH3C",
        "418207333",
    ):
        assert squeezed(part) in found
    assert_sound(pdf, size, 4)


def test_the_guide_warns_of_batteries_only_where_there_is_one(language: str) -> None:
    word = {"it": "batteria", "en": "battery"}[language]
    assert word in text(inbound.draw(IN))
    assert word not in text(inbound.draw(replace(IN, rechargeable=False)))


def test_the_outside_of_an_inbound_parcel_tells_nothing() -> None:
    found = text(inbound.draw(IN, size=A6)).lower()
    for hint in ("orolog", "watch", "gioiell", "jewel", "ops!", "orafo", "@"):
        assert hint not in found
