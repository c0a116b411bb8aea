"""VAT numbers: one shape for comparing, and the check digits."""

from __future__ import annotations

from stdnum.eu import vat
from stdnum.exceptions import ValidationError
from stdnum.it import iva


def compact(number: str) -> str:
    """Without blanks, dots and the Italian prefix; other countries keep theirs."""
    plain = "".join(each for each in number.upper() if each.isalnum())
    return plain[2:] if plain.startswith("IT") else plain


def valid(number: str) -> bool:
    """Whether the digits fit together: an Italian number, or one of another country of the union with its prefix."""
    plain = compact(number)
    try:
        return bool(iva.validate(plain) if plain[:1].isdigit() else vat.validate(plain))
    except ValidationError:
        return False
