"""What lies in the bank of a project only for its address: a contradiction, a consent with its signed paper."""

from guiju.bank.consents import store as consents
from guiju.bank.contradicting import store as contradictions
from guiju.bank.contradicting.model import Said
from guiju.storage import Tx
from tests.support.cast import Cast


def contradiction_of(cast: Cast) -> int:
    """Two deposits of the project that are said to contradict each other."""
    sides = [Said(number, 1, "", "", 1, cast.project, "customer", "", {}) for number in (1, 2)]

    def write(tx: Tx) -> int:
        made = contradictions.insert_case(tx, 1)
        contradictions.put_sides(tx, made, sides, {})
        return made

    return cast.house.write(write)


def papered_consent(cast: Cast) -> int:
    """A consent to the bank, with its signed paper."""
    key = cast.house.blobs.put(b"%PDF-1.7")
    told = {"purpose": "training", "words": "agreed", "document": "contract", "looked_through": False, "until": None}

    def write(tx: Tx) -> int:
        whose = {"project_id": cast.project, "customer": "", "given_by": cast.lin.id}
        made = consents.insert_consent(tx, **whose, **told)
        consents.set_paper(tx, made, key, "signed.pdf")
        return made

    return cast.house.write(write)
