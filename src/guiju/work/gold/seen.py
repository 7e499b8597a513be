"""How far a round with known answers is, as somebody sees it who must not tell them from the others."""

from collections.abc import Sequence

from sqlalchemy import Connection, func, select

from guiju.annotations import find_annotator
from guiju.work import store as queue
from guiju.work.gold import store
from guiju.work.model import RoundProgress, SlotState
from guiju.work.tables import slot as slot_table

_s = slot_table.c


def progress_seen_by(connection: Connection, round_ids: Sequence[int], account_id: int) -> dict[int, RoundProgress]:
    """As everybody sees it; of a round with known answers one's own part alone, these among it, and whether anything
    waits (1) or nothing (0): what all did would grow with every other item but them.
    """
    seen = queue.progress_of_rounds(connection, round_ids)
    policies = store.policies_of(connection, round_ids)
    annotator_id = find_annotator(connection, account_id) if policies else None
    for round_id, gold in policies.items():
        counts = select(_s.state, func.count()).where(
            _s.annotator_id == annotator_id, _s.round_id.in_([round_id, gold.gold_round_id])
        )
        mine = {row[0]: row[1] for row in connection.execute(counts.group_by(_s.state))}
        done = mine.get(SlotState.DONE.value, 0) + mine.get(SlotState.SEALED.value, 0)
        waits = int(seen[round_id].open > 0)
        seen[round_id] = RoundProgress(round_id, waits, mine.get(SlotState.LEASED.value, 0), done)
    return seen
