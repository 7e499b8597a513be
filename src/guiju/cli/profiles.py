"""What is in the data and what is in it nearly twice, from the command line."""

from enum import StrEnum
from typing import Annotated

import typer

from guiju.cleaning import JOBS
from guiju.cleaning.duplicates.actions import (
    Shown,
    ask_for_search,
    decide_all,
    decide_group,
    list_groups,
    undo_all,
    undo_group,
)
from guiju.cleaning.duplicates.api import group_answer
from guiju.cleaning.duplicates.model import AT_LEAST, Group, Keep
from guiju.cleaning.profiles import rules
from guiju.cleaning.profiles.actions import ask_for_profile, get_profile, look_at_profile
from guiju.cleaning.profiles.api import ProfileAnswer
from guiju.cleaning.profiles.model import AMOUNTS, LANGUAGE_NAMES, REMARK_NAMES, Kept
from guiju.cli.common import Noun, emit, house_and_actor, progress_of, words_of
from guiju.cli.data import ProjectName, check_job, find_project_id, following
from guiju.kit import N_, PageRequest, Words, iso, new_id
from guiju.storage import House, find_job, work_jobs


def profile(
    ctx: typer.Context,
    project: ProjectName,
    source: Annotated[int | None, typer.Option(help="One source (default: the whole project).")] = None,
    again: Annotated[bool, typer.Option("--again", help="Measure anew, though there is a profile.")] = False,
) -> None:
    """Tell what is in the data: lengths, languages, sharpness, loudness, columns, and what stands out."""
    with house_and_actor(ctx) as (house, actor):
        project_id = find_project_id(house, actor, project)
        if again or look_at_profile(house, actor, project_id, source).kept is None:
            for job_id in ask_for_profile(house, actor, project_id, request_id=new_id(), source_id=source):
                _carry_out(ctx, house, job_id)
        kept = get_profile(house, actor, project_id, source)
        emit(ctx, ProfileAnswer(kept.source_id, iso(kept.made_at), kept.profile), _said(kept, words_of(ctx)))


def _said(kept: Kept, t: Words) -> str:
    found = kept.profile
    lines = [t(N_("{n} items"), n=f"{found.items:,}")]
    for amount in found.amounts:
        low, middle, high = (rules.told(amount.figure, value) for value in (amount.q05, amount.median, amount.q95))
        lines.append(f"{t(AMOUNTS[amount.figure].name)}\t{low}\t{middle}\t{high}")
    for choice in found.choices:
        if choice.figure == "language":
            lines += [f"{t(LANGUAGE_NAMES[value.value])}\t{value.count:,}" for value in choice.values]
    lines += [f"! {t(REMARK_NAMES[r.code])}\t{r.about}\t{r.count:,}" for r in found.remarks]
    return "\n".join(lines)


class Rest(StrEnum):
    """What becomes of every group that waits."""

    ONE = "one"
    MERGED = "merged"
    ALL = "all"
    WEIGHED = "weighed"


def duplicates(
    ctx: typer.Context,
    project: ProjectName,
    at_least: Annotated[float, typer.Option(help="From which likeness on texts are near-duplicates.")] = AT_LEAST,
    keep: Annotated[Rest | None, typer.Option(help="Decide every group that waits: what stays.")] = None,
    undo: Annotated[int | None, typer.Option(metavar="JOB", help="Undo what such a job decided.")] = None,
) -> None:
    """Search near-duplicates, decide all groups at once (--keep), or undo that (--undo JOB)."""
    with house_and_actor(ctx) as (house, actor):
        project_id, t = find_project_id(house, actor, project), words_of(ctx)
        if undo is not None:
            job_id = undo_all(house, actor, project_id, undo, request_id=new_id())
        elif keep is not None:
            chosen = Keep(keep.value)
            job_id = decide_all(house, actor, project_id, request_id=new_id(), keep=chosen, at_least=at_least)
        else:
            job_id = ask_for_search(house, actor, project_id, request_id=new_id(), at_least=at_least)
        outcome = _carry_out(ctx, house, job_id)
        said = t(N_("{groups} groups decided."), groups=f"{outcome['groups']:,}")
        if "items" in outcome:
            told = {name: f"{count:,}" for name, count in outcome.items()}
            said = t(N_("{items} items compared, {groups} groups of near-duplicates."), **told)
        emit(ctx, {"job": job_id, **outcome}, said)


class Which(StrEnum):
    WAITING = "waiting"
    DECIDED = "decided"


def groups(
    ctx: typer.Context,
    project: ProjectName,
    which: Annotated[Which, typer.Option(help="Those that wait for a decision, or that have one.")] = Which.WAITING,
) -> None:
    """List groups of near-duplicates with their first members, the likest first."""
    with house_and_actor(ctx) as (house, actor):
        project_id, found, cursor = find_project_id(house, actor, project), list[tuple[Group, list[Shown]]](), None
        while True:
            page = list_groups(house, actor, project_id, PageRequest(200, cursor), is_open=which is Which.WAITING)
            found, cursor = [*found, *page.rows], page.cursor
            if cursor is None:
                break
        lines = [
            f"{group.id}\t{group.size}\t{group.least:.2f}\t{group.act or '–'}\t"
            + ", ".join(f"{shown.item.id} {shown.item.name}" for shown in members)
            for group, members in found
        ]
        emit(ctx, {"groups": [group_answer(group) for group, _ in found]}, "\n".join(lines))


class Decision(StrEnum):
    """What becomes of one group."""

    ONE = "one"
    MERGED = "merged"
    ALL = "all"
    WEIGHED = "weighed"
    UNDO = "undo"


def decide(
    ctx: typer.Context,
    project: ProjectName,
    group: Annotated[int, typer.Argument(metavar="GROUP", help="The group's number.")],
    keep: Annotated[Decision, typer.Argument(metavar="KEEP", help="one, merged, all, weighed, or undo.")],
    kept: Annotated[int | None, typer.Option(metavar="ITEM", help="The item that stays (default: the first).")] = None,
) -> None:
    """Decide what becomes of a group of near-duplicates, or undo it."""
    with house_and_actor(ctx) as (house, actor):
        project_id, t = find_project_id(house, actor, project), words_of(ctx)
        if keep is Decision.UNDO:
            undo_group(house, actor, project_id, group, request_id=new_id())
            return emit(ctx, {"group": group, "keep": None}, t(N_("Group {group} waits again."), group=group))
        chosen = Keep(keep.value)
        decide_group(house, actor, project_id, group, request_id=new_id(), keep=chosen, kept=kept)
        return emit(ctx, {"group": group, "keep": keep.value}, t(N_("Group {group} is decided."), group=group))


def _carry_out(ctx: typer.Context, house: House, job_id: int) -> dict[str, int]:
    """Work a job in this process; what it found. Raises `ImportFailed` with what it ended with."""
    with following(house, job_id, shown=progress_of(ctx)):
        work_jobs(house, JOBS, only=job_id)
    with house.reading() as connection:
        job = find_job(connection, job_id)
    check_job(job, words_of(ctx))
    return {name: int(count) for name, count in ((job.outcome if job else None) or {}).items()}


def add_to(app: Noun) -> None:
    app.command("profile")(profile)
    app.command("duplicates")(duplicates)
    app.command("groups")(groups)
    app.command("decide")(decide)
