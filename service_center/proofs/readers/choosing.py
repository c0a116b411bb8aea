"""Which of the dates on a paper is the day of purchase: what stands round each of them is weighed."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from service_center.proofs.readers import dates
from service_center.proofs.readers.layout import Row
from service_center.proofs.readers.suggestion import Box, DateFound

Why = Literal[
    "document_number", "time_of_day", "label", "repeated", "alone", "other_purpose", "card_slip", "month_first", "invoice"
]  # fmt: skip
"""What decided the place of a date, as a word that a page can put into a sentence."""

START, TIME, NUMBER, LABEL, AGAIN, END = 0.46, 0.20, 0.16, 0.10, 0.08, 0.04
OTHER, NEAR_OTHER, SLIP, LAW, MONTH_FIRST = -0.40, -0.12, -0.14, -0.35, -0.22
MOST = 8


def _words(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE)


DOCUMENT = _words(
    r"doc(?:umento)?\s*(?:commerciale|gestionale)", r"d[o0]cument[o0]?\s*n", r"\bdoc\.?\s*n", r"sc[o0]ntrin[o0]", r"\bric(?:evuta)?\.?\s*(?:fiscale|n)",
    r"fattura\s*(?:n|immediata|accompagnatoria|di)", r"\bordine\s*(?:n|del|#)", r"\bn(?:um(?:ero)?|r|°|º)?[.:\s]*\d{4}\s?-\s?\d{4}\b", r"receipt\s*(?:n|#|:)",
    r"invoice\s*(?:n|#|:|date)", r"\border\s*(?:n|#|date|placed)", r"\bbill\s*(?:n|#|date)", r"trans(?:action)?\s*(?:n|#|date|:)", r"\bchk\b|\bcheck\s*#|\btkt\b|\bslip\s*no",
    r"\bcassa\b|cashier|\bcounter\b|\bPOS\s*(?:no|:|\d)",
)  # fmt: skip
LABELS = _words(
    r"\bdata\b", r"\bdate\b", r"\bd[il]\b\s*$", r"\bdel\b", r"emess[ao]", r"acquist", r"\bfecha\b|\bdatum\b|\btanggal\b|\btarikh\b|\btgl\b",
    r"purchase|ordered|placed", r"\b(?:lun|mar|mer|gio|ven|sab|dom|mon|tue|wed|thu|fri|sat|sun)[a-zì]*\b",
)  # fmt: skip
PURPOSE = _words(
    r"(?<!non )valid[oaie]?\b", r"valid\s*(?:until|thru|from)", r"scad", r"entro\b", r"promo", r"offert", r"fin[oe]\s+al", r"dal\s.*\bal\b", r"\bnat[oa]\b|nascita|birth",
    r"\bexp(?:ir|\b)", r"best\s*before|use\s*by", r"\bdue\s*(?:date|by|on)|date\s*due", r"consegn", r"spedi", r"deliver", r"shipp", r"ritir", r"\breso\b.*entro|cambi[oa]?\b.*entro|return",
    r"\bpunti\b|points", r"buono|coupon|voucher|sconto\s+fino", r"utilizz", r"concorso|estrazion|lotter", r"prossim|\bnext\b", r"garanzia|warranty", r"tessera|member\s*since",
    r"rilasciat|immatric", r"periodo|period",
)  # fmt: skip
LAWS = _words(
    r"\bd\.?\s?m\.?\s", r"\bd\.?\s?l(?:gs)?\.?\s", r"\bd\.?p\.?r\.?", r"decreto|legge|\bart\.", r"\baut(?:\.|oriz+az\w*)\s*(?:min|n)", r"registro imprese|capitale sociale",
    r"\bw\.?e\.?f\b|\bgst\s*(?:id|reg)|effective", r"omolog|matricola.*del",
)  # fmt: skip
SLIPS = _words(
    r"\bA\.?I\.?D\b", r"\bTML\b", r"\bPAN\b", r"bancomat|pagobancomat|maestro|mastercard|\bvisa\b|contactless|nexi|american express", r"autoriz|\baut\.?\s*\d{4,}|auth\s*(?:code|n)",
    r"transazione eseguita|transazione approvata|approved|acquirer|esercente|merchant|terminal|\bSTAN\b|\bTRX\b|\bARQC\b|\bTC\b:", r"carta\b.*\*|[*xX•]{4,}\s?\d{4}",
)  # fmt: skip
CLOSING = _words(r"totale|\btotal\b|contant|\bcash\b|\bresto\b|change|pagament|grazie|thank")


@dataclass(frozen=True)
class _Weighed:
    value: date
    text: str
    time: str | None
    box: Box | None
    score: float
    why: Why


def candidates(page: Sequence[Row], *, today: date) -> list[DateFound]:
    """Every date that may be the day of purchase, the likeliest first; a date that stands there twice comes once."""
    weighed = [one for place in range(len(page)) for one in _of_row(page, place, today)]
    groups: dict[date, list[_Weighed]] = defaultdict(list)
    for one in weighed:
        groups[one.value].append(one)
    found = [_together(group) for group in groups.values()]
    return sorted(found, key=lambda each: -each.score)[:MOST]


def _of_row(page: Sequence[Row], place: int, today: date) -> list[_Weighed]:
    row = page[place]
    return [_weigh(page, place, printed) for printed in dates.in_text(row.text, today=today)]


def _weigh(page: Sequence[Row], place: int, printed: dates.Printed) -> _Weighed:
    row = page[place]
    box = row.box(printed.begin, printed.end)
    around = [_beside(page, other, box) for other in (place - 1, place + 1)]
    here, before = _without(row.beside(box), printed, row), row.text[: printed.begin]
    wider = [_beside(page, other, box) for other in range(place - 4, place + 5) if other != place]
    reasons: list[tuple[float, Why]] = []
    if printed.time or any(dates.clocks(text) for text in (here, *around)):
        reasons.append((TIME if printed.time else TIME * 0.7, "time_of_day"))
    if DOCUMENT.search(here) or any(map(DOCUMENT.search, around)):
        reasons.append((NUMBER if DOCUMENT.search(here) else NUMBER * 0.8, "document_number"))
    if LABELS.search(before) or (not before.strip() and LABELS.search(around[0])):
        reasons.append((LABEL, "label"))
    if any(map(CLOSING.search, (here, *wider))) or place < 8 or place > len(page) - 8:
        reasons.append((END, "alone"))
    against = _against(here, around, wider, printed)
    good = sum(worth for worth, _ in reasons)
    score = START + printed.worth + good + sum(worth for worth, _ in against)
    score *= 0.75 + 0.25 * row.confidence(printed.begin, printed.end)
    why = min(against)[1] if against else max(reasons, default=(0.0, "alone"))[1]
    return _Weighed(
        printed.value,
        row.text[printed.begin : printed.end].strip(),
        printed.time,
        row.shown(printed.begin, printed.end),
        score,
        why,
    )


def _against(here: str, around: Sequence[str], wider: Sequence[str], printed: dates.Printed) -> list[tuple[float, Why]]:
    """What speaks for the date's being something else."""
    found: list[tuple[float, Why]] = []
    if PURPOSE.search(here):
        found.append((OTHER, "other_purpose"))
    elif PURPOSE.search(around[0]) and not printed.time:
        found.append((NEAR_OTHER, "other_purpose"))
    if LAWS.search(here):
        found.append((LAW, "other_purpose"))
    slips = sum(bool(SLIPS.search(text)) for text in (here, *wider))
    if slips >= 2 or SLIPS.search(here):
        found.append((SLIP, "card_slip"))
    if printed.month_first:
        found.append((MONTH_FIRST, "month_first"))
    return found


def _beside(page: Sequence[Row], place: int, box: Box | None) -> str:
    return page[place].beside(box) if 0 <= place < len(page) else ""


def _without(text: str, printed: dates.Printed, row: Row) -> str:
    """The words of the row but for the date itself: its own letters (mar, sab) are no reason."""
    return text.replace(row.text[printed.begin : printed.end], " ")


def _together(group: Sequence[_Weighed]) -> DateFound:
    """One date for all the places where it stands: the best one's, and a little more for each of the others."""
    best = max(group, key=lambda each: each.score)
    more = AGAIN * min(len(group) - 1, 2)
    why: Why = "repeated" if more and best.why == "alone" else best.why
    score = round(min(max(best.score + more, 0.01), 0.99), 2)
    return DateFound(best.value, best.text, score, why, best.time, best.box)
