"""A paper that came in is read when there is time; what was read is kept beside the file as a suggestion, never more."""

from __future__ import annotations

from service_center.core.database import transaction
from service_center.core.errors import NotFound
from service_center.core.house import house
from service_center.core.logs import log
from service_center.outbox.worker import Handler, Job
from service_center.proofs.models import ProofFile
from service_center.proofs.readers.apart import Reader, Unread
from service_center.proofs.readers.suggestion import nothing
from service_center.proofs.services import look_again

_reader = Reader()


def read_proof(job: Job) -> str:
    """Read one file, outside any transaction; one that was erased meanwhile needs no reading."""
    with transaction() as session:
        file = session.get(ProofFile, job.facts["file_id"])
        key = file.storage_key if file is not None else ""
    if not key:
        return ""
    try:
        content = house().storage.get(key)
    except NotFound:
        return ""
    try:
        reading = _reader.read(content, today=house().today())
    except Unread as fault:
        log.warning("proof_unread", file=job.facts["file_id"], fault=str(fault))
        reading = nothing().as_json()
    with transaction() as session:
        file = session.get(ProofFile, job.facts["file_id"])
        if file is not None:
            file.reading, file.read_at = reading, house().now()
            look_again(session, file)
    return ""


HANDLERS: dict[str, Handler] = {"read_proof": read_proof}
SLOW = frozenset({"read_proof"})
"""A machine reads for seconds, or until its limits stop it: letters do not wait behind that."""
