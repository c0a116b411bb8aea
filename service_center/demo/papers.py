"""Papers for the demo: a receipt that a machine has read, and the same photograph sent again by somebody else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

from PIL import Image, ImageDraw, ImageFont
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from service_center.core.house import House
from service_center.core.i18n import civil_day
from service_center.core.uploads import Kept, receive
from service_center.proofs.models import ProofFile
from service_center.proofs.services import attach
from service_center.tickets.lifecycle import Status
from service_center.tickets.models import Ticket

WIDE, TALL, LEFT, STEP = 900, 1280, 90, 62
SLIP = (
    "GIOIELLERIA ESEMPIO", "Corso Trieste 41 - 81100 CASERTA", "P.IVA 12345678903", "DOCUMENTO COMMERCIALE", "di vendita o prestazione",
    "OROLOGIO OPSPW-482            89,00", "BRACCIALE OPSBR-7             39,00", "TOTALE COMPLESSIVO           128,00", "Pagamento elettronico        128,00",
    "Carta **** 4417", "{day}  {time}", "DOCUMENTO N. {number}", "Cambio merce entro il {exchange}",
)  # fmt: skip


@dataclass
class _Sent:
    """A photograph as a form sends it."""

    filename: str | None
    content: bytes

    def read(self, size: int = -1) -> bytes:
        return self.content[: size if size >= 0 else None]


def show(session: Session, house: House) -> None:
    """One ticket in the lab gets a receipt with its reading, another one the same photograph from a messenger."""
    wanted = (Status.RECEIVED, Status.DIAGNOSING)
    found = [_one(session, status) for status in wanted]
    if None in found:
        return
    first, second = (ticket for ticket in found if ticket is not None)
    shot, reading = _slip(first)
    for ticket, quality, side in ((second, 52, 900), (first, 88, TALL)):
        _hang(session, ticket, _sent(shot, quality, side, house), reading, house)


def _one(session: Session, status: Status) -> Ticket | None:
    return session.scalars(
        select(Ticket).where(Ticket.status == status, Ticket.proof_id.is_not(None)).options(joinedload(Ticket.proof)).order_by(Ticket.id)
    ).first()  # fmt: skip


def _hang(session: Session, ticket: Ticket, kept: Kept, reading: dict[str, Any], house: House) -> None:
    if ticket.proof is None:
        return
    for old in session.scalars(select(ProofFile).where(ProofFile.proof_id == ticket.proof.id)):
        session.delete(old)
    [file] = attach(session, ticket.proof, [kept], now=house.now())
    file.reading, file.read_at = reading, house.now()
    session.flush()


def _sent(shot: Image.Image, quality: int, side: int, house: House) -> Kept:
    small, out = shot.copy(), BytesIO()
    small.thumbnail((side, side))
    small.save(out, "JPEG", quality=quality)
    return receive(_Sent("scontrino.jpg", out.getvalue()), house.storage, field="files")


def _slip(ticket: Ticket) -> tuple[Image.Image, dict[str, Any]]:
    """The receipt of this ticket's purchase, and what a machine reads on it."""
    bought = ticket.proof.purchased_on if ticket.proof and ticket.proof.purchased_on else civil_day(ticket.requested_at)
    number = (ticket.proof.number if ticket.proof else "") or "0412-0037"
    facts = {
        "day": f"{bought:%d-%m-%Y}",
        "time": "18:22",
        "number": number,
        "exchange": f"{bought + timedelta(days=30):%d/%m/%Y}",
    }
    shot = Image.linear_gradient("L").rotate(90).resize((WIDE, TALL)).point(lambda v: 90 + v * 0.2).convert("RGB")
    pen = ImageDraw.Draw(shot)
    pen.rectangle((50, 60, WIDE - 120, TALL - 90), fill=(247, 244, 236))
    boxes = {}
    for place, words in enumerate(SLIP):
        at = (LEFT, 120 + place * STEP)
        pen.text(at, words.format(**facts), fill=(62, 60, 58), font=ImageFont.load_default(32))
        boxes[place] = _box(pen.textbbox(at, words.format(**facts), font=ImageFont.load_default(32)))
    return shot, _reading(bought, facts, boxes)


def _box(edges: tuple[float, float, float, float]) -> list[int]:
    left, top, right, bottom = edges
    left, top, right, bottom = left - 8, top - 10, right + 8, bottom + 4
    return [
        round(left * 1000 / WIDE),
        round(top * 1000 / TALL),
        round((right - left) * 1000 / WIDE),
        round((bottom - top) * 1000 / TALL),
    ]


def _reading(bought: Any, facts: dict[str, str], boxes: dict[int, list[int]]) -> dict[str, Any]:
    exchange = datetime.strptime(facts["exchange"], "%d/%m/%Y").date()  # noqa: DTZ007 — a civil day
    return {
        "engine": "rapidocr", "document": "receipt", "is_proof": True, "why_not": None,
        "dates": [
            {"value": bought.isoformat(), "time": facts["time"], "box": boxes[10], "text": facts["day"], "score": 0.94, "why": "with_time"},
            {"value": exchange.isoformat(), "time": None, "box": boxes[12], "text": facts["exchange"], "score": 0.12, "why": "exchange"},
        ],
        "seller": {"value": "Gioielleria Esempio", "box": boxes[0]}, "vat_number": {"value": "12345678903", "box": boxes[2]},
        "number": {"value": facts["number"], "box": boxes[11]}, "total_cents": {"value": 12800, "box": boxes[7]},
        "lines": [{"text": "Orologio OPSPW-482", "quantity": 1, "total_cents": 8900, "ean": ""}, {"text": "Bracciale OPSBR-7", "quantity": 1, "total_cents": 3900, "ean": ""}],
        "masks": [boxes[9]],
    }  # fmt: skip
