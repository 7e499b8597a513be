"""Nothing acknowledged is lost when the process is killed in the middle of writing, and nothing is there twice.

`GUIJU_KILLS` says how often on each database; the suite does it three times, the bench twenty.
"""

import os
import random
import signal

from sqlalchemy import func, select

from guiju.storage import House
from guiju.storage.checking import verify
from guiju.storage.tables import journal, receipt
from tests.storage.killed import running, write_once

KILLS = int(os.environ.get("GUIJU_KILLS", "3"))


def test_a_killed_writer_loses_nothing_that_it_acknowledged(house: House) -> None:
    chance = random.Random(20)
    sent: set[str] = set()
    for _ in range(KILLS):
        told = _write_until_killed(house, 0.2 + chance.random() / 3)
        stored = {request_id for word, request_id in told if word == "stored"}
        assert len(stored) > 20, "the writers were killed before they wrote"
        assert stored <= _receipts(house), "an acknowledged write is missing"
        sent |= {request_id for word, request_id in told if word == "sent"}
    assert _counts(house)["rows"] == _counts(house)["receipts"], "a row without its receipt, or the other way round"
    for request_id in sent:  # an outbox sends again what it was not answered
        write_once(house, request_id)
    assert _counts(house) == {"rows": len(sent), "receipts": len(sent)}
    assert verify(house, []).is_whole


def _write_until_killed(house: House, seconds: float) -> list[tuple[str, str]]:
    """What the writers told until they were killed."""
    with running("write", house, seconds) as process:
        assert process.stdout is not None
        told = [line.split() for line in process.stdout if line.endswith("\n")]
    assert process.returncode == -signal.SIGKILL
    return [(word, request_id) for word, request_id in told]


def _receipts(house: House) -> set[str]:
    with house.reading() as connection:
        return set(connection.execute(select(receipt.c.request_id)).scalars())


def _counts(house: House) -> dict[str, int]:
    with house.reading() as connection:
        return {
            "rows": connection.execute(select(func.count()).select_from(journal)).scalar_one(),
            "receipts": connection.execute(select(func.count()).select_from(receipt)).scalar_one(),
        }
