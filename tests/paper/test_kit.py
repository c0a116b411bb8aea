"""The kit: text is never lost, codes are read back, markup is shown and never obeyed."""

from __future__ import annotations

import pytest

from service_center.core.paper import A6, MISSING, Row, Sheet, fit_text, marked_up, printable, telephone, wide, wrap
from tests.paper.reading import ACCENTS, LONG, UNBROKEN, Code, assert_sound, scanned, squeezed, text


@pytest.mark.parametrize(("typed", "shown"), [
    ("Città", "Città"), ("Citta\u0300", "Città"), (ACCENTS, ACCENTS), ("漢字", MISSING * 2), ("a\x00b\x1bc", "abc"), ("a\nb\tc", "a b c"),
    ("⌚️ ok", f"{MISSING} ok"), ("\u202egnirts", "gnirts"), ("مرحبا", MISSING * 5), ("\ud800x", "x"), ("🇮🇹", MISSING * 2), ("−3 ≤ 4", "–3 < 4"),
])  # fmt: skip
def test_what_the_fonts_lack_is_shown_as_a_box_and_controls_vanish(typed: str, shown: str) -> None:
    assert printable(typed) == shown


def test_markup_is_shown() -> None:
    assert marked_up('<img src="x">&') == '&lt;img src="x"&gt;&amp;'


@pytest.mark.parametrize("words", [LONG, UNBROKEN, "a", "", "   ", "a " * 300])
@pytest.mark.parametrize("width", [1.0, 20.0, 90.0])
def test_wrapping_keeps_every_sign_and_stays_inside(words: str, width: float) -> None:
    lines = wrap(words, 8, width)
    assert squeezed("".join(lines)) == squeezed(words)
    assert all(wide(line, 8) <= width or len(line) == 1 for line in lines)


def test_text_shrinks_to_its_floor_then_wraps_then_all_shrinks() -> None:
    [one] = fit_text([Row("Adele Fontanarosa", 20, floor=10)], 100, 100)
    assert 10 <= one.size < 20
    wrapped = fit_text([Row("Adele Fontanarosa Capodimonte", 20, floor=15)], 100, 200)
    assert len(wrapped) > 1
    assert {line.size for line in wrapped} == {20}
    small = fit_text([Row(LONG, 20, floor=15)], 100, 60)
    assert sum(line.height for line in small) <= 60


def test_phone_numbers_are_grouped_and_others_left_alone() -> None:
    assert telephone("+393330000000") == "+39 333 000 0000"
    assert telephone("interno 5") == "interno 5"


@pytest.mark.parametrize("dpi", [203, 300])
@pytest.mark.parametrize(
    "number", ["084119355200", "418207333", "1Z999AA10123456784", "JJD000390007882345678", "A" * 35]
)
def test_bars_and_squares_are_read_back(dpi: int, number: str) -> None:
    sheet = Sheet(A6, "codes")
    sheet.qr(10, 10, 30, f"https://example.org/t/{number}")
    sheet.code128(2, 60, 101, 12, number)
    pdf = sheet.finished()
    assert scanned(pdf, dpi) == {Code("qr", f"https://example.org/t/{number}"), Code("128", number)}


def test_bars_leave_out_what_they_cannot_hold() -> None:
    sheet = Sheet(A6, "codes")
    sheet.code128(2, 10, 101, 12, "12é34\n")
    sheet.code128(2, 40, 101, 12, "漢")
    sheet.text(5, 80, 90, 10, Row("x", 9))
    assert scanned(sheet.finished(), 203) == {Code("128", "1234")}


def test_a_sheet_is_the_same_bytes_each_time() -> None:
    def one() -> bytes:
        sheet = Sheet(A6, "same")
        sheet.text(5, 5, 95, 100, Row(ACCENTS, 12))
        return sheet.finished()

    assert one() == one()
    assert_sound(one(), A6, 3)
    assert squeezed(ACCENTS) in text(one())
