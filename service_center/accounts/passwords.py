"""Passwords: argon2id, the same time for known and unknown people, and no password that anybody would guess (S26, S39)."""

from __future__ import annotations

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

LONGEST = 1024
SHORTEST = 10
GUESSABLE = ("password", "ops", "orologi", "objects", "12345", "qwerty", "assistenza", "marcianise", "diffusione")

_hasher = PasswordHasher()
_nobody: list[str] = []


def use(hasher: PasswordHasher) -> None:
    """Hash with other parameters from now on (tests use cheap ones)."""
    global _hasher
    _hasher = hasher
    _nobody.clear()


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
    plain = password.casefold()
    own = [
        part for word in words for part in word.casefold().replace("@", " ").replace(".", " ").split() if len(part) > 3
    ]
    left = plain
    for guess in (*GUESSABLE, *own):
        left = left.replace(guess, "")
    if len(set(left)) < 5:
        return "password_guessable"
    return None
