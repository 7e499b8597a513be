"""SQL of the decisions taken at trials' gates."""

from dataclasses import dataclass

from sqlalchemy import Connection, select

from guiju.annotations import round_table
from guiju.work import tables as t


@dataclass(frozen=True, slots=True)
class GateDecision:
    """A trial's gate as it was decided; `reason` is signed when it was overridden."""

    round_id: int
    rulebook_id: int
    number: int
    measure: str
    figure: float
    at_least: float
    passed: bool
    reason: str | None
    decided_by: int
    at: int


def list_gate_decisions(connection: Connection, project_id: int) -> list[GateDecision]:
    """The project's gate decisions, oldest first."""
    d = t.gate_decision.c
    found = (
        select(d.round_id, round_table.c.rulebook_id, round_table.c.number, d.measure, d.figure, d.at_least, d.passed)
        .add_columns(d.reason, d.decided_by, d.at)
        .join_from(t.gate_decision, round_table, round_table.c.id == d.round_id)
        .where(d.project_id == project_id)
        .order_by(d.id)
    )
    return [GateDecision(*row) for row in connection.execute(found)]
