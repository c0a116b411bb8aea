"""The words of every code: those of the brand's goods from its files, those that are the same everywhere from here."""

from __future__ import annotations

from collections.abc import Mapping

from service_center.core.goods import Goods, Words
from service_center.core.house import house
from service_center.core.i18n import Later, language, later
from service_center.tickets.models import Channel
from service_center.tickets.vocabulary import CAUSE_CODES, PhotoSubject
from service_center.warranty.vocabulary import Card, Cause, Evidence, Proof, Seller, Tampering


def _said(words: Mapping[str, Later], code: str) -> str:
    """The word for a code that is the same for every brand."""
    known = words.get(code)
    return str(known) if known else _as_called(code)


def _worded(words: Mapping[str, Words], code: str) -> str:
    """The word for a code of this brand's goods."""
    known = words.get(code)
    return known[language()] if known else _as_called(code)


def _as_called(code: str) -> str:
    """A code that nothing has words for any more, as a row of the past may have it."""
    return code.replace("_", " ").capitalize()


def _goods() -> Goods:
    return house().brand.goods


def family(name: str) -> str:
    """What kind of thing it is."""
    known = _goods().families.get(name)
    return known.words[language()] if known else _as_called(name)


def model_example() -> str:
    """What a model's code looks like here."""
    return _goods().model_example


def family_icon(name: str) -> str:
    """The drawing of a family."""
    known = _goods().families.get(name)
    return known.icon if known else "part"


def family_letter(name: str) -> str:
    """One letter for labels: it tells the lab, and nobody who looks at the parcel."""
    known = _goods().families.get(name)
    return known.letter if known else name[:1].upper()


def component(name: str) -> str:
    """The part that failed."""
    return _worded(_goods().components, name)


def symptom(code: str) -> str:
    """What the customer notices."""
    known = _goods().symptoms.get(code)
    return known.words[language()] if known else _as_called(code)


_CAUSES: dict[str, Later] = {
    Cause.MATERIAL_DEFECT: later("Material defect"),
    Cause.MANUFACTURING_DEFECT: later("Manufacturing defect"),
    Cause.BATTERY_END_OF_LIFE: later("Natural end of the battery"),
    Cause.WEAR: later("Normal wear"),
    Cause.AGEING: later("Natural ageing or oxidation"),
    Cause.IMPACT: later("Knock or fall"),
    Cause.MISUSE: later("Misuse or lack of care"),
    Cause.CHEMICALS: later("Chemicals, perfume or cosmetics"),
    Cause.LIQUID_UNMARKED: later("Liquid in an item that is not water resistant"),
    Cause.LIQUID_BEYOND_LIMITS: later("Liquid, beyond the limits of use"),
    Cause.LIQUID_WITHIN_LIMITS: later("Liquid, within the limits of use"),
    Cause.TRANSPORT_DAMAGE: later("Damaged in transport"),
    Cause.FIRMWARE: later("Firmware fault"),
    Cause.NO_FAULT_FOUND: later("No fault found"),
    Cause.UNDETERMINED: later("Not determined yet"),
}


def cause(code: str) -> str:
    """Why it failed."""
    return _said(_CAUSES, code)


def cause_code(cause: str) -> str:
    """The short code of a cause (`C02`), for the bench; empty for one without."""
    return next((short for short, known in CAUSE_CODES.items() if known == cause), "")


def work(code: str) -> str:
    """What the bench does."""
    known = _goods().work.get(code)
    return known.words[language()] if known else _as_called(code)


_PROOFS: dict[str, Later] = {
    Proof.NONE: later("no proof"),
    Proof.ILLEGIBLE: later("illegible proof"),
    Proof.RECEIPT: later("receipt"),
    Proof.INVOICE: later("invoice or order confirmation"),
    Proof.GIFT_RECEIPT: later("gift receipt"),
    Proof.REGISTRATION_ONLY: later("registration only"),
    Proof.STATEMENT_AND_CONFIRMATION: later("bank statement and shop's confirmation"),
}


def proof_kind(code: str) -> str:
    """The proof of purchase, as in a list."""
    return _said(_PROOFS, code)


_CARDS: dict[str, Later] = {
    Card.COMPLETE: later("complete and stamped"),
    Card.UNSTAMPED: later("not stamped"),
    Card.INCOMPLETE: later("not filled in completely"),
    Card.ABSENT: later("not there"),
}


def card_state(code: str) -> str:
    """The guarantee card, as in a list."""
    return _said(_CARDS, code)


_SELLERS: dict[str, Later] = {
    Seller.OWN_SHOP: later("our web shop"),
    Seller.AUTHORISED_RETAILER: later("authorised retailer"),
    Seller.UNLISTED_RETAILER: later("retailer that is not authorised"),
    Seller.MARKETPLACE: later("marketplace"),
    Seller.UNKNOWN: later("not known"),
}


def seller(code: str) -> str:
    """Who sold the item, as in a list."""
    return _said(_SELLERS, code)


_TAMPERING: dict[str, Later] = {
    Tampering.NONE: later("no signs"),
    Tampering.OPENED_BY_THIRD_PARTY: later("opened by others"),
    Tampering.UNAUTHORISED_REPAIR: later("repaired outside the network"),
    Tampering.FOREIGN_PARTS: later("parts that are not original"),
    Tampering.DEALER_BATTERY_CHANGE: later("battery changed by a retailer"),
}


def tampering(code: str) -> str:
    """What others did to the item."""
    return _said(_TAMPERING, code)


_EVIDENCE: dict[str, Later] = {
    Evidence.OWN_CONTACT: later("contact that we recorded"),
    Evidence.RETAILER_SLIP: later("the shop's dated slip"),
    Evidence.RETAILER_ENTRY: later("entered by the shop afterwards"),
    Evidence.ARRIVAL: later("arrival of the parcel"),
}


def evidence(code: str) -> str:
    """What fixes the day of the request (R08)."""
    return _said(_EVIDENCE, code)


_CHANNELS: dict[Channel, Later] = {
    Channel.WEB: later("website"),
    Channel.RETAILER: later("shop"),
    Channel.COUNTER: later("counter"),
    Channel.PHONE: later("telephone"),
    Channel.EMAIL: later("by e-mail"),
    Channel.WHATSAPP: later("WhatsApp"),
    Channel.ARRIVAL: later("unannounced parcel"),
}


def channel(way: Channel) -> str:
    """How somebody asked."""
    return str(_CHANNELS[way])


def accessory(code: str) -> str:
    """What came with the item, as in a list."""
    return _worded(_goods().accessories, code)


def zone(code: str) -> str:
    """A zone of the item, as in a list."""
    return _worded(_goods().zones, code)


_GRADES: dict[str, Later] = {
    "A": later("like new"),
    "B": later("light marks"),
    "C": later("visible wear"),
    "D": later("damaged"),
    "E": later("broken or incomplete"),
}


def grade(letter: str) -> str:
    """What a grade from A to E means."""
    return _said(_GRADES, letter)


_OLD_PARTS: dict[str, Later] = {
    "recycled": later("old part: recycled"),
    "returned": later("old part: returned"),
    "analysed": later("old part: being analysed"),
}


def old_part(code: str) -> str:
    """What became of the part that came out (domain B.7)."""
    return _said(_OLD_PARTS, code)


def bench_test(name: str) -> str:
    """A test of the bench."""
    return _worded(_goods().tests, name)


def check(name: str) -> str:
    """A line of the check lists."""
    known = _goods().checks.get(name)
    return known.words[language()] if known else _as_called(name)


_ANSWERS: dict[str, Later] = {
    "ok": later("In order"),
    "not_ok": later("Not in order"),
    "not_there": later("Not there"),
}


def check_answer(code: str) -> str:
    """What was answered to a check."""
    return _said(_ANSWERS, code)


_SEALS: dict[str, Later] = {
    "intact": later("intact"),
    "broken": later("broken"),
    "missing": later("missing"),
    "reopened": later("opened again by us"),
}


def seal_found(code: str) -> str:
    """What a seal looked like when the item came again."""
    return _said(_SEALS, code)


def unit(code: str) -> str:
    """A test's unit; most are the same in every language."""
    known = _goods().units.get(code)
    return known[language()] if known else code


def units(code: str) -> list[str]:
    """Every way in which people write a unit, the reader's own first."""
    return list(dict.fromkeys([unit(code), code, *_goods().units.get(code, {}).values()]))


_SUBJECTS: dict[str, Later] = {
    PhotoSubject.PARCEL: later("parcel"),
    PhotoSubject.FRONT: later("front"),
    PhotoSubject.BACK: later("back"),
    PhotoSubject.SIDE: later("side"),
    PhotoSubject.CLASP: later("clasp"),
    PhotoSubject.SERIAL: later("serial number"),
    PhotoSubject.DETAIL: later("detail"),
    PhotoSubject.INSIDE: later("inside"),
    PhotoSubject.CONTENTS: later("contents"),
    PhotoSubject.CARD: later("guarantee card"),
    PhotoSubject.RECEIPT: later("receipt"),
}


def photo_subject(code: str) -> str:
    """What a photograph shows, for its caption."""
    return _said(_SUBJECTS, code)


_STAGES: dict[str, Later] = {
    "asked": later("with the request"),
    "reception": later("on arrival"),
    "bench": later("on the bench"),
    "test": later("at the final checks"),
    "complaint": later("with a complaint"),
}


def photo_stage(code: str) -> str:
    """When a photograph was taken, for its caption."""
    return _said(_STAGES, code)
