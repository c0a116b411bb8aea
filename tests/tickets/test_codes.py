"""Codes: random, checked, and read back however people write them."""

from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service_center.tickets.codes import (
    ALPHABET,
    LENGTH,
    Code,
    Mistyped,
    NotACode,
    grouped,
    new_code,
    new_number,
    parse,
)

CODE = "K7QM2F9DXH3W"
codes = st.builds(new_code)


@pytest.mark.parametrize(
    "typed",
    [
        CODE,
        "K7QM-2F9D-XH3W",
        " k7qm 2f9d xh3w\n",
        "K7QM–2F9D—XH3W",
        "K7QM‑2F9D−XH3W",
        "k7qm_2f9d_xh3w",
        "\ufeffK7QM\u00ad2F9D\u200bXH3W",
        "Ｋ７ＱＭ－２Ｆ９Ｄ－ＸＨ３Ｗ",
        "https://help.example.com/t/K7QM2F9DXH3W",
        "https://help.example.com/status/k7qm-2f9d-xh3w/owner?x=1#top",
        "help.example.com/T/K7QM%202F9D%20XH3W",
        "see https://help.example.com/t/K7QM2F9DXH3W thanks",
    ],
)
def test_readers_forgive_what_people_type(typed: str) -> None:
    assert parse(typed) == CODE


@given(codes)
def test_letters_that_no_code_has_are_read_as_the_digits_they_resemble(code: Code) -> None:
    for misread in ("OI", "oi", "OL", "ol"):
        assert parse(code.translate(str.maketrans("01", misread))) == code


@pytest.mark.parametrize("typed", ["K7QM-2F9D-XH3C", "K7MQ-2F9D-XH3W", "U7QM-2F9D-XH3W", "BRUNA GIULIAN"])
def test_a_wrong_symbol_is_mistyped_and_not_unknown(typed: str) -> None:
    with pytest.raises(Mistyped):
        parse(typed)


@pytest.mark.parametrize(
    "typed", ["", " ", "Rossi", "K7QM-2F9D-XH3", "K7QM-2F9D-XH3WW", "K7QM.2F9D.XH3W", "à" * 12, "/t/"]
)
def test_what_has_no_shape_of_a_code_is_no_code(typed: str) -> None:
    with pytest.raises(NotACode):
        parse(typed)


def test_both_faults_are_value_errors_and_apart() -> None:
    assert issubclass(Mistyped, ValueError)
    assert issubclass(NotACode, ValueError)
    assert not issubclass(Mistyped, NotACode)


@given(codes)
def test_new_codes_read_back_in_every_form(code: Code) -> None:
    assert len(code) == LENGTH
    assert set(code) <= set(ALPHABET)
    shown = grouped(code)
    assert [len(part) for part in shown.split("-")] == [4, 4, 4]
    assert {parse(shown), parse(shown.lower()), parse(f"x/t/{quote(shown)}")} == {code}


@given(codes, st.integers(0, LENGTH - 1), st.sampled_from(ALPHABET))
def test_no_single_wrong_symbol_passes(code: Code, place: int, symbol: str) -> None:
    wrong = code[:place] + symbol + code[place + 1 :]
    if wrong == code:
        return
    with pytest.raises(Mistyped):
        parse(wrong)


@given(st.text())
def test_any_text_is_a_code_or_one_of_two_refusals(text: str) -> None:
    try:
        code = parse(text)
    except (Mistyped, NotACode):
        return
    assert parse(code) == code


def test_numbers_have_nine_digits_and_do_not_start_with_zero() -> None:
    numbers = {new_number() for _ in range(2_000)}
    assert len(numbers) > 1_990
    assert all(100_000_000 <= number <= 999_999_999 for number in numbers)
