"""Trials: what several annotators' answers say about the rules, and the decision at the gate."""

from typing import Annotated

import typer

from guiju.cli.common import emit, house_and_actor, noun, words_of
from guiju.kit import N_, Words, new_id
from guiju.work.trial import TrialReport, annotator_names, decide_gate, describe_report, find_trial, make_report
from guiju.work.trial.rounds import Comparison, compare_trials, describe_comparison

app = noun(help="Trials: agreement, and the gate to production.")

Project = Annotated[int, typer.Argument(help="The project’s number.")]
Number = Annotated[int | None, typer.Option("--round", help="The trial’s number (default: the newest).")]


@app.command()
def report(ctx: typer.Context, project: Project, number: Number = None) -> None:
    """Print a trial's agreement, its confusions and what its gate reads."""
    with house_and_actor(ctx) as (house, actor):
        made = make_report(house, actor, find_trial(house, actor, project, number).id)
        words = words_of(ctx)
        emit(ctx, describe_report(made, annotator_names(house, made), words), _text(made, words))


@app.command()
def compare(
    ctx: typer.Context,
    project: Project,
    number: Number = None,
    before: Annotated[int | None, typer.Option(help="The earlier trial’s number (default: the one before).")] = None,
) -> None:
    """Compare a trial with an earlier one: did agreement change, and is it shown?"""
    with house_and_actor(ctx) as (house, actor):
        later = find_trial(house, actor, project, number)
        earlier = find_trial(house, actor, project, before).id if before is not None else None
        found, words = compare_trials(house, actor, later.id, earlier), words_of(ctx)
        emit(ctx, describe_comparison(found, words), _changed(found, words))


def _changed(found: Comparison, words: Words) -> str:
    lines: list[str] = []
    for field in found.fields:
        lines += [f"{field.field}: " + " ".join(sentence.spoken(words) for sentence in field.moved.meaning)]
        lines += [f"  {line.label}: {line.moved.meaning[0].spoken(words)}" for line in field.labels[:10]]
    return "\n".join(lines)


@app.command()
def decide(
    ctx: typer.Context,
    project: Project,
    number: Number = None,
    reason: Annotated[
        str | None, typer.Option(help="Open a gate that was not reached, signed with this reason.")
    ] = None,
) -> None:
    """Decide a trial's gate and close the trial."""
    with house_and_actor(ctx) as (house, actor):
        round_ = find_trial(house, actor, project, number)
        passed = decide_gate(house, actor, round_.id, request_id=new_id(), override_reason=reason)
        said = N_("The gate is passed.") if passed else N_("The gate was opened with a signed reason.")
        emit(ctx, {"round": round_.id, "passed": passed}, words_of(ctx)(said))


def _text(made: TrialReport, words: Words) -> str:
    lines = [made.gate.sentence(words)]
    for field in made.fields:
        observed, alpha = _three(field.observed.value), _three(field.alpha.value)
        lines += [f"{field.field}: {words(N_('observed agreement'))} {observed}, α {alpha}"]
        if field.exact is not None:
            lines.append(f"  {words(N_('with exact ends'))}: {_three(field.exact.value)}")
        lines += [f"  {line.a or '–'} / {line.b or '–'}: {line.count}" for line in field.confusions[:10]]
    if made.majority.accuracy.value is not None:
        accuracy = _three(made.majority.accuracy.value)
        lines.append(words(N_("Majority against {n} known answers"), n=made.majority.accuracy.n) + f": {accuracy}")
    return "\n".join(lines)


def _three(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"
