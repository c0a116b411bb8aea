"""Passwords: argon2id, the same time for known and unknown people, and no password that anybody would guess (S26, S39)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

LONGEST = 1024
SHORTEST = 10
GUESSABLE = (
    "password", "assistenza", "negozio", "laboratorio",
    "iloveyou", "tiamo", "amore", "sunshine", "princess", "football", "baseball", "superman", "batman", "welcome", "benvenut", "dragon", "monkey",
    "master", "michael", "jordan", "charlie", "shadow", "letmein", "trustno", "access", "secret", "admin", "login", "computer", "internet", "changeme",
    "cambiami", "juventus", "napoli", "forza", "milan", "inter", "roma", "italia", "ciao", "andrea", "francesc", "giuseppe", "antonio", "alessandr",
)  # fmt: skip
"""What the lists of stolen passwords are made of, and what anybody would try."""
ROWS = ("01234567890", "abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "asdfghjkl", "zxcvbnm", "1q2w3e4r5t6y7u8i9o0p", "1qaz2wsx3edc4rfv5tgb6yhn7ujm", "qazwsxedcrfvtgbyhnujm")  # fmt: skip
RUN = 4
_DISGUISED = str.maketrans("01345@$7!", "oieasasti")

_hasher = PasswordHasher()
_of_the_house: set[str] = set()
_nobody: list[str] = []


def use(hasher: PasswordHasher) -> None:
    """Hash with other parameters from now on (tests use cheap ones)."""
    global _hasher
    _hasher = hasher
    _nobody.clear()


def avoid(words: Iterable[str]) -> None:
    """Words of the house that anybody would try: its name, its town, its trade."""
    _of_the_house.update(word.casefold() for word in words)


def hashed(password: str) -> str:
    """The argon2id hash to keep."""
    return _hasher.hash(password)


def matches(stored: str | None, password: str) -> bool:
    """Whether it is the password. Without a stored hash the same work is done for nothing, and the answer is no."""
    if not _nobody:
        _nobody.append(_hasher.hash("nobody has this one"))
    try:
        return _hasher.verify(stored or _nobody[0], password[:LONGEST]) and stored is not None
    except (VerificationError, InvalidHashError):
        return False


def weakness(password: str, *words: str) -> str | None:
    """Why it will not do: `password_short`, `password_long`, `password_guessable`; None when it will.

    `words` are the person's own: name, e-mail, shop.
    """
    if len(password) < SHORTEST:
        return "password_short"
    if len(password) > LONGEST:
        return "password_long"
    own = [
        part for word in words for part in word.casefold().replace("@", " ").replace(".", " ").split() if len(part) > 3
    ]
    left = _without_rows(_once(password.casefold())).translate(_DISGUISED)
    for guess in (*GUESSABLE, *sorted(_of_the_house), *own):
        left = left.replace(_once(guess.translate(_DISGUISED)), "")
    if len(set(left)) < 5:
        return "password_guessable"
    return None


def _once(text: str) -> str:
    """Each letter once, however often it was pressed."""
    return re.sub(r"(.)\1+", r"\1", text)


def _without_rows(text: str) -> str:
    """Without what fingers walk along: 12345, qwerty, and back."""
    for row in (*ROWS, *(row[::-1] for row in ROWS)):
        for length in range(len(row), RUN - 1, -1):
            for start in range(len(row) - length + 1):
                text = text.replace(row[start : start + length], "")
    return text
