"""The quality report: what was inspected and found, which gates were passed or overridden, what is still open.

It holds no time and no internal id: equal states give equal bytes, on whatever machine and database.
"""

from collections.abc import Sequence
from typing import Protocol

import msgspec

from guiju.cleaning.personal import KIND_NAMES, PersonalKind
from guiju.delivery.personal import Personal
from guiju.inspection import DEFECT_NAMES, LOT_STATE_NAMES, STRICTNESS_NAMES, WEIGHT_NAMES, DefectCount, LotRow
from guiju.kit import N_, Words
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


class GateResult(msgspec.Struct, frozen=True):
    trial: int
    measure: str
    figure: float
    at_least: float
    passed: bool
    override_reason: str | None


class Inspected(msgspec.Struct, frozen=True):
    """Over all accepted lots."""

    lots: int
    judged: int
    defective: int
    rate: float | None
    interval: tuple[float, float]


class Report(msgspec.Struct, frozen=True):
    """`inspected` sums the lots' last submissions: accepted ones, each judged by its own plan."""

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


def render_report(report: Report, languages: Sequence[Words]) -> bytes:
    """The report as Markdown, once in each language."""
    return "\n\n---\n\n".join(_render(report, words) for words in languages).encode() + b"\n"


def _render(report: Report, t: Words) -> str:
    parts = [_head(report, t), _inspected(report, t), _lots(report, t), _gates(report, t), _open(report, t)]
    return "\n\n".join([*parts, _personal(report, t)])


def _personal(report: Report, t: Words) -> str:
    said = report.personal
    lines = ["## " + t(N_("Personal data")), ""]
    if said is None:
        return "\n".join([*lines, t(N_("Nobody looked for personal data."))])
    lines.append(
        t(N_("{items} of {looked} items say something about a real person."), items=said.items, looked=said.looked)
    )
    if said.unseen:
        lines.append(t(N_("{n} of them are pictures or sounds: of these only the columns were read."), n=said.unseen))
    for one in said.found:
        name = t(KIND_NAMES[PersonalKind(one.kind)])
        places = {"kind": name, "items": one.items, "certain": one.certain, "places": one.places}
        lines.append("- " + t(N_("{kind}: in {items} items; certain in {certain} of {places} places"), **places))
    return "\n".join(lines)


def _head(report: Report, t: Words) -> str:
    lines = [
        "# " + t(N_("Quality report: {project}"), project=report.project),
        "",
        t(N_("- Items delivered: {items}"), items=report.items),
        t(N_("- Rulebook version: {version} (SHA-256 {digest})"), **report.rulebook),
    ]
    if report.include == "all":
        lines.append(t(N_("- Includes items that no accepted lot holds; each line says which.")))
    return "\n".join(lines)


def _inspected(report: Report, t: Words) -> str:
    said = report.inspected
    low, high = said.interval
    sentence = t(
        N_(
            "In {lots} accepted lots {judged} items were looked at and {defective} were defective: "
            "{rate}, 95% interval {low} to {high} (Wilson)."
        ),
        lots=said.lots,
        judged=said.judged,
        defective=said.defective,
        rate=_share(said.rate),
        low=_share(low),
        high=_share(high),
    )
    return "## " + t(N_("Inspection")) + "\n\n" + sentence


def _share(value: object) -> str:
    return f"{value:.2%}" if isinstance(value, float | int) else "–"


def _lots(report: Report, t: Words) -> str:
    names = [N_("Lot"), N_("State"), N_("Items"), N_("Plan"), N_("Defective"), N_("95% interval")]
    lines = ["| " + " | ".join(t(name) for name in names) + " |", "|---|---|---:|---|---:|---:|"]
    lines += [_lot_line(lot, t) for lot in report.lots]
    defects = [_defect_line(lot.number, one, t) for lot in report.lots for one in lot.defects]
    return "\n".join([*lines, *(["", t(N_("Defects found:")), "", *defects] if defects else [])])


def _lot_line(lot: LotResult, t: Words) -> str:
    plan = lot.plan
    strictness = next(name for known, name in STRICTNESS_NAMES.items() if known.value == plan["severity"])
    state = next(name for known, name in LOT_STATE_NAMES.items() if known.value == lot.state)
    planned = f"AQL {plan['aql']}%, n {plan['n']}, Ac {plan['accept']}, Re {plan['reject']}, {t(strictness)}"
    again = t(N_(" (lot {number} again)"), number=lot.resubmits) if lot.resubmits else ""
    low, high = lot.interval
    cells = [f"{lot.number}{again}", t(state), str(plan["lot"]), planned, f"{lot.defective}/{lot.judged}"]
    return "| " + " | ".join([*cells, f"{_share(low)} – {_share(high)}"]) + " |"


def _defect_line(number: int, one: dict[str, object], t: Words) -> str:
    kind = next(name for known, name in DEFECT_NAMES.items() if known.value == one["type"])
    weight = next(name for known, name in WEIGHT_NAMES.items() if known.value == one["severity"])
    clause = f", {one['clause']}" if one["clause"] else ""
    return f"- {t(N_('Lot {number}'), number=number)}: {t(kind)}, {t(weight)}{clause}: {one['items']}"


def _gates(report: Report, t: Words) -> str:
    head = "## " + t(N_("Agreement"))
    if not report.gates:
        return head + "\n\n" + t(N_("No trial's gate was decided."))
    return "\n".join([head, "", *(_gate_line(gate, t) for gate in report.gates)])


def _gate_line(gate: GateResult, t: Words) -> str:
    passed = N_("- Trial {trial}: {measure} {figure}, gate {at_least}: passed.")
    overridden = N_(
        "- Trial {trial}: {measure} {figure}, gate {at_least}: not passed; "
        "overridden with the signed reason “{reason}”."
    )
    failed = N_("- Trial {trial}: {measure} {figure}, gate {at_least}: not passed.")
    said = passed if gate.passed else overridden if gate.override_reason else failed
    places = {"trial": gate.trial, "measure": gate.measure, "figure": f"{gate.figure:.3f}"}
    return t(said, **places, at_least=f"{gate.at_least:.2f}", reason=gate.override_reason or "")


def _open(report: Report, t: Words) -> str:
    said = t(N_("Questions still open: {count}."), count=report.open_questions)
    return "## " + t(N_("Known issues")) + "\n\n" + said
