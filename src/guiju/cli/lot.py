"""Lots from the command line: draw, judge from a file, decide, resubmit, show."""

import csv
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Annotated, TypeVar

import msgspec
import typer

from guiju.cli.common import emit, house_and_actor, noun, words_of
from guiju.inspection import (
    DEFECT_NAMES,
    STRICTNESS_NAMES,
    BadVerdictFile,
    DefectType,
    Finding,
    LotReport,
    Outcome,
    Scope,
    Terms,
    Weight,
    decide_lot,
    draw_each,
    draw_lot,
    get_lot,
    judge,
    list_lots,
    resubmit_lot,
)
from guiju.inspection.api import place_answer, report_answer, row_answer
from guiju.inspection.disputes import (
    DisputeRuling,
    DisputeState,
    list_disputes,
    list_my_findings,
    raise_dispute,
    reopen_lot,
    rule_dispute,
)
from guiju.inspection.disputes.api import disputed_answer, my_finding_answer
from guiju.inspection.disputes.model import DISPUTE_NAMES
from guiju.inspection.streams import StreamAct, StreamKey, decide_stream, list_streams
from guiju.inspection.streams.api import stream_answer
from guiju.kit import N_, PageRequest, new_id
from guiju.stats.acceptance.tables105e import Severity

app = noun("Lots: draw a sample, judge it, accept or reject.")

Known = TypeVar("Known", bound=StrEnum)
Project = Annotated[int, typer.Argument(help="The project's number.")]
LotId = Annotated[int, typer.Argument(help="The lot's id, as “lot draw” and “lot show” print it.")]


@app.command()
def draw(
    ctx: typer.Context,
    project: Project,
    aql: Annotated[float | None, typer.Option(help="Acceptance quality limit in % (default: the brief's).")] = None,
    level: Annotated[str | None, typer.Option(help="Inspection level (default: the brief's).")] = None,
    severity: Annotated[Severity | None, typer.Option(help="How strict (default: by the lots before).")] = None,
    round_id: Annotated[int | None, typer.Option("--round", help="Only what this round resolved.")] = None,
    size: Annotated[int | None, typer.Option(min=1, help="At most so many items.")] = None,
    each: Annotated[bool, typer.Option("--each", help="A lot for each annotator whose work waits.")] = False,
) -> None:
    """Put what waits for inspection into a lot and draw its sample."""
    with house_and_actor(ctx) as (house, actor):
        if each:
            terms = Terms(size, aql, level, severity)
            drawn = draw_each(house, actor, project, new_id(), round_id=round_id, terms=terms)
            emit(ctx, {"lots": drawn.lots, "stopped": drawn.stopped}, "\n".join(map(str, drawn.lots)))
            return
        lot_id = draw_lot(
            house, actor, project, new_id(), round_id=round_id, size=size, aql=aql, level=level, severity=severity
        )
        _show(ctx, get_lot(house, actor, project, lot_id))


@app.command()
def show(
    ctx: typer.Context, project: Project, lot: Annotated[int | None, typer.Argument(help="The lot's id.")] = None
) -> None:
    """Show a lot with its sample, or the project's lots."""
    with house_and_actor(ctx) as (house, actor):
        if lot is not None:
            _show(ctx, get_lot(house, actor, project, lot))
            return
        rows = list_lots(house, actor, project, PageRequest(200)).rows
        t = words_of(ctx)
        lines = [
            f"{row.lot.id}\t{row.lot.number}\t{t(row.lot.state_name)}\t{row.tally.judged}/{row.tally.n}" for row in rows
        ]
        emit(ctx, [row_answer(row) for row in rows], "\n".join(lines))


@app.command("judge")
def judge_file(
    ctx: typer.Context,
    project: Project,
    lot: LotId,
    file: Annotated[
        Path, typer.Argument(help="CSV: item,outcome,type,severity,clause,note.", exists=True, dir_okay=False)
    ],
) -> None:
    """Give verdicts from a CSV file, each line one item of the sample."""
    with house_and_actor(ctx) as (house, actor):
        findings = list(read_findings(file))
        for item, finding in findings:
            judge(house, actor, project, lot, item, new_id(), finding)
        _show(ctx, get_lot(house, actor, project, lot))


@app.command()
def decide(
    ctx: typer.Context,
    project: Project,
    lot: LotId,
    only_defects: Annotated[
        bool, typer.Option("--only-defects", help="Send back only what was found defective.")
    ] = False,
) -> None:
    """Accept or reject the lot by its plan."""
    with house_and_actor(ctx) as (house, actor):
        decide_lot(house, actor, project, lot, new_id(), scope=Scope.DEFECTS if only_defects else Scope.ALL)
        _show(ctx, get_lot(house, actor, project, lot))


@app.command()
def resubmit(ctx: typer.Context, project: Project, lot: LotId) -> None:
    """Bring a rejected lot again after its rework."""
    with house_and_actor(ctx) as (house, actor):
        _show(ctx, get_lot(house, actor, project, resubmit_lot(house, actor, project, lot, new_id())))


@app.command()
def findings(ctx: typer.Context, project: Project) -> None:
    """Show what inspectors found wrong with your own answers."""
    with house_and_actor(ctx) as (house, actor):
        rows = list_my_findings(house, actor, project, PageRequest(200)).rows
        t = words_of(ctx)
        lines = [
            f"{row.lot_id}\t{row.item_id}\t{t(DEFECT_NAMES[row.finding.defect_type])}\t{row.finding.clause or ''}"
            f"\t{t(row.dispute.state_name) if row.dispute else ''}"
            for row in rows
            if row.finding.defect_type
        ]
        emit(ctx, [my_finding_answer(row) for row in rows], "\n".join(lines))


@app.command()
def dispute(
    ctx: typer.Context,
    project: Project,
    lot: LotId,
    item: Annotated[int, typer.Argument(help="The item's number.")],
    reason: Annotated[str, typer.Argument(help="Why it is no defect.")],
) -> None:
    """Hold that what was found on your answer is no defect."""
    with house_and_actor(ctx) as (house, actor):
        number = raise_dispute(house, actor, project, lot, item, request_id=new_id(), reason=reason)
        emit(ctx, {"dispute": number}, str(number))


@app.command()
def disputes(ctx: typer.Context, project: Project) -> None:
    """Show the disputes that wait for a ruling."""
    with house_and_actor(ctx) as (house, actor):
        rows = list_disputes(house, actor, project, [DisputeState.OPEN], PageRequest(200)).rows
        lines = [f"{row.dispute.id}\t{row.dispute.lot_id}\t{row.dispute.item_id}\t{row.dispute.reason}" for row in rows]
        emit(ctx, [disputed_answer(row) for row in rows], "\n".join(lines))


@app.command()
def rule(
    ctx: typer.Context,
    project: Project,
    dispute_id: Annotated[int, typer.Argument(metavar="DISPUTE", help="As “lot disputes” prints it.")],
    text: Annotated[str, typer.Argument(help="The ruling.")],
    withdraw: Annotated[bool, typer.Option("--withdraw/--confirm", help="Withdraw the defect, or confirm it.")],
    clause: Annotated[str | None, typer.Option(help="The clause it rests on.")] = None,
    gap: Annotated[bool, typer.Option("--gap", help="The rules leave the case open.")] = False,
) -> None:
    """Rule on a dispute."""
    with house_and_actor(ctx) as (house, actor):
        said = DisputeRuling(withdraw, text, clause, gap)
        state = rule_dispute(house, actor, project, dispute_id, said, request_id=new_id())
        emit(ctx, {"state": state.value}, words_of(ctx)(DISPUTE_NAMES[state]))


@app.command()
def reopen(ctx: typer.Context, project: Project, lot: LotId) -> None:
    """Take a rejection back that withdrawn defects no longer carry."""
    with house_and_actor(ctx) as (house, actor):
        reopen_lot(house, actor, project, lot, request_id=new_id())
        _show(ctx, get_lot(house, actor, project, lot))


@app.command()
def streams(ctx: typer.Context, project: Project) -> None:
    """Show how strictly lots are inspected, and why."""
    with house_and_actor(ctx) as (house, actor):
        found, t = list_streams(house, actor, project), words_of(ctx)
        how = [STOPPED if one.state.discontinued else STRICTNESS_NAMES[one.state.severity] for one in found]
        lines = [
            f"{one.key.annotator_id or '-'}\t{one.name or '-'}\t{t(strictly)}\t{one.because.spoken(t)}"
            for one, strictly in zip(found, how, strict=True)
        ]
        emit(ctx, [stream_answer(one) for one in found], "\n".join(lines))


@app.command()
def stream(
    ctx: typer.Context,
    project: Project,
    act: Annotated[StreamAct, typer.Argument(help="Let a stopped stream go on, or allow reduced inspection or not.")],
    reason: Annotated[str, typer.Argument(help="What was improved, or why.")],
    annotator: Annotated[int | None, typer.Option(help="Whose lots (default: everybody's).")] = None,
) -> None:
    """Decide about a stream of lots."""
    with house_and_actor(ctx) as (house, actor):
        decide_stream(house, actor, StreamKey(project, annotator), act, reason=reason, request_id=new_id())
        emit(ctx, {"act": act.value}, act.value)


STOPPED = N_("stopped")
NO_ITEM = N_("“{value}” is not an item's number")
NOT_ONE_OF = N_("“{value}” is not one of {known}")


def read_findings(file: Path) -> Iterator[tuple[int, Finding]]:
    """`(item, finding)` of each line. Raises `BadVerdictFile` with the line."""
    with file.open(encoding="utf-8-sig", newline="") as lines:
        for line, row in enumerate(csv.DictReader(lines), 2):
            yield _finding({key: (value or "").strip() for key, value in row.items() if isinstance(key, str)}, line)


def _finding(row: dict[str, str], line: int) -> tuple[int, Finding]:
    item = row.get("item", "")
    if not item.isdecimal():
        raise BadVerdictFile(line=line, reason=NO_ITEM.format(value=item))
    outcome = _one_of(Outcome, row.get("outcome", ""), line)
    kind, severity = row.get("type"), row.get("severity")
    return int(item), Finding(
        outcome,
        _one_of(DefectType, kind, line) if kind else None,
        _one_of(Weight, severity, line) if severity else None,
        row.get("clause") or None,
        row.get("note") or None,
    )


def _one_of(known: type[Known], value: str, line: int) -> Known:
    try:
        return known(value)
    except ValueError as error:
        reason = NOT_ONE_OF.format(value=value, known=", ".join(str(one.value) for one in known))
        raise BadVerdictFile(line=line, reason=reason) from error


def _show(ctx: typer.Context, report: LotReport) -> None:
    t, lot, tally = words_of(ctx), report.lot, report.tally
    said = [
        t(
            "Lot {number} (id {id}): {state}. {n} of {lot} are looked at: "
            "accepted at {accept}, rejected from {reject} defective.",
            number=lot.number,
            id=lot.id,
            state=t(lot.state_name),
            n=lot.plan.n,
            lot=lot.plan.lot,
            accept=lot.plan.accept,
            reject=lot.plan.reject,
        ),
        t("{judged} judged, {defective} defective.", judged=tally.judged, defective=tally.defective),
    ]
    if lot.reason:
        said.append(t(lot.reason.sentence, **lot.reason.details))
    sample = [place_answer(place) for place in report.sample]
    answer = {**msgspec.to_builtins(report_answer(report)), "sample": msgspec.to_builtins(sample)}
    emit(ctx, answer, " ".join(said))
