"""The words of every code: families, components, symptoms, causes, work, papers, contents, condition, tests, pictures."""

from __future__ import annotations

from collections.abc import Mapping

from service_center.core.i18n import Later, later
from service_center.tickets.models import Channel
from service_center.tickets.vocabulary import CAUSE_CODES, Accessory, Action, PhotoSubject, Symptom
from service_center.warranty.vocabulary import Card, Cause, Evidence, Proof, Seller, Tampering


def _said(words: Mapping[str, Later], code: str) -> str:
    """The word for a code; one that only another brand's files know is shown as they call it."""
    known = words.get(code)
    return str(known) if known else code.replace("_", " ").capitalize()


_FAMILIES: dict[str, Later] = {"watch": later("Watch"), "smartwatch": later("Smartwatch"), "jewel": later("Jewel")}


def family(name: str) -> str:
    """What kind of thing it is."""
    return _said(_FAMILIES, name)


def family_letter(name: str) -> str:
    """One letter for labels: it tells the lab, and nobody who looks at the parcel."""
    return name[:1].upper()


_COMPONENTS: dict[str, Later] = {
    "antenna": later("Antenna"),
    "battery": later("Watch battery"),
    "battery_cell": later("Rechargeable battery"),
    "bezel": later("Bezel"),
    "bracelet": later("Bracelet"),
    "buckle": later("Buckle"),
    "button": later("Button"),
    "cable": later("Charging cable"),
    "case": later("Watch case"),
    "case_back": later("Case back"),
    "chain": later("Chain"),
    "charger": later("Charger"),
    "charging_circuit": later("Charging circuit"),
    "clasp": later("Clasp"),
    "coil": later("Coil"),
    "crown": later("Crown"),
    "dial": later("Dial"),
    "display": later("Display"),
    "electronic_module": later("Electronic module"),
    "enamel": later("Enamel"),
    "firmware": later("Firmware"),
    "gaskets": later("Gaskets"),
    "glass": later("Glass"),
    "hands": later("Hands"),
    "jump_ring": later("Jump ring"),
    "link": later("Chain link"),
    "mainboard": later("Mainboard"),
    "movement": later("Movement"),
    "pendant": later("Pendant"),
    "plating": later("Plating"),
    "pushers": later("Pushers"),
    "sensors": later("Sensors"),
    "setting": later("Stone setting"),
    "silicone": later("Silicone"),
    "speaker_microphone": later("Speaker or microphone"),
    "spring_bars": later("Spring bars"),
    "stone": later("Stone or crystal"),
    "strap": later("Strap"),
    "touch": later("Touch panel"),
    "vibration_motor": later("Vibration motor"),
}


def component(name: str) -> str:
    """The part that failed."""
    return _said(_COMPONENTS, name)


_SYMPTOMS: dict[str, Later] = {
    Symptom.DEAD: later("Does not work"),
    Symptom.INTERMITTENT: later("Stops now and then"),
    Symptom.GAINS_OR_LOSES: later("Gains or loses time"),
    Symptom.BATTERY_FLAT: later("Battery flat"),
    Symptom.DRAINS_FAST: later("Drains fast"),
    Symptom.DOES_NOT_CHARGE: later("Does not charge"),
    Symptom.DATE_STUCK: later("Date does not change"),
    Symptom.CROWN_OR_BUTTON_STUCK: later("Crown or button stuck"),
    Symptom.HANDS_LOOSE: later("Hands loose or out of line"),
    Symptom.GLASS_BROKEN: later("Glass broken or scratched"),
    Symptom.MOISTURE: later("Mist or water inside"),
    Symptom.STRAP_BROKEN: later("Strap or bracelet broken"),
    Symptom.CLASP_FAULTY: later("Clasp faulty"),
    Symptom.STONE_MISSING: later("Stone or crystal fallen out"),
    Symptom.PLATING_OR_OXIDATION: later("Plating worn or oxidised"),
    Symptom.CHAIN_BROKEN: later("Chain or link broken"),
    Symptom.DISPLAY_DEAD: later("Display dark or with lines"),
    Symptom.TOUCH_DEAD: later("Touch does not answer"),
    Symptom.PAIRING: later("Bluetooth or app trouble"),
    Symptom.SENSOR_OR_VIBRATION: later("Sensor or vibration trouble"),
    Symptom.OVERHEATS_OR_SWELLS: later("Gets hot or swells"),
    Symptom.SKIN_REACTION: later("Skin reaction"),
    Symptom.NOISE: later("Noise"),
    Symptom.PART_MISSING: later("A part is missing"),
    Symptom.OTHER: later("Something else"),
}


def symptom(code: str) -> str:
    """What the customer notices."""
    return _said(_SYMPTOMS, code)


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


_WORK: dict[str, Later] = {
    Action.BATTERY: later("Battery replaced"),
    Action.MOVEMENT_REPLACED: later("Movement replaced"),
    Action.MOVEMENT_SERVICED: later("Movement serviced and cleaned"),
    Action.GASKETS: later("Gaskets replaced"),
    Action.WATER_TEST: later("Water resistance tested"),
    Action.GLASS: later("Glass replaced"),
    Action.CROWN: later("Crown and stem"),
    Action.HANDS_OR_DATE_ALIGNED: later("Hands or date aligned"),
    Action.STRAP: later("Strap, links or spring bars"),
    Action.CLASP: later("Clasp repaired or replaced"),
    Action.STONES_SET: later("Stones set or glued"),
    Action.SOLDERED: later("Soldering or jump ring"),
    Action.POLISHED: later("Polished and cleaned"),
    Action.DISPLAY: later("Display or touch replaced"),
    Action.MAINBOARD: later("Mainboard replaced"),
    Action.BATTERY_CELL: later("Rechargeable battery replaced"),
    Action.FIRMWARE_RESET: later("Firmware updated or reset"),
    Action.REPLACED_IDENTICAL: later("Replaced by the same product"),
    Action.REPLACED_EQUIVALENT: later("Replaced by one of equal or greater value"),
    Action.RETURNED_UNREPAIRED: later("Returned unrepaired"),
    Action.SCRAPPED: later("Scrapped with consent"),
    Action.CHECKED_AND_ADJUSTED: later("Checked and adjusted"),
}


def work(code: str) -> str:
    """What the bench does, A01 to A22."""
    return _said(_WORK, code)


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


_ACCESSORIES: dict[str, Later] = {
    Accessory.BOX: later("box"),
    Accessory.BOOKLET: later("booklet"),
    Accessory.CARD: later("guarantee card"),
    Accessory.LINKS: later("spare links"),
    Accessory.CHARGER: later("charger"),
    Accessory.CABLE: later("charging cable"),
    Accessory.STRAP: later("second strap"),
    Accessory.POUCH: later("pouch"),
}


def accessory(code: str) -> str:
    """What came with the item, as in a list."""
    return _said(_ACCESSORIES, code)


_ZONES: dict[str, Later] = {
    "glass": later("glass"),
    "bezel": later("bezel"),
    "case": later("case"),
    "back": later("back"),
    "crown": later("crown"),
    "strap": later("strap"),
    "clasp": later("clasp"),
}


def zone(code: str) -> str:
    """A zone of the item, as in a list."""
    return _said(_ZONES, code)


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


_TESTS: dict[str, Later] = {
    "battery_voltage": later("Battery voltage"),
    "consumption": later("Consumption"),
    "rate": later("Rate"),
    "dry_pressure": later("Pressure, dry, 3 bar"),
    "charging_current": later("Charging current"),
    "battery_capacity": later("Battery capacity"),
    "clasp_cycles": later("Clasp, opened and closed"),
}


def bench_test(name: str) -> str:
    """A test of the bench; a brand may have others of its own."""
    return _said(_TESTS, name)


_UNITS: dict[str, Later] = {"s/d": later("s/d")}


def unit(code: str) -> str:
    """A test's unit; most are the same in every language."""
    known = _UNITS.get(code)
    return str(known) if known else code


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
}


def photo_stage(code: str) -> str:
    """When a photograph was taken, for its caption."""
    return _said(_STAGES, code)
