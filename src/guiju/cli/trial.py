"""Trials: what several annotators' answers say about the rules, and the decision at the gate."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from guiju.cli.audit import Language, write_report
from guiju.cli.common import emit, house_and_actor, noun, words_of
from guiju.kit import N_, Words, new_id
from guiju.people import account_ids_of
from guiju.site import words_for
from guiju.site.documents import get_format, render
from guiju.work.drawing import (
    By,
    Earlier,
    Share,
    Wish,
    advise_trial,
    draw_again,
    know_of_trials,
    open_trial,
    preview_draw,
)
from guiju.work.drawing.rules import advice_in_words
from guiju.work.trial import TrialReport, annotator_names, decide_gate, describe_report, find_trial, make_report
from guiju.work.trial.paper import write_paper
from guiju.work.trial.rounds import Comparison, compare_trials, describe_comparison

app = noun(help="Trials: agreement, and the gate to production.")

Project = Annotated[int, typer.Argument(help="The project’s number.")]
Number = Annotated[int | None, typer.Option("--round", help="The trial’s number (default: the newest).")]


@app.command("open")
def open_(
    ctx: typer.Context,
    project: Project,
    people: Annotated[list[str], typer.Option("--with", metavar="E-MAIL", help="Who takes part; at least two.")],
    size: Annotated[int, typer.Option(help="How many items, the same for everybody.")] = 50,
    by: Annotated[By, typer.Option(help="What the items are put together by before any is drawn.")] = By.RANDOM,
    of: Annotated[str, typer.Option(help="The scenes’ view, or the source of guesses (round-3, annotator-7).")] = "",
    share: Annotated[Share, typer.Option(help="How many of each.")] = Share.PROPORTIONAL,
    earlier: Annotated[Earlier, typer.Option(help="What an earlier trial drew: left out (new), the same, or any.")] = (
        Earlier.NEW
    ),
    again: Annotated[int, typer.Option(help="With --earlier same: that trial’s number (default: the newest).")] = 0,
    seed: Annotated[str, typer.Option(help="Draw as this seed does (default: the machine makes one).")] = "",
    dry: Annotated[bool, typer.Option("--dry-run", help="Print what would be drawn; open nothing.")] = False,
) -> None:
    """Open a trial: the same drawn items for everybody, blind."""
    wish, words = Wish(size, by, of, share, earlier, again, seed), words_of(ctx)
    with house_and_actor(ctx) as (house, actor):
        draw = preview_draw(house, actor, project, wish)
        strata = [
            {"name": one.name.spoken(words), "waiting": one.waiting, "drawn": len(one.drawn)} for one in draw.strata
        ]
        lines = [f"{one['name']}: {one['drawn']} / {one['waiting']}" for one in strata]
        told: dict[str, Any] = {"round": None, "seed": draw.wish.seed, "items": list(draw.items), "strata": strata}
        if not dry:
            ids = account_ids_of(house, people)
            told["round"] = open_trial(house, actor, project, request_id=new_id(), account_ids=ids, wish=draw.wish)
            lines.append(words(N_("The trial is open: round {round}."), round=told["round"]))
        emit(ctx, told, "\n".join([*lines, f"{words(N_('Seed'))}: {draw.wish.seed}"]))


@app.command()
def advise(
    ctx: typer.Context,
    project: Project,
    size: Annotated[int, typer.Option(help="How many items.")] = 50,
    people: Annotated[int, typer.Option(help="How many annotators.")] = 2,
    agreement: Annotated[
        float | None, typer.Option(help="The agreement that you expect (default: the last trial’s, else .80).")
    ] = None,
) -> None:
    """Print what a trial of that size would say, how long it takes and what it costs."""
    with house_and_actor(ctx) as (house, actor):
        known = know_of_trials(house, actor, project)
        expected = agreement if agreement is not None else (known.agreement if known else None)
        shape = {"agreement": expected, "likeness": known.likeness if known else None}
        found = advise_trial(house, actor, project, items=size, annotators=people, **shape)
        words = words_of(ctx)
        told = {name: value for name, value in asdict(found).items() if name not in {"measured", "median_ms"}}
        lines = [each.spoken(words) for each in advice_in_words(found)]
        if found.hours is not None:
            lines.append(words(N_("All together it takes about {n} h."), n=f"{found.hours:.1f}"))
        emit(ctx, {**told, "hours": found.hours}, "\n".join(lines))


@app.command()
def draw(ctx: typer.Context, project: Project, number: Number = None) -> None:
    """Print how a trial's items were drawn, and whether the same come out again."""
    with house_and_actor(ctx) as (house, actor):
        found = draw_again(house, actor, find_trial(house, actor, project, number).id)
        record, words = found.record, words_of(ctx)
        strata = [
            {"name": words(one.name, **one.places), "waiting": one.waiting, "drawn": one.drawn} for one in record.strata
        ]
        lines = [f"{one['name']}: {one['drawn']} / {one['waiting']}" for one in strata]
        lines.append(f"{words(N_('Seed'))}: {record.wish.seed}")
        lines.append(words(N_("The same items come out again.") if found.same else N_("Other items come out now.")))
        told = {"seed": record.wish.seed, "by": record.wish.by, "share": record.wish.share, "pool": record.pool}
        emit(ctx, {"round": found.round.id, **told, "strata": strata, "same": found.same}, "\n".join(lines))


@app.command()
def report(
    ctx: typer.Context,
    project: Project,
    number: Number = None,
    out: Annotated[Path | None, typer.Option(metavar="FILE", help="Write it as a file: .docx, .pdf or .html.")] = None,
    language: Annotated[Language, typer.Option(help="With --out: in which language.")] = Language.ZH,
    pseudonymous: Annotated[
        bool, typer.Option("--pseudonymous", help="With --out: letters for the annotators’ names.")
    ] = False,
) -> None:
    """Print a trial's agreement, its confusions and what its gate reads; or write it as a document."""
    with house_and_actor(ctx) as (house, actor):
        round_, words = find_trial(house, actor, project, number), words_of(ctx)
        if out is not None:
            format_ = out.suffix.lstrip(".").lower()
            get_format(format_)
            paper = write_paper(house, actor, round_.id, words_for(language.value), pseudonymous=pseudonymous)
            content = render(paper, format_)
            write_report(out, content)
            emit(ctx, {"path": str(out), "bytes": len(content)}, words(N_("Written: {path}"), path=out))
            return
        made = make_report(house, actor, round_.id)
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
