"""Files of a page that comes back with an error: stored once, signed, and carried by the page, so that nobody photographs twice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields, replace
from datetime import timedelta
from typing import Any

from flask import current_app, request
from itsdangerous import BadData, URLSafeTimedSerializer

from service_center.core import limits
from service_center.core.errors import Refused
from service_center.core.house import house
from service_center.core.uploads import Kept, receive_all
from service_center.tickets.services.opening import NewPhoto
from service_center.tickets.vocabulary import PhotoSubject

LASTS = timedelta(days=1)


@dataclass(frozen=True)
class Held:
    """Stored files by the question that they answer; the names are the form's."""

    receipt: tuple[Kept, ...] = ()
    card_photo: tuple[Kept, ...] = ()
    photos: tuple[Kept, ...] = ()

    def papers(self) -> tuple[Kept, ...]:
        """What belongs to the proof of purchase."""
        return (*self.receipt, *self.card_photo)

    def pictures(self) -> tuple[NewPhoto, ...]:
        """What shows the item: the first one its front."""
        return tuple(
            NewPhoto.of(kept, (PhotoSubject.DETAIL if number else PhotoSubject.FRONT).value)
            for number, kept in enumerate(self.photos)
        )

    def counted(self) -> dict[str, int]:
        """How many are kept, by question."""
        return {name: len(files) for name, files in vars(self).items()}

    def fingerprints(self) -> list[str]:
        """Of everything that was sent."""
        return [kept.sha256 for kept in (*self.papers(), *self.photos)]


def receive(carried: str) -> tuple[Held, list[Refused]]:
    """The files that the page carried and those chosen now; what was refused is told beside its question."""
    held, refused = _read(carried), []
    for question in _questions():
        try:
            new = receive_all(
                request.files.getlist(question), house().storage, field=question, pdf=question != "photos"
            )
            together = (*getattr(held, question), *new)
            if len(together) > limits.FILES_A_QUESTION:
                raise Refused("too_many_files", field=question, number=limits.FILES_A_QUESTION)
            held = replace(held, **{question: together})
        except Refused as no:
            refused.append(no)
    return held, refused


def sign(held: Held) -> str:
    """What the page carries; empty for nothing."""
    return str(_signer().dumps(asdict(held))) if held.fingerprints() else ""


def _read(carried: str) -> Held:
    """What we signed within a day; anything else is nothing."""
    try:
        raw: dict[str, list[dict[str, Any]]] = _signer().loads(carried, max_age=int(LASTS.total_seconds()))
    except BadData:
        return Held()
    return Held(**{question: tuple(Kept(**each) for each in raw[question]) for question in _questions()})


def _questions() -> Iterator[str]:
    return (field.name for field in fields(Held))


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(str(current_app.secret_key), salt="held files")
