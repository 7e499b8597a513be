"""What is in the data, from the command line."""

from typing import Annotated

import typer

from guiju.cleaning import JOBS
from guiju.cleaning.profiles import rules
from guiju.cleaning.profiles.actions import ask_for_profile, get_profile, look_at_profile
from guiju.cleaning.profiles.api import ProfileAnswer
from guiju.cleaning.profiles.model import AMOUNTS, LANGUAGE_NAMES, REMARK_NAMES, Kept
from guiju.cli.common import Noun, emit, house_and_actor, progress_of, words_of
from guiju.cli.data import ProjectName, check_job, find_project_id, following
from guiju.kit import N_, Words, iso, new_id
from guiju.storage import find_job, work_jobs


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
                with following(house, job_id, shown=progress_of(ctx)):
                    work_jobs(house, JOBS, only=job_id)
                with house.reading() as connection:
                    check_job(find_job(connection, job_id), words_of(ctx))
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


def add_to(app: Noun) -> None:
    app.command("profile")(profile)
