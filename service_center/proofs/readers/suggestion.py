"""What a machine suggests about one paper; a person confirms, and nothing here fills in a proof by itself.

As JSON (`ProofFile.reading`, a line of `proofs suggest`):

- `engine`: "rapidocr", "tesseract", "fattura_pa", "pdf" (its own text) or "none" (no engine is installed, or it gave up)
- `document`: "receipt", "invoice", "fattura_pa", "order_confirmation", "gift_receipt", "statement", "card_slip",
  "credit_note", "card" or null
- `is_proof`: whether the paper can prove a purchase at all; `why_not`: null, or "copy", "return", "credit_note", "card_slip",
  "unreadable", "nothing_found"
- `dates`: the best first, each `{"value": "2025-03-14", "time": "18:22" or null, "box": BOX or null, "text": "14-03-2025 18:22",
  "score": 0.93, "why": "document_number"}`; `why` is a word of `choosing.Why`
- `seller`, `vat_number`, `number`: `{"value": TEXT, "box": BOX or null}` or null; `total_cents` likewise with an integer
- `lines`: `{"text", "quantity", "total_cents" or null, "ean"}` each
- `masks`: boxes over the digits of a payment card, proposed to be hidden

A BOX is `[x, y, width, height]` in thousandths of the first page as it is shown (upright); of later pages there is none.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from typing import Any, Literal

Box = tuple[int, int, int, int]
Engine = Literal["rapidocr", "tesseract", "fattura_pa", "pdf", "none"]
_UNSEEN = frozenset({"Cc", "Cf", "Cs"})
WhyNot = Literal["copy", "return", "credit_note", "card_slip", "unreadable", "nothing_found"]


@dataclass(frozen=True)
class TextLine:
    """A line of print as an engine saw it: where, and how sure it is (0 to 1).

    `box` is where it stands once the paper is upright and straight, `shown` where a person sees it in the picture.
    """

    text: str
    box: Box | None = None
    confidence: float = 1.0
    shown: Box | None = None


@dataclass(frozen=True)
class DateFound:
    """A date that may be the day of purchase, and how much speaks for it (0 to 1)."""

    value: date
    text: str
    score: float
    why: str
    time: str | None = None
    box: Box | None = None


@dataclass(frozen=True)
class Found:
    """A text or a number with its place on the page."""

    value: str | int
    box: Box | None = None


@dataclass(frozen=True)
class LineFound:
    """One thing that was bought."""

    text: str
    quantity: int = 1
    total_cents: int | None = None
    ean: str = ""


@dataclass(frozen=True)
class Suggestion:
    """All that one paper seems to say."""

    engine: Engine
    document: str | None = None
    is_proof: bool = False
    why_not: WhyNot | None = "nothing_found"
    dates: Sequence[DateFound] = ()
    seller: Found | None = None
    vat_number: Found | None = None
    number: Found | None = None
    total_cents: Found | None = None
    lines: Sequence[LineFound] = field(default_factory=tuple)
    masks: Sequence[Box] = ()

    def as_json(self) -> dict[str, Any]:
        """Plain values only, in the order of the docstring above."""
        plain = asdict(self)
        plain["dates"] = [{**each, "value": each["value"].isoformat()} for each in plain["dates"]]
        return _lists(plain)  # type: ignore[no-any-return]

    def by(self, engine: Engine) -> Suggestion:
        """The same, read by another engine."""
        return replace(self, engine=engine)


def nothing(engine: Engine = "none", why_not: WhyNot = "unreadable") -> Suggestion:
    """A paper of which nothing can be said."""
    return Suggestion(engine, why_not=why_not)


def _lists(value: Any) -> Any:
    """Tuples as lists all the way down: what comes back out of the database compares equal. Of texts, what can be seen.

    No database keeps a NUL, and a mark that turns the writing round makes people read another number than is there.
    """
    if isinstance(value, str):
        return "".join(each for each in value if unicodedata.category(each) not in _UNSEEN)
    if isinstance(value, dict):
        return {name: _lists(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_lists(each) for each in value]
    return value
