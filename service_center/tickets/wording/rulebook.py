"""The rule book in words, for the page and the paper: versions, rules by section, and what happens to which part."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from service_center.core.i18n import Later, _, day, language, later
from service_center.tickets.wording import vocabulary
from service_center.tickets.wording.verdicts import Rule, outcome, rules, tone
from service_center.warranty.overview import Answer, Cited, answers, citing
from service_center.warranty.terms import Clause, Rulebook, Terms
from service_center.warranty.vocabulary import Cause, Doubt, Section, VerdictValue


class VersionWords(NamedTuple):
    """A version of the terms and the days of purchase for which it is in force."""

    id: str
    days: str
    chosen: bool


class CiteWords(NamedTuple):
    """When a rule decides, and how."""

    when: str
    outcome: str
    tone: str


class RuleWords(NamedTuple):
    """A rule with its title, its meaning, the documents behind it and what it decides."""

    ref: str
    title: str
    text: str
    sources: str
    decides: tuple[CiteWords, ...]


class FateWords(NamedTuple):
    """What happens to some parts by one cause; `cause` is empty where the row before has it."""

    cause: str
    parts: str
    outcome: str
    tone: str
    rules: tuple[Rule, ...]


class SectionWords(NamedTuple):
    """A part of the book."""

    title: str
    rules: tuple[RuleWords, ...]


class FamilyWords(NamedTuple):
    """A family, and what happens by every cause."""

    name: str
    fates: tuple[FateWords, ...]


class BookWords(NamedTuple):
    """One version of the terms, worded whole."""

    number: int
    id: str
    days: str
    versions: tuple[VersionWords, ...]
    sections: tuple[SectionWords, ...]
    families: tuple[FamilyWords, ...]


_SECTIONS: dict[Section, Later] = {
    Section.DURATION: later("Duration and dates"),
    Section.PROOF: later("Proof and formalities"),
    Section.COVER: later("What is covered"),
    Section.RIGHTS: later("Remedy, times and rights"),
    Section.HOUSE: later("Parcels, contacts and materials"),
}
_SHORT: dict[str, Later] = {VerdictValue.COVERED: later("Covered"), VerdictValue.NOT_COVERED: later("Not covered")}
_DOUBTS: dict[Doubt, Later] = {
    Doubt.RETAILER_ENTRY: later("Late, but the shop says that it took the item in before"),
    Doubt.CARRIER_IN_TIME: later("Arrived late, but the courier accepted it in time"),
    Doubt.REGISTRATION: later("Late by the purchase, in time by the registration"),
    Doubt.CARD_LATER: later("Late by the receipt, in time by the card"),
    Doubt.CARD_EARLIER: later("In time by the receipt, late by the card"),
    Doubt.REPAIRED_BEFORE: later("Late, but we repaired the same part before"),
}
_YES_NO: dict[tuple[str, bool], Later] = {
    ("second_hand", True): later("Bought second-hand"),
    ("second_hand", False): later("Bought new"),
    ("water_mark", True): later("With a mark of water resistance"),
    ("water_mark", False): later("Without a mark of water resistance"),
}


def book(rulebook: Rulebook, terms: Terms) -> BookWords:
    """Everything that one version says."""
    shown = tuple(VersionWords(each.id, in_force(each), each is terms) for each in rulebook.versions)
    sections = tuple(
        SectionWords(str(title), tuple(_rule(terms, clause) for clause in terms.clauses.values() if clause.section is section))
        for section, title in _SECTIONS.items()
    )  # fmt: skip
    families = tuple(FamilyWords(vocabulary.family(name), _fates(terms, name)) for name in terms.families)
    number = rulebook.versions.index(terms) + 1
    return BookWords(number, terms.id, in_force(terms), shown, tuple(s for s in sections if s.rules), families)


def in_force(terms: Terms) -> str:
    """For which days of purchase a version holds."""
    if terms.first and terms.last:
        return _("for purchases from %(first)s to %(last)s", first=day(terms.first), last=day(terms.last))
    if terms.first:
        return _("for purchases from %(first)s on", first=day(terms.first))
    return _until(terms.last) if terms.last else _("for purchases of every day")


def _until(last: date) -> str:
    return _("for purchases until %(last)s", last=day(last))


def _rule(terms: Terms, clause: Clause) -> RuleWords:
    decides = tuple(
        CiteWords(_when(cited), _answer(cited.ruling.verdict), tone(cited.ruling.verdict))
        for cited in citing(terms, clause.rule)
    )
    sources = ", ".join(terms.sources[source][language()] for source in clause.sources)
    return RuleWords(clause.rule, _capital(clause.title[language()]), clause.text[language()], sources, decides)


def _answer(verdict: str) -> str:
    return str(_SHORT[verdict]) if verdict in _SHORT else outcome(verdict)


def _when(cited: Cited) -> str:
    if cited.doubt:
        return str(_DOUBTS[cited.doubt])
    if cited.last:
        return _("Every other part and cause")
    if not cited.when:
        return _("The request comes after the last day")
    return "; ".join(_condition(fact, sorted(map(str, values))) for fact, values in cited.when.items())


def _condition(fact: str, values: Sequence[str]) -> str:
    if fact in ("second_hand", "water_mark"):
        return " / ".join(str(_YES_NO[fact, value == "True"]) for value in values)
    worded = {
        "family": (_("Kind"), vocabulary.family), "seller": (_("Seller"), vocabulary.seller), "card": (_("Card"), vocabulary.card_state),
        "request_evidence": (_("Request"), vocabulary.evidence), "proof": (_("Proof"), vocabulary.proof_kind),
        "tampering": (_("Opened before"), vocabulary.tampering), "component": (_("Part"), vocabulary.component),
        "cause": (_("Cause"), vocabulary.cause),
    }  # fmt: skip
    label, word = worded[fact]
    listed = ", ".join(_low(word(value)) for value in values)
    return _("%(label)s: %(values)s", label=label, values=listed)


def _fates(terms: Terms, family: str) -> tuple[FateWords, ...]:
    made: list[FateWords] = []
    for cause in Cause:
        found = answers(terms, family, cause)
        whole = sum(len(each.components) for each in found if each.marked is not False)
        for number, each in enumerate(found):
            made.append(
                FateWords(
                    "" if number else vocabulary.cause(cause), _parts(each, last=each is found[-1], whole=whole), _answer(each.verdict),
                    tone(each.verdict), rules(each.rules, terms.id),
                )
            )  # fmt: skip
    return tuple(made)


def _parts(answer: Answer, *, last: bool, whole: int) -> str:
    if len(answer.components) == whole and whole > 1:
        named = _("every part")
    elif last and len(answer.components) > 3:
        named = _("every other part")
    else:
        named = ", ".join(_low(vocabulary.component(part)) for part in answer.components)
    if answer.marked is None:
        return _capital(named)
    mark = _("with a mark of water resistance") if answer.marked else _("without a mark of water resistance")
    return _capital(_("%(parts)s, %(mark)s", parts=named, mark=mark))


def _low(words: str) -> str:
    return words[:1].lower() + words[1:]


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
