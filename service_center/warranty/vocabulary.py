"""The words of claims and verdicts that are the same for every brand; families and components belong to the terms."""

from __future__ import annotations

from enum import StrEnum


class Seller(StrEnum):
    """Who sold the item; card and stamp are asked only of shops (R12)."""

    OWN_SHOP = "own_shop"
    AUTHORISED_RETAILER = "authorised_retailer"
    UNLISTED_RETAILER = "unlisted_retailer"
    MARKETPLACE = "marketplace"
    UNKNOWN = "unknown"


class Evidence(StrEnum):
    """What fixes the day of the request, best first (R08)."""

    OWN_CONTACT = "own_contact"
    RETAILER_SLIP = "retailer_slip"
    RETAILER_ENTRY = "retailer_entry"
    ARRIVAL = "arrival"


class Proof(StrEnum):
    """The proof of purchase that we hold (R10, R11)."""

    NONE = "none"
    ILLEGIBLE = "illegible"
    RECEIPT = "receipt"
    INVOICE = "invoice"
    GIFT_RECEIPT = "gift_receipt"
    REGISTRATION_ONLY = "registration_only"
    STATEMENT_AND_CONFIRMATION = "statement_and_confirmation"


class Card(StrEnum):
    """The state of the guarantee card (R12)."""

    COMPLETE = "complete"
    UNSTAMPED = "unstamped"
    INCOMPLETE = "incomplete"
    ABSENT = "absent"


class Tampering(StrEnum):
    """What others did to the item before it came to us (R25)."""

    NONE = "none"
    OPENED_BY_THIRD_PARTY = "opened_by_third_party"
    UNAUTHORISED_REPAIR = "unauthorised_repair"
    FOREIGN_PARTS = "foreign_parts"
    DEALER_BATTERY_CHANGE = "dealer_battery_change"


class Cause(StrEnum):
    """Why a component failed, as the technician finds it."""

    MATERIAL_DEFECT = "material_defect"
    MANUFACTURING_DEFECT = "manufacturing_defect"
    BATTERY_END_OF_LIFE = "battery_end_of_life"
    WEAR = "wear"
    AGEING = "ageing"
    IMPACT = "impact"
    MISUSE = "misuse"
    CHEMICALS = "chemicals"
    LIQUID_UNMARKED = "liquid_unmarked"
    LIQUID_BEYOND_LIMITS = "liquid_beyond_limits"
    LIQUID_WITHIN_LIMITS = "liquid_within_limits"
    TRANSPORT_DAMAGE = "transport_damage"
    FIRMWARE = "firmware"
    NO_FAULT_FOUND = "no_fault_found"
    UNDETERMINED = "undetermined"


class VerdictValue(StrEnum):
    """The answer; MIXED only as the headline of findings that differ."""

    COVERED = "COVERED"
    NOT_COVERED = "NOT_COVERED"
    PENDING_DOCS = "PENDING_DOCS"
    AMBIGUOUS = "AMBIGUOUS"
    INVALID_INPUT = "INVALID_INPUT"
    MIXED = "MIXED"


class Reason(StrEnum):
    """Why not covered, in the order of the steps; PROOF is the ticket's to give, never the rule book's (R11)."""

    WINDOW = "WINDOW"
    VOID = "VOID"
    COMPONENT = "COMPONENT"
    CAUSE = "CAUSE"
    CARD = "CARD"
    PROOF = "PROOF"


class Need(StrEnum):
    """A missing thing that holds a claim up, in the order in which they are named."""

    PROOF = "proof"
    SELLER = "seller"
    CARD = "card"
    STAMP = "stamp"
    CARD_FIELDS = "card_fields"


class Advice(StrEnum):
    """What the rule book recommends to the person who decides, or to the bench."""

    COVER = "cover"
    CARRIER_CLAIM = "carrier_claim"
    RETURN_TESTED = "return_tested"
    ASK_RETAILER = "ask_retailer"
    GOODWILL = "goodwill"
    DECIDE = "decide"


class Doubt(StrEnum):
    """An ambiguity of dates, which is remembered instead of denying at once (R06–R09, R14)."""

    RETAILER_ENTRY = "retailer_entry"
    CARRIER_IN_TIME = "carrier_in_time"
    REGISTRATION = "registration"
    CARD_LATER = "card_later"
    CARD_EARLIER = "card_earlier"
    REPAIRED_BEFORE = "repaired_before"


class Section(StrEnum):
    """The parts of the rule book, in the order in which it is read."""

    DURATION = "duration"
    PROOF = "proof"
    COVER = "cover"
    RIGHTS = "rights"
    HOUSE = "house"
