"""JSON of a draw: what it followed from, and whether it is the same when it is done again."""

import msgspec
from litestar import get
from litestar.params import FromPath
from litestar.response import Response

from guiju.inspection.proof.actions import Proof, export_entries, prove_lot
from guiju.inspection.proof.model import Check
from guiju.kit import iso
from guiju.site import actor_of, house_of, words_of
from guiju.site.guards import AnyRequest


class CheckAnswer(msgspec.Struct):
    check: Check
    holds: bool
    sentence: str
    items: list[int]


class ProofAnswer(msgspec.Struct):
    """`commitment` is SHA-256 of `secret`, and stood in the journal's row `event` at `committed_at`; `contents` is
    SHA-256 of the lot's entries as they are; `seed` is SHA-256 of secret, a zero byte and contents; `sample` follows.
    """

    holds: bool
    commitment: str | None
    event: int | None
    committed_at: str | None
    secret: str | None
    contents: str
    seed: str
    sample: list[int]
    checks: list[CheckAnswer]


def proof_answer(proof: Proof, request: AnyRequest | None = None) -> ProofAnswer:
    said = words_of(request) if request else str
    made = proof.commitment
    return ProofAnswer(
        proof.holds,
        made.commitment if made else None,
        made.event if made else None,
        iso(made.at) if made else None,
        made.secret if made else None,
        proof.contents,
        proof.seed,
        proof.again,
        [CheckAnswer(one.check, one.holds, said(one.sentence), list(one.items[:100])) for one in proof.checks],
    )


@get("/projects/{project_id:int}/lots/{lot_id:int}/proof", sync_to_thread=True)
def get_proof(request: AnyRequest, project_id: FromPath[int], lot_id: FromPath[int]) -> ProofAnswer:
    """Draw the lot's sample again from what is on record, and compare."""
    return proof_answer(prove_lot(house_of(request), actor_of(request), project_id, lot_id), request)


@get("/projects/{project_id:int}/lots/{lot_id:int}/entries", sync_to_thread=True, media_type="text/csv")
def get_entries(request: AnyRequest, project_id: FromPath[int], lot_id: FromPath[int]) -> Response[bytes]:
    """The lot as lines `item,resolution,stratum`: the file whose SHA-256 is the lot's `contents`."""
    file = export_entries(house_of(request), actor_of(request), project_id, lot_id)
    headers = {"Content-Disposition": f'attachment; filename="lot-{lot_id}.csv"'}
    return Response(file, media_type="text/csv", headers=headers)


API = [get_proof, get_entries]
