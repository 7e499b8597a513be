"""`guiju rulebook relabel` and `relabel-undo`: labels renamed, merged or split over every answer of record."""

from typing import Annotated, Any

import msgspec
import typer

from guiju.cli.common import emit, house_and_actor, progress_of, words_of
from guiju.cli.data import following
from guiju.kit import N_, Refusal, new_id
from guiju.planning.relabelling import (
    JOBS,
    Asked,
    Recheck,
    Relabelling,
    Rule,
    Split,
    State,
    Target,
    act_on,
    look_at,
    propose,
    undo,
)
from guiju.storage import Actor, House, find_job, work_jobs

Project = Annotated[int, typer.Argument(help="The project's number.")]


class RelabellingFailed(Refusal):
    """The job was refused or broke; told by the command as every refusal is."""

    code = "relabelling-failed"
    status = 422
    sentence = N_("The labels were not changed: “{message}”.")
    next_step = N_("What to do: “{next}”.")


def relabel(
    ctx: typer.Context,
    project: Project,
    source: Annotated[list[str], typer.Option("--from", help="A label as it is; again for each that is merged.")],
    to: Annotated[list[str], typer.Option("--to", help="The id that it becomes; again for each of a split.")],
    reason: Annotated[str, typer.Option(help="Why; it stays on record.")],
    name: Annotated[list[str] | None, typer.Option(help="ZH|EN, the name of each new label in turn.")] = None,
    condition: Annotated[str, typer.Option(help="Split: the first label where it holds, else the second.")] = "",
    items: Annotated[list[str] | None, typer.Option(help="Split: LABEL=NAME, an item that gets it; again.")] = None,
    nearest: Annotated[bool, typer.Option(help="Split: the items are examples; others go to the nearest.")] = False,
    rest: Annotated[str, typer.Option(help="Split: the label of what nothing decides (default: a recheck).")] = "",
    recheck: Annotated[Recheck, typer.Option(help="Which changed answers are looked at again.")] = Recheck.NONE,
    sample: Annotated[int, typer.Option(help="How many, for --recheck sample.")] = 0,
    act: Annotated[bool, typer.Option("--act", help="Do it, after it was read.")] = False,
) -> None:
    """Rename (one --from, one --to), merge (several --from) or split (several --to) labels; reads first."""
    names = [*(name or []), *[""] * len(to)]
    targets = [_target(each, names[n]) for n, each in enumerate(to)]
    split = _split(condition, items or [], rest, nearest=nearest) if len(to) > 1 else None
    asked = Asked(source, targets, reason, recheck, sample, split)
    with house_and_actor(ctx) as (house, actor):
        made = propose(house, actor, project, asked, request_id=new_id())
        mine = _carried_out(ctx, house, actor, project, made)
        if act and mine.state is State.READY:
            act_on(house, actor, project, made, request_id=new_id())
            mine = _carried_out(ctx, house, actor, project, made)
        _tell(ctx, mine)


def relabel_undo(
    ctx: typer.Context,
    project: Project,
    number: Annotated[int, typer.Argument(help="The change's number, as `relabel` told it.")],
    reason: Annotated[str, typer.Option(help="Why; it stays on record.")],
) -> None:
    """Put everything back as it was before a change of labels, but for what was answered since."""
    with house_and_actor(ctx) as (house, actor):
        made = undo(house, actor, project, number, reason=reason, request_id=new_id())
        _tell(ctx, _carried_out(ctx, house, actor, project, made))


def _target(name: str, called: str) -> Target:
    zh, _, en = called.partition("|")
    return Target(name, zh.strip(), (en or zh).strip())


def _split(condition: str, items: list[str], rest: str, *, nearest: bool) -> Split:
    by: dict[str, list[str]] = {}
    for each in items:
        label, _, item = each.partition("=")
        by.setdefault(label, []).append(item)
    rule = Rule.CHECK if condition else Rule.NEAREST if nearest else Rule.ITEMS
    return Split(rule, by, condition, rest)


def _carried_out(ctx: typer.Context, house: House, actor: Actor, project: int, made: int) -> Relabelling:
    """The change, once its job is over."""
    job_id = look_at(house, actor, project, made).mine.job_id or 0
    with following(house, job_id, shown=progress_of(ctx)):
        work_jobs(house, JOBS, only=job_id)
    with house.reading() as connection:
        job = find_job(connection, job_id)
    told: Any = (job.outcome or {}).get("error") if job else None
    if told:
        words, details = words_of(ctx), told["details"]
        raise RelabellingFailed(message=words(told["sentence"], **details), next=words(told["next"], **details))
    return look_at(house, actor, project, made).mine


def _tell(ctx: typer.Context, mine: Relabelling) -> None:
    found: dict[str, Any] = msgspec.to_builtins(mine.came_of or mine.found) or {}
    told: dict[str, Any] = {"relabelling": mine.id, "act": mine.act.value, "state": mine.state.value, **found}
    shown = {key: value for key, value in told.items() if not key.startswith("shown")}
    emit(ctx, told, "\n".join(f"{key}\t{value}" for key, value in shown.items()))
