"""Quality rules from the command line: read, tried, published, held against sources, undone. Commands of `data`."""

from pathlib import Path
from typing import Annotated

import msgspec
import typer

from guiju.cleaning.profiles.actions import ask_for_profile
from guiju.cleaning.quality import actions
from guiju.cleaning.quality.api import check_answer, rules_answer
from guiju.cleaning.quality.document import read_rules, write_rules
from guiju.cleaning.quality.model import RUN_STATE_NAMES, Result, Run, Trying
from guiju.cli.common import Noun, emit, house_and_actor, progress_of, words_of
from guiju.cli.data import ProjectName, check_job, find_project_id, following
from guiju.kit import N_, Refusal, Words, new_id
from guiju.storage import House, find_job, work_jobs
from guiju.web.jobs import HANDLERS


class RulesFileMissing(Refusal):
    code = "rules-file-missing"
    status = 422
    sentence = N_("“{path}” cannot be read as a text in UTF-8.")
    next_step = N_("Check the path and give the command again.")


def rules(
    ctx: typer.Context,
    project: ProjectName,
    file: Annotated[Path | None, typer.Argument(metavar="FILE", help="Rules to publish (YAML).")] = None,
    try_: Annotated[bool, typer.Option("--try", help="Only say what they would set aside, hold and tell.")] = False,
    note: Annotated[str, typer.Option(help="Why they change.")] = "",
    version: Annotated[int | None, typer.Option(help="An earlier version (default: the one in force).")] = None,
) -> None:
    """Print the quality rules in force, publish those of a file, or try them (--try)."""
    with house_and_actor(ctx) as (house, actor):
        project_id, t = find_project_id(house, actor, project), words_of(ctx)
        said = read_rules(_read(file)) if file else None
        if try_:
            said = said or actions.get_version(house, actor, project_id, version).rules
            seen = actions.try_rules(house, actor, project_id, said)
            return emit(ctx, msgspec.to_builtins(seen), _tried(seen, t))
        if said is not None:
            kept = actions.publish_rules(house, actor, project_id, said, request_id=new_id(), note=note)
            text = t(N_("Version {version}: {n} rules are in force."), version=kept.number, n=len(kept.rules))
            return emit(ctx, rules_answer(kept), text)
        found = actions.get_version(house, actor, project_id, version)
        return emit(ctx, rules_answer(found), write_rules(found.rules))


def _read(path: Path) -> str:
    """Raises `RulesFileMissing`."""
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeError) as error:
        raise RulesFileMissing(path=path) from error


def _tried(seen: Trying, t: Words) -> str:
    lines = [t(N_("{aside} of {items} items would be set aside."), aside=f"{seen.aside:,}", items=f"{seen.looked:,}")]
    if seen.unprofiled:
        lines.append(t(N_("{n} sources have no profile yet and were not looked at."), n=seen.unprofiled))
    return "\n".join([*lines, *_results(seen.results)])


def check(
    ctx: typer.Context,
    project: ProjectName,
    source: Annotated[int | None, typer.Option(help="One source (default: all).")] = None,
    undo: Annotated[int | None, typer.Option(metavar="CHECK", help="Undo such a check instead.")] = None,
    release: Annotated[int | None, typer.Option(metavar="CHECK", help="Release the source that it holds.")] = None,
    reason: Annotated[str, typer.Option(help="Why a held source may be used all the same.")] = "",
) -> None:
    """Hold the quality rules against the sources, undo a check, or release a held source."""
    with house_and_actor(ctx) as (house, actor):
        project_id, t = find_project_id(house, actor, project), words_of(ctx)
        if undo is not None:
            _carry_out(ctx, house, actions.undo_check(house, actor, project_id, undo, request_id=new_id()))
            undone = actions.get_run(house, actor, project_id, undo)
            return emit(ctx, check_answer(undone), t(RUN_STATE_NAMES[undone.state]))
        if release is not None:
            job = actions.release_source(house, actor, project_id, release, reason, request_id=new_id())
            _carry_out(ctx, house, job)
            freed = actions.get_run(house, actor, project_id, release)
            return emit(ctx, check_answer(freed), t(N_("released")))
        for one in actions.sources_without_profile(house, actor, project_id, source):
            for job in ask_for_profile(house, actor, project_id, request_id=new_id(), source_id=one):
                _carry_out(ctx, house, job)
        started = actions.start_checks(house, actor, project_id, request_id=new_id(), source_id=source)
        done = [actions.get_run(house, actor, project_id, run) for run in started.runs]
        for run in done:
            _carry_out(ctx, house, run.job_id or 0)
        done = [actions.get_run(house, actor, project_id, run.id) for run in done]
        return emit(ctx, {"checks": [check_answer(run) for run in done]}, "\n".join(_line(run, t) for run in done))


def _carry_out(ctx: typer.Context, house: House, job_id: int) -> None:
    """Work a job in this process. Raises `ImportFailed` with what it ended with."""
    with following(house, job_id, shown=progress_of(ctx)):
        work_jobs(house, HANDLERS, only=job_id)
    with house.reading() as connection:
        check_job(find_job(connection, job_id), words_of(ctx))


def _line(run: Run, t: Words) -> str:
    outcome = run.outcome
    if outcome is None:
        return f"{run.id}\t{run.source_id}\t{t(RUN_STATE_NAMES[run.state])}"
    lines = [
        t(
            N_("Check {check} of source {source}: {aside} of {items} items set aside{held}."),
            check=run.id,
            source=run.source_id,
            aside=f"{outcome.aside:,}",
            items=f"{outcome.items:,}",
            held=t(N_(", the source is held")) if run.is_holding else "",
        )
    ]
    return "\n".join([*lines, *_results(outcome.results)])


def _results(results: list[Result]) -> list[str]:
    return [f"{'!' if one.broken else ' '} {one.rule.name}\t{one.failed:,} / {one.asked:,}" for one in results]


def checks(ctx: typer.Context, project: ProjectName) -> None:
    """List the checks of a project's sources."""
    with house_and_actor(ctx) as (house, actor):
        found, t = actions.list_runs(house, actor, find_project_id(house, actor, project)), words_of(ctx)
        text = "\n".join(f"{run.id}\t{run.source_id}\tv{run.version}\t{t(RUN_STATE_NAMES[run.state])}" for run in found)
        emit(ctx, {"checks": [check_answer(run) for run in found]}, text)


def add_to(app: Noun) -> None:
    """The commands, under the noun `data`."""
    for command in (rules, check, checks):
        app.command()(command)
