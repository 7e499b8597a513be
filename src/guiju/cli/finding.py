"""Findings from the command line: their items picked, rechecked, asked about, taken into the rules, drawn."""

from typing import Annotated, Any

import msgspec
import typer

from guiju.cli.common import emit, house_and_actor, noun, words_of
from guiju.cli.data import ProjectName, find_project_id
from guiju.findings import JOBS
from guiju.findings.analysis import ask_to_analyse, look_at_analysis
from guiju.findings.picks.actions import (
    ask_of_pick,
    clause_from_pick,
    estimate_for_pick,
    example_from_pick,
    make_pick,
    put_next,
    recheck_pick,
    trial_of_pick,
)
from guiju.findings.picks.api import accounts_of, estimate_out
from guiju.findings.picks.model import Of
from guiju.kit import N_, new_id
from guiju.storage import work_jobs
from guiju.work.recheck import LEFT_OUT_NAMES

app = noun("Findings: labels looked at together, and what is done about the items of each finding.")

PickNumber = Annotated[int, typer.Argument(metavar="PICK", help="The number that `finding pick` printed.")]
People = Annotated[
    list[str] | None, typer.Option("--annotator", help="An annotator's e-mail address; may be repeated.")
]


@app.command()
def look(ctx: typer.Context, project: ProjectName) -> None:
    """Look at all answers of record together, and print what they say."""
    with house_and_actor(ctx) as (house, actor):
        project_id = find_project_id(house, actor, project)
        ask_to_analyse(house, actor, project_id)
        work_jobs(house, JOBS)
        found = look_at_analysis(house, actor, project_id).analysis
        words, lines = words_of(ctx), list[str]()
        for each in found.fields if found else []:
            lines += [f"{each.field}\t{row.label}\t{row.items}\t{row.share:.3f}" for row in each.labels]
            if each.doubts:
                said = N_("{field}: {n} of {all} labels deserve a second look")
                lines.append(words(said, field=each.field, n=each.doubts.found, all=each.doubts.items))
        for one in found.missing if found else []:
            said = N_("{far} of {all} unlabelled items are unlike all that is labelled")
            lines.append(words(said, far=one.far, all=one.unlabelled))
        emit(ctx, {"analysis": msgspec.to_builtins(found)}, "\n".join(lines) or words(N_("Nothing found")))


@app.command()
def pick(
    ctx: typer.Context,
    project: ProjectName,
    of: Annotated[Of, typer.Argument(help="Which finding.")],
    items: Annotated[list[int] | None, typer.Option("--item", help="An item's number; may be repeated.")] = None,
    field: Annotated[str, typer.Option(help="The field that the finding is about.")] = "",
    label: Annotated[str, typer.Option(help="A label; of two that stand together, FIELD.LABEL.")] = "",
    other: Annotated[str, typer.Option(help="The other label of two that stand together.")] = "",
    scene: Annotated[str, typer.Option(help="The number of a scene.")] = "",
    link: Annotated[str, typer.Option(help="A search, as in its address: q=…&label=….")] = "",
    words: Annotated[str, typer.Option(help="Why, in your own words.")] = "",
) -> None:
    """Pick the items of a finding; print the pick's number."""
    details = {"field": field, "label": label, "other": other, "scene_id": scene, "link": link, "words": words}
    with house_and_actor(ctx) as (house, actor):
        project_id = find_project_id(house, actor, project)
        made = make_pick(house, actor, project_id, of=of, details=details, items=items or [])
        emit(ctx, {"pick": made}, str(made))


@app.command()
def recheck(
    ctx: typer.Context,
    project: ProjectName,
    number: PickNumber,
    annotators: People = None,
    shown: Annotated[bool, typer.Option("--shown", help="Show what holds with each item (default: blind).")] = False,
    estimate: Annotated[bool, typer.Option("--estimate", help="Only print what it would take.")] = False,
) -> None:
    """Open a recheck: each item goes to somebody who has not answered it before."""
    with house_and_actor(ctx) as (house, actor):
        project_id, people = find_project_id(house, actor, project), accounts_of(house, annotators or [])
        told, say = estimate_for_pick(house, actor, project_id, number, account_ids=people), words_of(ctx)
        lines = [say(N_("{n} items"), n=told.items)]
        lines += [f"- {n} {say(LEFT_OUT_NAMES[why])}" for why, n in told.left_out.items()]
        lines += [] if told.hours is None else [say(N_("{n} h"), n=f"{told.hours:.1f}")]
        answer: dict[str, Any] = {"estimate": msgspec.to_builtins(estimate_out(told))}
        if not estimate:
            options: dict[str, Any] = {"account_ids": people, "shown": shown}
            answer["round"] = recheck_pick(house, actor, project_id, number, request_id=new_id(), **options)
            lines.append(say(N_("The recheck is open: round {round}."), round=answer["round"]))
        emit(ctx, answer, "\n".join(lines))


@app.command()
def ask(
    ctx: typer.Context,
    project: ProjectName,
    number: PickNumber,
    text: Annotated[str, typer.Argument(help="The question.")],
    again: Annotated[bool, typer.Option("--again", help="Although one is open about much the same.")] = False,
) -> None:
    """Ask the expert one question about the picked items."""
    with house_and_actor(ctx) as (house, actor):
        project_id = find_project_id(house, actor, project)
        asked = ask_of_pick(house, actor, project_id, number, request_id=new_id(), text=text, again=again)
        emit(ctx, {"question": asked}, str(asked))


@app.command()
def clause(
    ctx: typer.Context,
    project: ProjectName,
    number: PickNumber,
    title: Annotated[str, typer.Argument(help="The clause's title.")],
    text: Annotated[str, typer.Argument(help="What is to be done.")],
) -> None:
    """Write a clause into the rulebook's draft; print its number."""
    with house_and_actor(ctx) as (house, actor):
        project_id = find_project_id(house, actor, project)
        made = clause_from_pick(house, actor, project_id, number, request_id=new_id(), title=title, text=text)
        emit(ctx, {"clause": made}, made)


@app.command()
def example(
    ctx: typer.Context,
    project: ProjectName,
    number: PickNumber,
    item: Annotated[int, typer.Argument(help="The item's number.")],
    note: Annotated[str, typer.Option(help="Why it is one.")] = "",
    shows: Annotated[str | None, typer.Option("--clause", help="The clause that it shows.")] = None,
) -> None:
    """Put one of the picked items into the rulebook's draft as a boundary example; print its number."""
    with house_and_actor(ctx) as (house, actor):
        project_id = find_project_id(house, actor, project)
        told: dict[str, Any] = {"item": item, "note": note, "clause": shows}
        made = example_from_pick(house, actor, project_id, number, request_id=new_id(), **told)
        emit(ctx, {"example": made}, made)


@app.command()
def trial(ctx: typer.Context, project: ProjectName, number: PickNumber, annotators: People = None) -> None:
    """Open a trial of the picked items for these people; print the round."""
    with house_and_actor(ctx) as (house, actor):
        project_id, people = find_project_id(house, actor, project), accounts_of(house, annotators or [])
        made = trial_of_pick(house, actor, project_id, number, request_id=new_id(), account_ids=people)
        emit(ctx, {"round": made}, str(made))


@app.command("next")
def next_(ctx: typer.Context, project: ProjectName, number: PickNumber) -> None:
    """Let production hand the picked items out before all others."""
    with house_and_actor(ctx) as (house, actor):
        project_id = find_project_id(house, actor, project)
        moved = put_next(house, actor, project_id, number, request_id=new_id())
        emit(ctx, {"items": moved}, str(moved))
