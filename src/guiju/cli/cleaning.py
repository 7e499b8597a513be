"""Cleaning from the command line: a recipe tried, run and undone. Commands of the noun `data`."""

from pathlib import Path
from typing import Annotated, Any

import msgspec
import typer

from guiju.cleaning.recipes import Run, get_run, list_runs, preview, save_document, start_run, undo_run
from guiju.cleaning.recipes.api import run_answer
from guiju.cleaning.recipes.document import read_recipe
from guiju.cleaning.recipes.model import RUN_STATE_NAMES, Preview
from guiju.cleaning.recipes.rules import tidy
from guiju.cli.common import Noun, emit, house_and_actor, progress_of, words_of
from guiju.cli.data import ProjectName, check_job, find_project_id, following
from guiju.kit import N_, Refusal, Words, new_id
from guiju.storage import Actor, House, find_job, work_jobs
from guiju.web.jobs import HANDLERS


class RecipeFileMissing(Refusal):
    code = "recipe-file-missing"
    status = 422
    sentence = N_("“{path}” cannot be read as a text in UTF-8.")
    next_step = N_("Check the path and give the command again.")


def clean(
    ctx: typer.Context,
    project: ProjectName,
    recipe: Annotated[Path, typer.Argument(metavar="RECIPE", help="The recipe's file (YAML).")],
    source: Annotated[int | None, typer.Option(help="Only this source's items (its id).")] = None,
    try_: Annotated[bool, typer.Option("--try", help="Only say what it would do to a sample.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Run it even where it takes much away.")] = False,
) -> None:
    """Derive clean items by a recipe; interrupted, it leaves nothing behind."""
    with house_and_actor(ctx) as (house, actor):
        project_id, document = find_project_id(house, actor, project), _read(recipe)
        if try_:
            _, steps = read_recipe(document)
            seen = preview(house, actor, project_id, tidy(steps), from_source=source)
            return emit(ctx, msgspec.to_builtins(seen), _told(seen, words_of(ctx)))
        kept = save_document(house, actor, project_id, document, request_id=new_id())
        options: dict[str, Any] = {"version": kept.version, "from_source": source, "confirmed": yes}
        run = start_run(house, actor, project_id, kept.id, request_id=new_id(), **options)
        run = _carry_out(house, actor, run, shown=progress_of(ctx), words=words_of(ctx))
        return emit(ctx, {"run": run_answer(run)}, _summary(run, words_of(ctx)))


def _read(path: Path) -> str:
    """Raises `RecipeFileMissing`."""
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeError) as error:
        raise RecipeFileMissing(path=path) from error


def _told(seen: Preview, t: Words) -> str:
    counts = seen.counts
    return t(
        N_(
            "Tried on {tried} of {items} items: {changed} changed, {split} split, {dropped} dropped, {failed} not"
            " cleaned, {unchanged} unchanged; {erased}% of the characters taken away."
        ),
        tried=f"{seen.tried:,}",
        items=f"{seen.items:,}",
        changed=f"{counts.changed:,}",
        split=f"{counts.split:,}",
        dropped=f"{counts.dropped:,}",
        failed=f"{counts.failed:,}",
        unchanged=f"{counts.unchanged:,}",
        erased=f"{100 * seen.erased:.1f}",
    )


def _summary(run: Run, t: Words) -> str:
    counts = run.counts
    return t(
        N_(
            "Run {run}: {changed} changed, {split} split, {dropped} dropped, {failed} not cleaned,"
            " {unchanged} unchanged; {made} clean items in source {source}."
        ),
        run=run.id,
        changed=f"{counts.changed:,}",
        split=f"{counts.split:,}",
        dropped=f"{counts.dropped:,}",
        failed=f"{counts.failed:,}",
        unchanged=f"{counts.unchanged:,}",
        made=f"{counts.made:,}",
        source=run.source_id,
    )


def _carry_out(house: House, actor: Actor, run: Run, *, shown: bool, words: Words) -> Run:
    """Work the job in this process; interrupted, the run is undone. Raises `ImportFailed` with what it ended with."""
    try:
        with following(house, run.job_id, shown=shown):
            work_jobs(house, HANDLERS, only=run.job_id)
    except KeyboardInterrupt:
        undone = undo_run(house, actor, run.project_id, run.id, request_id=new_id())
        work_jobs(house, HANDLERS, only=undone)
        raise
    with house.reading() as connection:
        check_job(find_job(connection, run.job_id), words)
    return get_run(house, actor, run.project_id, run.id)


def cleanings(ctx: typer.Context, project: ProjectName) -> None:
    """List the runs of recipes in a project."""
    with house_and_actor(ctx) as (house, actor):
        runs, t = list_runs(house, actor, find_project_id(house, actor, project)), words_of(ctx)
        text = "\n".join(
            f"{run.id}\t{run.recipe_name} v{run.version}\t{t(RUN_STATE_NAMES[run.state])}\t{run.counts.changed}"
            for run in runs
        )
        emit(ctx, {"runs": [run_answer(run) for run in runs]}, text)


def unclean(
    ctx: typer.Context, project: ProjectName, run: Annotated[int, typer.Argument(metavar="RUN", help="The run's id.")]
) -> None:
    """Undo a run: its items go, what they came from is given out again."""
    with house_and_actor(ctx) as (house, actor):
        project_id = find_project_id(house, actor, project)
        job = undo_run(house, actor, project_id, run, request_id=new_id())
        work_jobs(house, HANDLERS, only=job)
        undone = get_run(house, actor, project_id, run)
        emit(ctx, {"run": run_answer(undone)}, words_of(ctx)(N_("Run {run} is undone."), run=run))


def add_to(app: Noun) -> None:
    """The commands, under the noun `data`."""
    for command in (clean, cleanings, unclean):
        app.command()(command)
