"""What an item is worth and what may take its place: the order of the guarantee's remedies (R26, R27)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from service_center.accounts.actor import Actor
from service_center.accounts.models import Role
from service_center.catalogue.comparing import comparable
from service_center.catalogue.models import Model
from service_center.catalogue.queries import candidates, model_by
from service_center.core.errors import Refused
from service_center.core.house import House
from service_center.proofs.models import ProofLine
from service_center.tickets.models import Ticket

LIST, PAID = "list", "paid"


@dataclass(frozen=True)
class Worth:
    """The value that a substitute must reach, and by what: the list price or the price paid. None: nobody knows."""

    basis: str
    cents: int | None


def original(session: Session, ticket: Ticket) -> Model | None:
    """The model of the item, as it was chosen or as somebody wrote it."""
    if ticket.item.model is not None:
        return ticket.item.model
    first = ticket.item.model_text.split(maxsplit=1)[:1]
    return model_by(session, ticket.item.model_text) or (model_by(session, first[0]) if first else None)


def worth(session: Session, ticket: Ticket, *, house: House) -> Worth:
    """The item's value by the house's own basis; where that is not known, by the other."""
    known = original(session, ticket)
    values = {LIST: known.list_price_cents if known else None, PAID: _paid(session, ticket)}
    order = (PAID, LIST) if house.brand.setting("replacement_basis_paid") else (LIST, PAID)
    basis = next((each for each in order if values[each] is not None), order[0])
    return Worth(basis, values[basis])


def _paid(session: Session, ticket: Ticket) -> int | None:
    """What this one thing cost, as the proof says; the sum of a proof with several lines says nothing."""
    if ticket.proof is None:
        return None
    lines = session.scalars(select(ProofLine).where(ProofLine.proof_id == ticket.proof.id)).all()
    line = next((each for each in lines if each.id == ticket.proof_line_id), lines[0] if len(lines) == 1 else None)
    if line is not None and line.total_cents is not None:
        return line.total_cents // max(line.quantity, 1)
    return ticket.proof.total_cents if not lines else None


def proposed(session: Session, ticket: Ticket, value: Worth) -> list[Model]:
    """What the lab may offer by itself."""
    return candidates(session, ticket.item.family, original(session, ticket), value.cents)


def checked(
    session: Session, ticket: Ticket, model_ids: Sequence[int], by_consent: int | None, *, value: Worth, actor: Actor
) -> list[dict[str, Any]]:
    """The candidates as they are frozen in an offer; raises Refused for one that the guarantee does not allow.

    One of another kind or of less value is a manager's to add, and the customer's to consent to.
    """
    if by_consent is not None and actor.role is not Role.MANAGER:
        raise Refused("replacement_by_manager", field="other")
    known = original(session, ticket)
    ids = list(dict.fromkeys([*model_ids, *([by_consent] if by_consent is not None else [])]))
    found = {model.id: model for model in session.scalars(select(Model).where(Model.id.in_(ids)))}
    frozen = []
    for number in ids:
        model = found.get(number)
        if model is None or not model.current:
            raise Refused("replacement_not_current", field="models")
        objection = _objection(model, known, ticket.item.family, value)
        if objection and number != by_consent:
            raise Refused(objection, field="models", model=model.code)
        frozen.append(_frozen(model, known, value, by_consent=bool(objection)))
    return frozen


def _objection(model: Model, known: Model | None, family: str, value: Worth) -> str | None:
    """Why this model is no replacement under the guarantee (R27)."""
    if known is not None and model.id == known.id:
        return None
    if model.family != family:
        return "replacement_of_another_family"
    if value.cents is None:
        return "replacement_price_unknown"
    if model.list_price_cents is None or model.list_price_cents < value.cents:
        return "replacement_of_less_value"
    if not comparable(known.functions if known else [], model.functions):
        return "replacement_not_comparable"
    return None


def _frozen(model: Model, known: Model | None, value: Worth, *, by_consent: bool) -> dict[str, Any]:
    price = model.list_price_cents
    less = max(0, value.cents - price) if by_consent and value.cents is not None and price is not None else 0
    return {
        "model_id": model.id, "code": model.code, "name": model.name, "family": model.family, "list_price_cents": price,
        "functions": list(model.functions), "same": known is not None and known.id == model.id, "by_consent": by_consent, "refund_cents": less,
    }  # fmt: skip
