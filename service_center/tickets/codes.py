"""The code of a ticket: eleven random symbols and a check symbol, forgiving to whoever types it."""

from __future__ import annotations

import re
import secrets
import unicodedata
from typing import NewType
from urllib.parse import unquote

from stdnum.iso7064 import mod_37_36

Code = NewType("Code", str)
"""Twelve upper-case symbols without hyphens, as stored; `grouped` shows it."""

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 12

_MISREAD = str.maketrans("OIL", "011")
_LINK = re.compile(r"/(?:t|status)/([^/?#\s]+)", re.IGNORECASE)
_SHAPE = re.compile(rf"[0-9A-Z]{{{LENGTH}}}")
# Spaces, controls, invisible marks and the dashes of every script; two that look like dashes are none to Unicode.
_IGNORED_CATEGORIES = frozenset({"Zs", "Zl", "Zp", "Cc", "Cf", "Pd"})
_IGNORED_SYMBOLS = frozenset("\N{MINUS SIGN}\N{HYPHEN BULLET}_")


class NotACode(ValueError):
    """The text does not have the shape of a code."""


class Mistyped(ValueError):
    """The text has the shape of a code, but a symbol is wrong or two have changed places."""


def new_code() -> Code:
    """A fresh random code (55 bits), of which nothing can be guessed from another one."""
    symbols = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH - 1))
    return Code(symbols + mod_37_36.calc_check_digit(symbols, alphabet=ALPHABET))


def new_number() -> int:
    """A fresh random number of nine digits, for carriers whose reference fields are short or digits only."""
    return secrets.randbelow(900_000_000) + 100_000_000


def parse(text: str) -> Code:
    """Read a code as people type, paste or scan it, a link to the ticket included; raises Mistyped or NotACode."""
    link = _LINK.search(text)
    typed = unicodedata.normalize("NFKC", unquote(link[1]) if link else text).upper()
    symbols = "".join(each for each in typed if not _ignored(each)).translate(_MISREAD)
    if not _SHAPE.fullmatch(symbols):
        raise NotACode(f"a code has {LENGTH} letters and digits")
    if not mod_37_36.is_valid(symbols, alphabet=ALPHABET):
        raise Mistyped("a letter or digit of the code is wrong")
    return Code(symbols)


def grouped(code: str) -> str:
    """The code as it is shown: three groups of four, `K7QM-2F9D-XH3W`."""
    return "-".join(code[start : start + 4] for start in range(0, LENGTH, 4))


def _ignored(symbol: str) -> bool:
    return symbol in _IGNORED_SYMBOLS or unicodedata.category(symbol) in _IGNORED_CATEGORIES
