"""The dated slip that a shop hands out with the item: proof of the day, and the way to follow it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from reportlab.platypus import Flowable, KeepTogether

from service_center.core.i18n import _, moment, pgettext
from service_center.core.paper import A5
from service_center.documents.layout import Letterhead, Rule, build, columns, heading, inner, panel, space, words


@dataclass(frozen=True)
class Slip:
    """What was asked or handed in, when, by whom and where; the PIN is known only when the ticket is opened."""

    head: Letterhead
    requested_at: datetime
    customer: str
    item: str
    symptoms: str
    said: str = ""
    telephone: str = ""
    serial: str = ""
    accessories: str = ""
    shop: str = ""
    shop_address: str = ""
    clerk: str = ""
    reference: str = ""
    purchase: str = ""
    pin: str = ""
    promise: str = ""
    handed_in: bool = True


def draw(facts: Slip) -> bytes:
    """The slip as a PDF, A5."""
    width = inner(A5)
    person = ((_("Handed in by") if facts.handed_in else _("Asked by"), facts.customer), (pgettext("paper", "Telephone"), facts.telephone), (pgettext("paper", "Shop"), facts.shop), ("", facts.shop_address),
              (pgettext("paper", "Taken by"), facts.clerk), (pgettext("paper", "Shop's reference"), facts.reference))  # fmt: skip
    thing = ((pgettext("paper", "Item"), facts.item), (pgettext("paper", "Serial number"), facts.serial), (pgettext("paper", "Came with"), facts.accessories),
             (pgettext("paper", "Purchase"), facts.purchase), (pgettext("paper", "Reported"), facts.symptoms))  # fmt: skip
    stamp = panel(
        moment(facts.requested_at),
        _("Day and time of the request: this is the day that counts for the guarantee."),
        "work",
        width,
    )
    story = [
        words(_("Receipt for an item handed in") if facts.handed_in else _("Receipt of a request"), 17, bold=True),
        space(2),
        stamp,
        space(4),
        columns((person, thing), width),
    ]
    if facts.said:
        story += [*heading(_("In the customer's words")), words(_("“%(words)s”", words=facts.said), 9)]
    story += [*heading(_("Follow the repair")), words(facts.head.scan, 9.5, bold=True)]
    if facts.pin:
        pin = f"{facts.pin[:3]} {facts.pin[3:]}"
        story.append(words(_("With the code above and this PIN: %(pin)s. Keep it to yourself.", pin=pin), 9.5))
    if facts.promise:
        story += [space(1), words(facts.promise, 8, quiet=True)]
    if facts.handed_in:
        story += [space(5), KeepTogether(_signature())]
    return build(facts.head, pgettext("paper", "Hand-over slip") if facts.handed_in else _("Request slip"), story, A5)


def _signature() -> list[Flowable]:
    """Who hands an item over signs for it."""
    return [
        words(pgettext("paper", "Customer's signature"), 8, quiet=True),
        space(10),
        Rule(0.5),
        space(1.5),
        words(_("Bring this slip when you collect the item."), 8, quiet=True),
    ]
