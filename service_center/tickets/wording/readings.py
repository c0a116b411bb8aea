"""Both readings of the terms for each doubt: what is asked, why it can be covered, why it can be denied."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from service_center.core.i18n import Later, day, later
from service_center.tickets.doubts import Question, questions
from service_center.tickets.wording import vocabulary
from service_center.tickets.wording.verdicts import Rule, rules

Q = Question


@dataclass(frozen=True)
class Reading:
    """One doubt in words: the question, the two answers with their reasons, the clauses, and what is advised."""

    question: str
    cover: str
    deny: str
    advice: str
    clauses: tuple[Rule, ...]


_WORDS: dict[Question, tuple[Later, Later, Later, Later]] = {
    Q.CARD_LATER: (
        later("Receipt of %(bought)s, card of %(card)s: which day is the day of purchase?"),
        later("The card is dated later and the repair was asked for within 24 months of it; a doubt between the brand's own documents is read for the customer."),
        later("The receipt is the stronger document: by its date the guarantee ended on %(last)s, before the request."),
        later("Ask the shop which day is right; if it does not know, a courtesy."),
    ),
    Q.CARD_EARLIER: (
        later("Receipt of %(bought)s, card of %(card)s: which day is the day of purchase?"),
        later("The receipt is the stronger document: by its date the guarantee lasts until %(last)s, and the request is in time."),
        later("By the card's date the 24 months were over when the repair was asked for; a receipt may be of another sale."),
        later("Ask the shop which day is right; the receipt is the stronger document."),
    ),
    Q.REGISTRATION: (
        later("Late by the purchase, in time by the registration of %(registered)s: which counts?"),
        later("The brand's own answers say “from the registration or the purchase”: a guarantee binds as it is advertised, and doubt is read for the customer."),
        later("The terms count from the purchase, and registering is optional: it lengthens nothing. The guarantee ended on %(last)s."),
        later("Do it as a courtesy, or cover it."),
    ),
    Q.RETAILER_ENTRY: (
        later("The shop noted the request a few days after the last day: did the customer ask in time?"),
        later("What counts is the day on which the customer handed it in; a shop that writes it down late does not cost the customer the guarantee."),
        later("No dated slip shows an earlier day: by what is on record the request came after %(last)s."),
        later("Ask the shop for the dated slip."),
    ),
    Q.CARRIER_IN_TIME: (
        later("It came without a request, but the courier took it in time: does that day count?"),
        later("The courier's day shows that the customer acted within the guarantee."),
        later("The terms count the request, and none was made before %(last)s; the parcel's own day is the weakest evidence."),
        later("Do it as a courtesy, or cover it."),
    ),
    Q.REPAIRED_BEFORE: (
        later("The same part was repaired here before: is this our own work that failed?"),
        later("The lab answers for its own work: what failed again was not put right the first time."),
        later("A repair neither lengthens nor restarts the guarantee, which ended on %(last)s; this fault may have another cause."),
        later("Compare with the earlier report, then decide."),
    ),
    Q.DEALER_BATTERY: (
        later("A retailer changed the battery: does the guarantee fall with that?"),
        later("An authorised retailer's simple change with a proper cell did no harm: it is no tampering."),
        later("It was opened outside the service network: by the letter of the terms the whole guarantee falls."),
        later("Cover it where the cell is of the right kind and nothing is damaged."),
    ),
    Q.SECOND_HAND: (
        later("Bought second-hand with the first owner's receipt: does the guarantee go with it?"),
        later("The guarantee is on the item, and the receipt of the new item is here and in time."),
        later("The terms speak of the consumer who bought the product new: whoever bought it used has no claim."),
        later("A person decides; the receipt must be the original one."),
    ),
    Q.STATEMENT: (
        later("No receipt, but a bank statement and the shop's confirmation: is that proof enough?"),
        later("Together they show day, seller and amount: the law takes any proof of purchase."),
        later("The terms ask for the receipt; a statement does not say what was bought."),
        later("Cover it where the shop's confirmation names the item."),
    ),
    Q.WATER_WITHIN: (
        later("Water inside a marked item that was used within its limits: whose fault is it?"),
        later("The exclusion of liquids does not hold for marked items: one that leaks without a knock, an opening or chemicals was not tight, which is a fault of manufacture."),
        later("The terms say that damage by water that gets in is not covered; a knock, a pulled crown or a perished gasket lets it in."),
        later("Look at the dry pressure test and the gaskets: a leak without outer cause is covered, otherwise not."),
    ),
    Q.WORN_MOVEMENT: (
        later("Wear inside the movement within 24 months: damage to a mechanical part, or wear?"),
        later("The brand promises all damage to movement and battery free of charge for two years."),
        later("Normal wear is excluded by the terms, whatever the part."),
        later("Cover it: the wider promise is the one that binds."),
    ),
    Q.CELL: (
        later("The battery cell failed early, without wear: is it an internal electronic component?"),
        later("A cell is built in and electronic: it can be read as an internal component, and it did not wear out."),
        later("The terms name display, touch and internal electronics only; the cell is not named."),
        later("A person decides; the legal guarantee may cover it in any case."),
    ),
    Q.FIRMWARE: (
        later("A fault of the firmware: is that an internal component?"),
        later("Without its firmware the electronics do not work, and writing it anew costs nothing."),
        later("The terms speak of components: a programme is none."),
        later("Cover it: writing it anew is free."),
    ),
    Q.TRANSPORT: (
        later("It was damaged on its way: who carries that?"),
        later("It was on its way for us: it is free for the customer, and the courier is asked to pay."),
        later("It was badly packed by the sender: the courier does not pay, and it is no fault of manufacture."),
        later("Free for the customer; claim it from the courier."),
    ),
    Q.UNDETERMINED: (
        later("The cause could not be found: fault of manufacture or not?"),
        later("Nothing points to a knock, to wear or to misuse: within the guarantee the doubt is read for the customer."),
        later("The guarantee covers faults of material and manufacture, and none was found."),
        later("A person looks at the item and decides."),
    ),
    Q.DENIED: (
        later("Our own shop sold it, and the legal guarantee still runs: does the denial stand?"),
        later("As its seller we answer for faults that were there at delivery: in the first year they are presumed to have been."),
        later("The fault came about by use, not by manufacture: the photographs and readings show it."),
        later("Record what was decided as the seller; the customer keeps the legal guarantee either way."),
    ),
    Q.LATE: (
        later("It is late by the dates: is it done all the same?"),
        later("As a courtesy: the terms do not ask for it, the customer was only just late."),
        later("The guarantee ended on %(last)s: the request came after that day."),
        later("A courtesy where it is only a few days."),
    ),
    Q.OTHER_FACTS: (
        later("The facts changed after somebody decided: does the decision hold on the new ones?"),
        later("On the new facts it is still to be covered."),
        later("On the new facts it is not covered."),
        later("Compare the facts, then decide again."),
    ),
    Q.REFUSED_REPLACEMENT: (
        later("The customer refused the replacement: what now?"), later("Repair it, or offer another."), later("It goes back as it is."), later("Talk to the customer first."),
    ),
    Q.COVERED: (
        later("The rules cover it: does it stay so?"), later("The rules say so."), later("Something shows that the cause is another."), later("Overrule it only with evidence."),
    ),
}  # fmt: skip


def readings(part: Mapping[str, Any], whole: Mapping[str, Any], claim: Mapping[str, Any]) -> list[Reading]:
    """What is asked about one finding or about dates and papers, with the clauses that disagree."""
    facts = {
        "bought": _day(claim.get("purchased_on")), "card": _day(claim.get("card_dated_on")),
        "registered": _day(claim.get("registered_on")), "last": _day(whole.get("last_covered_day")),
    }  # fmt: skip
    clauses = rules(part.get("rules", ()), whole.get("terms") or "")
    asked = questions(part, claim)
    worded = ([words % facts for words in _WORDS[each]] for each in asked)
    return [Reading(question, cover, deny, advice, clauses) for question, cover, deny, advice in worded]


def question(about: Question) -> Later:
    """What is asked, where it needs no date."""
    return _WORDS[about][0]


def asked(part: Mapping[str, Any], whole: Mapping[str, Any], claim: Mapping[str, Any]) -> tuple[str, str]:
    """For lists: the component, where it is about one, and the first question."""
    component = part.get("component")
    return vocabulary.component(component) if component else "", readings(part, whole, claim)[0].question


def _day(iso: str | None) -> str:
    return day(date.fromisoformat(iso)) if iso else "–"
