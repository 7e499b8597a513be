"""The quality report: what was inspected and found, which gates were passed or overridden, what is still open.

It holds no time and no internal id: equal states give equal bytes, on whatever machine and database.
"""

from collections.abc import Sequence
from typing import Protocol

import msgspec

from guiju.delivery.model import Loss, PartCount
from guiju.delivery.personal import Personal
from guiju.inspection import DefectCount, LotRow
from guiju.inspection.acceptance import SignedRow
from guiju.inspection.acceptance.model import Counted
from guiju.rulebooks import CompiledRulebook
from guiju.stats.intervals import wilson


class LotResult(msgspec.Struct, frozen=True):
    number: int
    state: str
    resubmits: int | None
    plan: dict[str, object]
    judged: int
    defective: int
    rate: float | None
    interval: list[float]
    defects: list[dict[str, object]]
    seed: str = ""


class GateResult(msgspec.Struct, frozen=True):
    trial: int
    measure: str
    figure: float
    at_least: float
    passed: bool
    override_reason: str | None


class AcceptanceResult(msgspec.Struct, frozen=True):
    """What the customer signed by then: `conditions` with their day, and whether they were closed by then."""

    number: int
    decision: str
    name: str
    at: str
    digest: str
    lots: list[int]
    items: int
    ours: Counted
    theirs: Counted
    conditions: list[dict[str, object]]
    reason: str = ""


class Inspected(msgspec.Struct, frozen=True):
    """Over all accepted lots."""

    lots: int
    judged: int
    defective: int
    rate: float | None
    interval: tuple[float, float]


class Report(msgspec.Struct, frozen=True):
    """`inspected` sums the lots' last submissions: accepted ones, each judged by its own plan.

    `versions` counts the items by the rulebook's version that they were answered under; `terms` are the delivery's.
    """

    format: str
    project: str
    customer: str
    rulebook: dict[str, str]
    include: str
    items: int
    lots: list[LotResult]
    inspected: Inspected
    gates: list[GateResult]
    open_questions: int
    personal: Personal | None = None
    versions: dict[str, int] = {}
    terms: dict[str, object] = {}
    parts: tuple[PartCount, ...] = ()
    groups: int = 0
    left_out: dict[str, int] = {}
    changes: dict[str, int] = {}
    losses: tuple[Loss, ...] = ()
    near_searched: bool = True
    acceptances: tuple[AcceptanceResult, ...] = ()


def lot_result(row: LotRow, defects: Sequence[DefectCount], numbers: dict[int, int]) -> LotResult:
    lot, tally = row.lot, row.tally
    return LotResult(
        lot.number,
        lot.state.value,
        numbers.get(lot.resubmits) if lot.resubmits else None,
        lot.plan.to_dict(),
        tally.judged,
        tally.defective,
        _round(tally.rate),
        [round(end, 6) for end in tally.interval],
        [
            {"type": one.defect_type.value, "clause": one.clause, "severity": one.severity.value, "items": one.count}
            for one in defects
        ],
        lot.seed,
    )


def acceptance_result(row: SignedRow, at: int) -> AcceptanceResult:
    """A signed acceptance as it stood at the moment `at`."""
    said = row.statement
    conditions: list[dict[str, object]] = [
        {"text": one.text, "due": one.due.isoformat(), "closed": one.met_at is not None and one.met_at <= at}
        for one in row.conditions
    ]
    return AcceptanceResult(
        said.number,
        said.decision.value,
        said.name,
        said.at,
        row.acceptance.digest or "",
        [lot.number for lot in said.lots],
        said.items,
        said.ours,
        said.theirs,
        conditions,
        said.reason,
    )


def _round(value: float | None) -> float | None:
    return None if value is None else round(value, 6)


class Decided(Protocol):
    """What is read of a gate's decision."""

    @property
    def number(self) -> int: ...
    @property
    def measure(self) -> str: ...
    @property
    def figure(self) -> float: ...
    @property
    def at_least(self) -> float: ...
    @property
    def passed(self) -> bool: ...
    @property
    def reason(self) -> str | None: ...


def gate_result(decision: Decided) -> GateResult:
    figure, at_least = round(decision.figure, 6), round(decision.at_least, 6)
    return GateResult(decision.number, decision.measure, figure, at_least, decision.passed, decision.reason)


def sum_accepted(lots: Sequence[LotResult]) -> Inspected:
    """Defective items among all that were judged in accepted lots, with the Wilson interval of their share."""
    accepted = [lot for lot in lots if lot.state == "accepted"]
    judged, defective = sum(lot.judged for lot in accepted), sum(lot.defective for lot in accepted)
    low, high = wilson(defective, judged)
    rate = round(defective / judged, 6) if judged else None
    return Inspected(len(accepted), judged, defective, rate, (round(low, 6), round(high, 6)))


def rulebook_of(rulebook: CompiledRulebook) -> dict[str, str]:
    return {"version": rulebook.version, "digest": rulebook.digest}
