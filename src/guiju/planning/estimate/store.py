"""How long trials' answers took, read in bounded queries."""

from collections.abc import Sequence

from sqlalchemy import Connection, func, select

from guiju.annotations import annotation_table, round_table
from guiju.planning.estimate.model import Pace

MOST_ROUNDS = 20
LEAST_MS, MOST_MS = 200, 3_600_000
"""What is shorter is a slip of the hand, what is longer a lunch."""


def trial_paces(connection: Connection, project_ids: Sequence[int]) -> list[Pace]:
    """A pace for each annotator of the newest trials: a trial has few items, whatever the project has."""
    if not project_ids:
        return []
    r, a = round_table.c, annotation_table.c
    trials = (
        select(r.id).where(r.project_id.in_(project_ids), r.kind == "trial").order_by(r.id.desc()).limit(MOST_ROUNDS)
    )
    rounds = [row.id for row in connection.execute(trials)]
    if not rounds:
        return []
    timed = (a.round_id.in_(rounds), a.active_ms.between(LEAST_MS, MOST_MS), a.revision == 1)
    told = select(func.count(), func.avg(a.active_ms)).where(*timed).group_by(a.project_id, a.annotator_id)
    return [Pace(int(count), float(mean) / 1000) for count, mean in connection.execute(told)]
