"""Papers that were seen before: the same file, a picture that looks the same, the same number of the same seller and day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import Integer, Select, cast, func, literal, null, or_, select, union_all
from sqlalchemy.orm import Session, aliased

from service_center.core.likeness import ALIKE, apart, near
from service_center.core.uploads import Kept
from service_center.proofs.models import ProofFile, ProofLook, ProofOfPurchase


class Why(StrEnum):
    """By what a paper was found again, the surest first."""

    FILE = "file"
    NUMBER = "number"
    PICTURE = "picture"
    LINE = "line"


@dataclass(frozen=True)
class Twin:
    """Another proof that may be the same paper; the files show where they are alike."""

    proof_id: int
    why: Why
    mine: int | None = None
    theirs: int | None = None


def twins(session: Session, proof: ProofOfPurchase, files: Sequence[ProofFile]) -> list[Twin]:
    """Other proofs that may be this paper, in one question to the indexes however many there are."""
    rows = session.execute(union_all(_same_file(proof.id), _look_alike(proof.id, files), *_same_number(proof)))
    own = {each.id: each for each in files}
    found: dict[tuple[int, Why], Twin] = {}
    for row in rows:
        why, mine = Why(row.why), row.mine
        if why is Why.PICTURE:
            mine = _nearest(row.likeness, own.values())
            if mine is None or _told_apart(proof, own[mine], row):
                continue
        found.setdefault((row.proof_id, why), Twin(row.proof_id, why, mine, row.theirs))
    return sorted(found.values(), key=lambda each: (list(Why).index(each.why), each.proof_id))


def seen_before(session: Session, kept: Iterable[Kept], *, besides: int | None = None) -> bool:
    """Whether somebody sent one of these papers before; nothing is told about whom."""
    new = list(kept)
    if not new:
        return False
    others = ProofFile.proof_id != besides if besides is not None else literal(value=True)
    same = select(literal("file").label("why"), ProofFile.likeness).where(
        others, ProofFile.sha256.in_({each.sha256 for each in new})
    )
    alike = (
        select(literal("picture").label("why"), ProofFile.likeness)
        .join(ProofLook, ProofLook.file_id == ProofFile.id)
        .where(others, ProofLook.piece.in_(_quarters(each.likeness for each in new)))
    )
    rows = session.execute(union_all(same, alike)).all()
    return any(row.why == "file" or any(apart(row.likeness, each.likeness) <= ALIKE for each in new) for row in rows)


def _same_file(proof_id: int) -> Select[*tuple[Any, ...]]:
    mine, theirs = aliased(ProofFile), aliased(ProofFile)
    return (
        select(
            literal(Why.FILE.value).label("why"), theirs.proof_id.label("proof_id"), mine.id.label("mine"), theirs.id.label("theirs"),
            theirs.likeness.label("likeness"), literal("").label("number"), literal("").label("day"), literal(value=False).label("checked"),
        )
        .select_from(mine)
        .join(theirs, theirs.sha256 == mine.sha256)
        .where(mine.proof_id == proof_id, theirs.proof_id != proof_id)
    )  # fmt: skip


def _look_alike(proof_id: int, files: Sequence[ProofFile]) -> Select[*tuple[Any, ...]]:
    number, day = ProofFile.reading["number"]["value"].as_string(), ProofFile.reading["dates"][0]["value"].as_string()
    return (
        select(
            literal(Why.PICTURE.value), ProofFile.proof_id, cast(null(), Integer), ProofFile.id, ProofFile.likeness,
            func.coalesce(func.nullif(ProofOfPurchase.number, ""), number, ""), func.coalesce(day, ""), ProofOfPurchase.checked_at.is_not(None),
        )
        .join(ProofLook, ProofLook.file_id == ProofFile.id)
        .join(ProofOfPurchase, ProofOfPurchase.id == ProofFile.proof_id)
        .where(ProofFile.proof_id != proof_id, ProofLook.piece.in_(_quarters(each.likeness for each in files)))
        .distinct()
    )  # fmt: skip


def _same_number(proof: ProofOfPurchase) -> list[Select[*tuple[Any, ...]]]:
    other = aliased(ProofOfPurchase)
    sellers = [
        *([other.vat_number == proof.vat_number] if proof.vat_number else []),
        *([other.shop_id == proof.shop_id] if proof.shop_id is not None else []),
        *([func.lower(other.seller_name) == proof.seller_name.lower()] if proof.seller_name else []),
    ]
    if not (proof.number and proof.purchased_on and sellers):
        return []
    asked = select(
        literal(Why.NUMBER.value), other.id, cast(null(), Integer), cast(null(), Integer), literal(""), other.number, literal(""),
        other.checked_at.is_not(None),
    )  # fmt: skip
    same = (other.number == proof.number, other.purchased_on == proof.purchased_on, or_(*sellers))
    return [asked.where(other.id != proof.id, *same)]


def _quarters(hashes: Iterable[str]) -> set[str]:
    return {piece for each in hashes for piece in near(each)}


def _nearest(likeness: str, files: Iterable[ProofFile]) -> int | None:
    """Which of our files a picture is a copy of."""
    close = [(apart(likeness, each.likeness), each.id) for each in files]
    distance, file_id = min(close, default=(64, 0))
    return file_id if distance <= ALIKE else None


def _told_apart(proof: ProofOfPurchase, mine: ProofFile, row: Any) -> bool:
    """They only look alike: people read other numbers on them, or a machine another number and another day."""
    number, day = proof.number or _read(mine, "number"), _read(mine, "dates")
    if not number or not row.number or number == row.number:
        return False
    return bool(proof.checked_at is not None and row.checked) or bool(day and row.day and day != row.day)


def _read(file: ProofFile, name: str) -> str:
    """What a machine read, the best first; empty where it read nothing."""
    found = file.reading.get(name)
    best = (found[0] if found else None) if isinstance(found, list) else found
    return str(best["value"]) if best else ""
