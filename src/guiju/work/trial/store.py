"""SQL of a trial: what was answered, what was wanted of whom, the gate's decision."""

from collections import Counter

from sqlalchemy import Connection, func, insert, select

from guiju.annotations import annotation_table, current_annotations
from guiju.kinds import Answer, decode_answers
from guiju.rulings import gold_answers
from guiju.storage import Tx
from guiju.work import tables as t
from guiju.work.model import SlotState
from guiju.work.trial.model import GateDecision, GateReading, Given


def load_given(connection: Connection, round_id: int) -> list[Given]:
    """Every annotation that holds in the round. Equal answers are decoded once."""
    known: dict[str, dict[str, Answer]] = {}
    found: list[Given] = []
    for row in current_annotations(connection, round_id):
        answers = known.get(row.answers)
        if answers is None:
            answers = known[row.answers] = decode_answers(row.answers)
        cited = tuple(filter(None, (row.clauses or "").split(",")))
        found.append(Given(row.item_id, row.annotator_id, answers, row.active_ms, cited))
    return found


def load_gold(connection: Connection, project_id: int, given: list[Given]) -> dict[int, dict[str, Answer]]:
    """The right answers that are known of the items answered."""
    wanted = sorted({one.item_id for one in given})
    return {item: decode_answers(raw) for item, raw in gold_answers(connection, project_id, wanted).items()}


def last_annotation(connection: Connection, round_id: int) -> int:
    """The newest annotation of the round, 0 before the first: what a report was computed from."""
    newest = select(func.max(annotation_table.c.id)).where(annotation_table.c.round_id == round_id)
    return int(connection.execute(newest).scalar() or 0)


def wanted_of(connection: Connection, round_id: int) -> dict[int, int]:
    """How many answers the queue wants of each annotator; empty for imported work, which has no queue."""
    slots = (
        select(t.slot.c.reserved, t.slot.c.annotator_id, func.count())
        .where(t.slot.c.round_id == round_id, t.slot.c.state <= SlotState.SEALED.value)
        .group_by(t.slot.c.reserved, t.slot.c.annotator_id)
    )
    wanted: Counter[int] = Counter()
    for reserved, annotator_id, count in connection.execute(slots):
        if (who := annotator_id or max(reserved, 0)) > 0:
            wanted[who] += count
    return dict(wanted)


def find_decision(connection: Connection, round_id: int) -> GateDecision | None:
    d = t.gate_decision.c
    found = select(d.round_id, d.measure, d.figure, d.at_least, d.passed, d.reason, d.decided_by, d.at)
    row = connection.execute(found.where(d.round_id == round_id)).first()
    return GateDecision(*row) if row else None


def has_slots(connection: Connection, round_id: int) -> bool:
    """Whether the round's answers were wanted here; work that was brought in has no queue."""
    return connection.execute(select(t.slot.c.id).where(t.slot.c.round_id == round_id).limit(1)).first() is not None


def insert_decision(
    tx: Tx, project_id: int, round_id: int, reading: GateReading, *, reason: str | None, decided_by: int
) -> int:
    """Write the decision down. `reading.figure` is there: a gate without one is never decided."""
    values: dict[str, object] = {
        "project_id": project_id,
        "round_id": round_id,
        "measure": reading.measure,
        "figure": reading.figure,
        "at_least": reading.at_least,
        "passed": reading.passed,
        "reason": reason,
        "decided_by": decided_by,
        "at": tx.at,
    }
    return tx.insert(insert(t.gate_decision), values)
