"""The words of command cards: what stands on them, what each did, and why one was not obeyed."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from service_center.catalogue.models import Part
from service_center.catalogue.queries import tests_for
from service_center.core.house import house
from service_center.core.i18n import LANGUAGES, Later, _, later, pgettext, speaking
from service_center.lab.commands import ARRIVAL, FOUND, SIGNS, STEPS, Card, Deed, Hand, named
from service_center.lab.obeying import Done
from service_center.lab.wording import arrival_cards
from service_center.labels.cards import Face, Page
from service_center.tickets.goods import actions_for, symptoms_for
from service_center.tickets.lifecycle import Action, Status
from service_center.tickets.services.bench import OLD_PARTS
from service_center.tickets.vocabulary import CAUSE_CODES
from service_center.tickets.wording import actions, statuses, vocabulary

D = Deed
LABELS: dict[Deed, Later] = {
    D.START: later("Start"), D.DONE: later("Done"), D.WAIT: later("Wait for a part"), D.ARRIVED: later("The part is here"),
    D.RETURN: later("Return as it is"), D.PASS: later("Checks passed"), D.FAIL: later("Checks failed"), D.NEXT: later("Next ticket"),
    D.PHOTO: later("Photograph"), D.PRINT: later("Print"), D.HELP: later("What can I scan?"), D.UNDO: later("Take back the last card"),
    D.GONE: later("Not there: then the check"), D.POINT: later("Decimal point"), D.MINUS: later("Minus"), D.ENTER: later("Enter"), D.TAKE: later("Take it"), D.LEAVE: later("Let go"),
}  # fmt: skip
WHYS: dict[str, Later] = {
    "ORDERED": later("Part ordered"), "ON_ITS_WAY": later("Part on its way"), "FAILED": later("Failed again"), "ASKED": later("The customer asked"),
    "NOT_WORTH": later("Not worth repairing"), "MISTAKE": later("Scanned by mistake"),
}  # fmt: skip
GOES: dict[str, Later] = {
    "BOARD": later("To the board"),
    "RECEPTION": later("To reception"),
    "DISPATCH": later("To dispatch"),
}
_WRONG: dict[str, Later] = {
    "unknown": later("“%(card)s” is no card of ours: print the cards anew."),
    "no_ticket": later("“%(card)s” needs a ticket: scan the item's bag first."),
    "not_here": later("“%(card)s” does nothing here. Now you can scan: %(cards)s."),
    "unfinished": later("“%(card)s” does not go with what was begun. Finish it, or take the last card back."),
    "no_figure": later("This makes no figure: take the last card back."),
    "nothing_to_enter": later("Nothing to enter: scan a test, then its figures, then Enter."),
    "nothing_to_undo": later("There is nothing that a card could take back: use the menu."),
    "not_for_this": later("“%(card)s” does not belong to this item."),
    "not_on_this_list": later("“%(card)s” is not on the check list that is open now."),
    "symptom_first": later("Nobody named a symptom: scan its card first."),
}  # fmt: skip


def label(card: Card) -> str:
    """What stands on a card."""
    if card.deed is D.DIGIT:
        return card.value
    if card.deed in LABELS:
        return str(LABELS[card.deed])
    if card.deed is D.WHY:
        return next((str(words) for code, words in WHYS.items() if named(code) == card.value), card.value)
    if card.deed is D.GO:
        return str(GOES.get(card.value, card.value))
    if card.deed in ARRIVAL:
        return arrival_cards.label(card)
    return _named(card)


def _named(card: Card) -> str:
    goods = house().brand.goods
    known: dict[Deed, Iterable[str]] = {
        D.COMPONENT: goods.components, D.SYMPTOM: goods.symptoms, D.WORK: goods.work, D.TEST: goods.tests, D.CAUSE: CAUSE_CODES,
        D.CHECK: goods.checks, D.OLD: OLD_PARTS,
    }  # fmt: skip
    words: dict[Deed, Callable[[str], str]] = {
        D.COMPONENT: vocabulary.component, D.SYMPTOM: vocabulary.symptom, D.WORK: vocabulary.work, D.TEST: vocabulary.bench_test,
        D.CHECK: vocabulary.check, D.OLD: vocabulary.old_part,
        D.CAUSE: lambda code: vocabulary.cause(CAUSE_CODES[code].value),
    }  # fmt: skip
    code = next((each for each in known.get(card.deed, ()) if named(each) == card.value), None)
    return words[card.deed](code) if code is not None else card.value


def known(card: Card) -> bool:
    """Whether the house has such a card; parts and places are looked up later."""
    return card.deed in {D.PART, D.PLACE, D.SEAL, D.TO, D.DIGIT, *LABELS} or label(card) != card.value


def held(hand: Hand) -> str:
    """What was scanned so far, and what belongs to it next; empty where nothing waits."""
    if not hand.cards:
        return ""
    shown = [label(card) for card in hand.cards if card.deed is not D.DIGIT and card.deed not in SIGNS]
    figures = [hand.figures()] if hand.figures() else []
    return _("%(held)s: now %(next)s", held=" · ".join([*shown, *figures]), next=_next(hand))


def _next(hand: Hand) -> str:
    if hand.has(D.TEST):
        return _("Enter") if hand.figures() else _("the figures")
    if hand.figures() or hand.has(D.OLD):
        return _("the part")
    if hand.has(D.GONE):
        return _("the check")
    if hand.waiting() is D.FAIL:
        return _("the check, or the reason")
    if hand.waiting():
        return _("the reason")
    if hand.has(*FOUND):
        return _("the component") if not hand.has(D.COMPONENT) else _("the cause")
    return pgettext("card", "the step")


STAY = frozenset({D.WAIT, D.ARRIVED})
"""Steps after which the ticket stands where it stood."""


def wrong(code: str, card: Card | None, text: str, here: Iterable[Deed] = ()) -> str:
    """Why a card was not obeyed."""
    others = [deed for deed in here if card is None or deed is not card.deed]
    cards = ", ".join(str(LABELS[deed]) for deed in others) or str(LABELS[D.HELP])
    shown = label(card) if card and code != "unknown" else text
    return str(_WRONG[code]) % {"card": shown, "cards": cards}


def said(done: Done, ticket_status: Status) -> str:
    """What a card did."""
    if done.deed in STEPS:
        taken = actions.action(Action(done.what), reader="lab").label
        if done.deed in STAY:
            return _("Done: %(action)s.", action=taken.lower())
        now = statuses.status(ticket_status, frozenset(), reader="lab").word
        return _("%(step)s: now %(status)s.", step=taken, status=now)
    return {
        D.CAUSE: lambda: _("Finding noted: %(component)s.", component=vocabulary.component(done.what)),
        D.PART: lambda: _("Part noted: %(part)s.", part=done.what),
        D.PLACE: lambda: _("It lies at %(place)s.", place=done.what),
        D.TEST: lambda: _("Reading kept: %(test)s.", test=vocabulary.bench_test(done.what)),
        D.CHECK: lambda: _checked(*done.what.split(":")),
        D.SEAL: lambda: (
            _("Seal %(number)s is noted as intact.", number=done.what)
            if done.before
            else _("Sealed: %(number)s.", number=done.what)
        ),
        D.OLD: lambda: vocabulary.old_part(done.what).capitalize() + ".",
        D.TAKE: lambda: _("It is yours now."),
        D.LEAVE: lambda: _("It is in nobody's hands now."),
        D.TO: lambda: _("Handed to %(name)s.", name=done.what),
        D.UNDO: lambda: _("Taken back."),
    }[done.deed]()


def _checked(name: str, answer: str) -> str:
    return _("%(check)s: %(answer)s.", check=vocabulary.check(name), answer=vocabulary.check_answer(answer).lower())


def helped(here: Iterable[Deed], menu: Iterable[Action]) -> str:
    """Which step cards mean something now, and what they do."""
    offered = list(menu)
    told = []
    for deed in here:
        action = next(each for each in offered if each in STEPS[deed])
        told.append(_("%(card)s = %(step)s", card=str(LABELS[deed]), step=actions.action(action, reader="lab").label))
    return _("Now you can scan: %(cards)s.", cards="; ".join(told) or str(LABELS[D.NEXT]))


def codes(card: Card) -> str:
    """The short code that a card of a list bears beside its words; empty for words that stand alone."""
    return card.value if card.deed in {D.SYMPTOM, D.CAUSE, D.WORK} else ""


def face(card: Card) -> Face:
    """A card as it is printed, in both languages."""
    words = []
    for each in LANGUAGES:
        with speaking(each):
            words.append(label(card))
    return Face(
        card.text(),
        " ".join(part for part in (codes(card), words[0]) if part),
        words[1] if words[1] != words[0] else "",
    )


WITH_FAMILY = (D.MINUS, D.GONE)
"""Cards that stand beside the tests and checks which they belong to."""


def bench_page() -> Page:
    """The commands, the figures and the reasons: one page a bench, full to the last place."""
    figures = [Card(D.DIGIT, str(each)) for each in range(10)]
    cards = [
        *(Card(deed) for deed in LABELS if deed not in WITH_FAMILY),
        *(Card(D.GO, each) for each in GOES),
        *figures,
        *(Card(D.WHY, named(each)) for each in WHYS),
    ]
    return Page(_("Command cards of the bench"), tuple(map(face, cards)))


def reception_page() -> Page:
    """What is said of a parcel and of what lay in it, with the commands that are needed there."""
    commands = (D.DONE, D.NEXT, D.PRINT, D.PHOTO)
    cards = [*(Card(deed) for deed in commands), *arrival_cards.cards()]
    return Page(_("Reception"), tuple(face(Card(card.deed, named(card.value))) for card in cards))


def family_page(family: str) -> Page:
    """Symptoms, components, causes, works and tests of a family."""
    home, name = house(), vocabulary.family(family)
    terms = home.rulebook.newest
    parts = terms.families.get(family, ())
    causes = {cause for part in parts for cause in terms.causes_of(family, part)}
    cards = [
        *(Card(D.SYMPTOM, each) for each in symptoms_for(parts)), *(Card(D.COMPONENT, each) for each in parts),
        *(Card(D.CAUSE, short) for short, cause in CAUSE_CODES.items() if cause in causes),
        *(Card(D.WORK, each) for each in actions_for(parts)), *(Card(D.TEST, named(each)) for each in tests_for(home.brand, family)),
        *(Card(deed) for deed in WITH_FAMILY), *(Card(D.CHECK, code) for code, line in home.brand.goods.checks.items() if family in line.families),
    ]  # fmt: skip
    return Page(name, tuple(face(Card(card.deed, named(card.value)) if card.value else card) for card in cards))


def parts_page(parts: Iterable[Part]) -> Page:
    """What becomes of an old part, and the parts in stock."""
    fates = (face(Card(D.OLD, named(each))) for each in OLD_PARTS)
    faces = (Face(Card(D.PART, part.code).text(), part.code, part.name) for part in parts)
    return Page(_("Spare parts"), (*fates, *faces))


def places_page(places: Iterable[str]) -> Page:
    """Shelves and trays; a place whose name a card cannot hold is left out."""
    kept = (place for place in places if named(place) == place.upper())
    return Page(_("Places"), tuple(Face(Card(D.PLACE, place).text(), place.upper()) for place in kept))


def people_page(people: Iterable[tuple[int, str]]) -> Page:
    """The lab's people: such a card hands the open ticket to one of them."""
    return Page(_("Hand to"), tuple(Face(Card(D.TO, str(number)).text(), name) for number, name in people))
