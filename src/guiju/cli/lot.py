"""Lots from the command line: draw, judge from a file, decide, resubmit, show."""

from pathlib import Path
from typing import Annotated

import msgspec
import typer

from guiju.briefs import Sampling
from guiju.cli.common import emit, house_and_actor, noun, words_of
from guiju.cli.inspecting import account_of
from guiju.cli.plan import point
from guiju.cli.verdicts import read_findings
from guiju.inspection import (
    DEFECT_NAMES,
    LotReport,
    Pool,
    Scope,
    Split,
    Terms,
    decide_lot,
    draw_from,
    draw_lots,
    export_entries,
    get_lot,
    judge,
    list_lots,
    prove_lot,
    resubmit_lot,
)
from guiju.inspection.api import place_answer, report_answer, row_answer
from guiju.inspection.causes import By, Of, Where, chart_shares, weigh_causes
from guiju.inspection.causes.api import causes_answer, chart_answer
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
from guiju.inspection.plans.telling import describe_plan
from guiju.inspection.proof.api import proof_answer
from guiju.inspection.rework import NotAReworker, ReworkTo, To
from guiju.inspection.strata import By as Groups
from guiju.inspection.strata import Share, Stratify
from guiju.inspection.unfolding import unfold
from guiju.kit import PageRequest, bilingual, new_id
from guiju.planning.amendments import Written, list_amendments, write_amendment
from guiju.planning.amendments.api import amendment_answer
from guiju.stats.acceptance.tables105e import Severity
from guiju.stats.control.signals import RULE_NAMES

app = noun("Lots: draw a sample, judge it, accept or reject.")

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
    split: Annotated[Split | None, typer.Option(help="A lot for each annotator, source or day.")] = None,
    several: Annotated[bool, typer.Option("--several", help="All that waits, in lots of about --size.")] = False,
    annotator: Annotated[int | None, typer.Option(help="Only this annotator's work.")] = None,
    source: Annotated[int | None, typer.Option(help="Only items of this source.")] = None,
    day: Annotated[str | None, typer.Option(help="Only what was resolved on this day: 2026-11-22.")] = None,
    sampling: Annotated[Sampling | None, typer.Option("--type", help="Way of sampling (default: the brief's).")] = None,
    critical: Annotated[float | None, typer.Option(help="AQL of critical defects; 0: none is accepted.")] = None,
    minor: Annotated[float | None, typer.Option(help="AQL of minor defects; 0: counted with the major ones.")] = None,
    prp: Annotated[str | None, typer.Option(metavar="P,PA", help="Accept the share P with probability PA.")] = None,
    crp: Annotated[str | None, typer.Option(metavar="P,PA", help="Accept the share P with PA at most.")] = None,
    rate: Annotated[float | None, typer.Option(help="Share of the lot that a fixed rate looks at.")] = None,
    allowed: Annotated[float | None, typer.Option(help="Share of these that may be defective.")] = None,
    most: Annotated[int | None, typer.Option(help="One after the other ends after so many.")] = None,
    by: Annotated[Groups | None, typer.Option(help="Draw the sample group by group.")] = None,
    share: Annotated[Share, typer.Option(help="How places are shared out among the groups.")] = Share.PROPORTIONAL,
) -> None:
    """Put what waits for inspection into a lot, or into several, and draw the sample.

    --prp and --crp are for --type two-point and sequential.
    """
    good, often = point(prp, "--prp") if prp else (None, None)
    poor, beta = point(crp, "--crp") if crp else (None, None)
    risk = None if often is None else 1 - often
    asked = (sampling, critical, minor, good, poor, risk, beta, rate, allowed, most)
    terms = Terms(size, aql, level, severity, *asked, Stratify(by, share) if by else None)
    with house_and_actor(ctx) as (house, actor):
        pool = Pool(project, round_id, annotator, source, day)
        split = Split.ANNOTATOR if each else split
        if split or several:
            drawn = draw_lots(house, actor, pool, new_id(), split=split, terms=terms, several=several)
            unfold(house, project)
            emit(ctx, {"lots": drawn.lots, "stopped": drawn.stopped}, "\n".join(map(str, drawn.lots)))
            return
        lot = draw_from(house, actor, pool, new_id(), terms)
        unfold(house, project)
        _show(ctx, get_lot(house, actor, project, lot))


@app.command()
def prove(
    ctx: typer.Context,
    project: Project,
    lot: LotId,
    entries: Annotated[
        Path | None, typer.Option(help="Write the file of entries here: its SHA-256 is the lot's contents.")
    ] = None,
) -> None:
    """Draw a lot's sample again from what is on record, and compare: exit code 1 if anything differs."""
    with house_and_actor(ctx) as (house, actor):
        found, t = prove_lot(house, actor, project, lot), words_of(ctx)
        if entries:
            entries.write_bytes(export_entries(house, actor, project, lot))
        lines = [
            f"{'✓' if one.holds else '✗'} {t(one.sentence)} {' '.join(map(str, one.items[:20]))}".rstrip()
            for one in found.checks
        ]
        emit(ctx, msgspec.to_builtins(proof_answer(found)), "\n".join(lines))
    if not found.holds:
        raise typer.Exit(1)


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
    others: Annotated[bool, typer.Option("--others", help="Have the other annotators rework it.")] = False,
    team: Annotated[int | None, typer.Option(help="Have a team rework it.")] = None,
    person: Annotated[str | None, typer.Option(help="Have this annotator rework it: name or e-mail.")] = None,
) -> None:
    """Accept or reject the lot by its plan."""
    whom = ReworkTo(To.TEAM, team) if team else ReworkTo(To.OTHERS) if others else ReworkTo()
    with house_and_actor(ctx) as (house, actor):
        if person is not None:
            whom = ReworkTo(To.PERSON, account_of(house, project, person, NotAReworker()))
        decide_lot(house, actor, project, lot, new_id(), scope=Scope.DEFECTS if only_defects else Scope.ALL, to=whom)
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
def amendments(ctx: typer.Context, project: Project) -> None:
    """Show what rulings on disputes ask of the rules, and what became of it."""
    with house_and_actor(ctx) as (house, actor):
        found, t = list_amendments(house, actor, project), words_of(ctx)
        lines = [f"{one.dispute_id}\t{t(one.state_name)}\t{one.clause or ''}\t{one.ruling}" for one in found.amendments]
        emit(ctx, [amendment_answer(one, found.versions) for one in found.amendments], "\n".join(lines))


@app.command()
def amend(
    ctx: typer.Context,
    project: Project,
    dispute_id: Annotated[int, typer.Argument(metavar="DISPUTE", help="As “lot amendments” prints it.")],
    text: Annotated[str, typer.Argument(help="What the rules shall say.")],
    clause: Annotated[str | None, typer.Option(help="The clause of the draft that says more from now on.")] = None,
    title: Annotated[str, typer.Option(help="The title, where it is a clause of its own.")] = "",
) -> None:
    """Write an amendment into the rulebook's draft."""
    with house_and_actor(ctx) as (house, actor):
        written = Written(text, title, clause)
        number = write_amendment(house, actor, project, dispute_id, written, request_id=new_id())
        emit(ctx, {"clause": number}, number)


@app.command()
def reopen(ctx: typer.Context, project: Project, lot: LotId) -> None:
    """Take a rejection back that withdrawn defects no longer carry."""
    with house_and_actor(ctx) as (house, actor):
        reopen_lot(house, actor, project, lot, request_id=new_id())
        _show(ctx, get_lot(house, actor, project, lot))


@app.command()
def causes(
    ctx: typer.Context,
    project: Project,
    by: Annotated[By, typer.Option(help="What defects are put together by.")] = By.TYPE,
    lot: Annotated[int | None, typer.Option(help="Only what was found in this lot.")] = None,
) -> None:
    """Show which causes make most of the defects."""
    with house_and_actor(ctx) as (house, actor):
        found, t = weigh_causes(house, actor, project, by, Where(lot)), words_of(ctx)
        lines = [
            f"{one.count}\t{one.share:.1%}\t{one.cumulative:.1%}\t"
            + (t(one.msgid) if one.worded else bilingual(one.name, t.locale))
            for one in found.causes
        ]
        emit(ctx, causes_answer(found), "\n".join(lines))


@app.command()
def control(
    ctx: typer.Context,
    project: Project,
    of: Annotated[Of, typer.Option(help="Whose share of defective items.")] = Of.ANNOTATOR,
) -> None:
    """Show whether the share of defective items is steady from lot to lot, and what signals that it is not."""
    with house_and_actor(ctx) as (house, actor):
        found, t = chart_shares(house, actor, project, of), words_of(ctx)
        lines = [
            f"{bilingual(one.name, t.locale)}\t{one.chart.centre:.1%}\t{len(one.places)}\t"
            + ", ".join(t(RULE_NAMES[signal.rule]) for signal in one.signals)
            for one in found
        ]
        emit(ctx, [chart_answer(one) for one in found], "\n".join(lines))


def _show(ctx: typer.Context, report: LotReport) -> None:
    t, lot, tally = words_of(ctx), report.lot, report.tally
    said = [
        t("Lot {number} (id {id}): {state}.", number=lot.number, id=lot.id, state=t(lot.state_name)),
        *(one.spoken(t) for one in describe_plan(lot.plan)),
        t("{judged} judged, {defective} defective.", judged=tally.judged, defective=tally.defective),
    ]
    if lot.reason:
        said.append(t(lot.reason.sentence, **lot.reason.details))
    sample = [place_answer(place) for place in report.sample]
    answer = {**msgspec.to_builtins(report_answer(report)), "sample": msgspec.to_builtins(sample)}
    emit(ctx, answer, " ".join(said))
