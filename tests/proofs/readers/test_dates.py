"""Dates in print: every shape that shops use, the slips of a machine, and what is no date."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service_center.proofs.readers.dates import OLDEST, in_text

TODAY = date(2026, 11, 20)
DAY = date(2025, 3, 14)


def read(text: str) -> list[date]:
    return [each.value for each in in_text(text, today=TODAY)]


@pytest.mark.parametrize(
    "text",
    [
        "14/03/2025", "14-03-2025", "14.03.2025", "14/3/2025", "14-03-25", "14.03.25", "14/03/25", "14 / 03 / 2025", "14 - 03 - 2025", "14 03 2025",
        "14 mar 2025", "14 marzo 2025", "14 Marzo 2025", "14-MAR-2025", "14MAR2025", "14 mar. 2025", "14 mar '25", "14 de marzo de 2025", "Mar 14, 2025", "March 14th, 2025",
        "14th March 2025", "Fri 14 Mar 2025", "2025-03-14", "2025/03/14", "2025.03.14", "Data: 14/03/2025", "DEL14/03/2025", "venerdì 14/03/2025", "data14032025",
        "14/032025", "1403/2025", "14/03/2025.", "(14/03/2025)", "Napoli, 14/03/2025", "14,03,2025", "14–03–2025", "14:03:2025", "No. 1234514/03/2025", "14/03/2025000123",
    ],
)  # fmt: skip
def test_every_shape_that_shops_print(text: str) -> None:
    assert read(text) == [DAY]


@pytest.mark.parametrize(
    "text",
    ["l4/O3/2O25", "14/03/2O25", "I4-03-2025", "14/O3/2025", "14-03-202S", "14 mar 2O25", "14/03/Z025"],
)
def test_slips_of_the_machine_are_mended(text: str) -> None:
    assert read(text) == [DAY]


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("14-03-2025 18:22", "18:22"), ("14-03-202518:22", "18:22"), ("14-03-2518:22", "18:22"), ("14/03/2025 ORE 18.22", "18:22"), ("14/03/25 18:22:41", "18:22"),
        ("18:22 14/03/2025", "18:22"), ("14/03/2025 06:22:10 PM", "18:22"), ("14/03/2025 - 18:22", "18:22"), ("2025-03-14 18:22", "18:22"), ("14 mar 2025 h 18:22", "18:22"),
        ("14/03/2025 12:05 AM", "00:05"), ("14/03/2025", None), ("14/03/2025 99:99", None), ("14/03/2025 EUR 12,50", None),
    ],
)  # fmt: skip
def test_the_time_of_day_stands_beside_or_is_glued(text: str, time: str | None) -> None:
    (found,) = in_text(text, today=TODAY)
    assert (found.value, found.time) == (DAY, time)


def test_the_day_comes_first_always() -> None:
    assert read("03/04/2025") == [date(2025, 4, 3)]
    assert read("12/11/2025") == [date(2025, 11, 12)]
    assert read("04/03/25") == [date(2025, 3, 4)]


def test_the_month_comes_first_only_where_nothing_else_is_possible() -> None:
    (found,) = in_text("03/25/2025", today=TODAY)
    assert (found.value, found.month_first) == (date(2025, 3, 25), True)


def test_a_day_to_come_is_not_turned_round_until_it_fits() -> None:
    # The 5th of December is to come; that does not make it the 12th of May.
    assert read("05/12/2026") == []


@pytest.mark.parametrize(
    "text",
    [
        "", "ciao", "32/01/2025", "14/13/2025x", "31/02/2025", "14/03/1989", "14/03/2027", "00/00/0000", "0823.51.30.65", "10.12.11.25", "192.168.10.20",
        "12,50 x 2", "P.IVA 12345678903", "8032288000016", "0123-0045", "RT 96SRT001234", "TOT 14,03", "AB12-34-56CD", "EUR 1.234,56", "14 pezzi 2025", "3 x 14,90",
    ],
)  # fmt: skip
def test_what_is_no_date(text: str) -> None:
    assert read(text) == []


def test_several_dates_of_a_line_are_all_kept() -> None:
    assert read("dal 01/02/2025 al 14/03/2025") == [date(2025, 2, 1), DAY]


@given(
    st.dates(min_value=OLDEST, max_value=TODAY),
    st.sampled_from(["%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d", "%d %b %Y"]),
)
def test_every_day_is_read_as_it_was_written(day: date, shape: str) -> None:
    assert day in read(f"Data {day.strftime(shape)} ore 10:30")


@given(st.text(alphabet="0123456789/-.: OolISZ|abgenmrJM'", max_size=60))
def test_nothing_ever_breaks_it(text: str) -> None:
    for found in in_text(text, today=TODAY):
        assert OLDEST <= found.value <= TODAY
        assert 0 <= found.begin < found.end <= len(text)


def test_a_long_line_takes_no_time() -> None:
    assert in_text("1" * 20_000, today=TODAY) == []
    assert in_text("1/" * 10_000, today=TODAY) is not None


def test_today_is_the_last_day() -> None:
    assert read(f"{TODAY:%d/%m/%Y}") == [TODAY]
    assert read(f"{TODAY + timedelta(days=1):%d/%m/%Y}") == []
