"""Scenes from the command line: found, listed, named, merged, split, filled, and taken into the rulebook."""

from enum import StrEnum
from typing import Annotated, Any

import msgspec
import typer

from guiju.cli.common import emit, house_and_actor, noun, progress_of, words_of
from guiju.cli.data import ProjectName, find_project_id, following
from guiju.data.api import job_answer
from guiju.findings.upward.actions import label_from_scene, open_scene_trial, share_to_brief
from guiju.kit import N_, Refusal, new_id
from guiju.people import account_ids_of
from guiju.scenes import JOBS, View, describe_scene, list_scene_items, merge_scenes, move_items, split_scene
from guiju.scenes.actions import ask_to_make, ask_to_place
from guiju.scenes.api import leaving_answer, placed_answers, scenes_answer
from guiju.scenes.leaving import read_leaving
from guiju.scenes.model import STATE_NAMES
from guiju.scenes.reading import read_scenes
from guiju.scenes.wire import Way, WaysAnswer
from guiju.storage import Actor, House, find_job, work_jobs
from guiju.vectors.names import LEAVING, ways

app = noun("Scenes: what is in the data, found by the machine, named and kept by people.")

Scene = Annotated[int, typer.Argument(metavar="SCENE", help="The scene's number.")]
Of = Annotated[View | None, typer.Option("--of", help="Texts, pictures or sounds (default: what most items are).")]

SendTo = Annotated[str, typer.Option(metavar="HOST", help="The host outside the house that may be sent the texts.")]


class ScenesFailed(Refusal):
    """The job was refused or broke; told by the command as every refusal is."""

    code = "scenes-failed"
    status = 422
    sentence = N_("Nothing was found or placed: “{message}”.")
    next_step = N_("What to do: “{next}”.")


def _view(house: House, actor: Actor, project_id: int, of: View | None) -> View:
    return read_scenes(house, actor, project_id, of).view


def _carry_out(ctx: typer.Context, house: House, job_id: int) -> None:
    with following(house, job_id, shown=progress_of(ctx)):
        work_jobs(house, JOBS, only=job_id)
    with house.reading() as connection:
        job = find_job(connection, job_id)
    told = (job.outcome or {}).get("error") if job else None
    if told:
        words, details = words_of(ctx), told["details"]
        raise ScenesFailed(message=words(told["sentence"], **details), next=words(told["next"], **details))
    outcome = (job.outcome or {}) if job else {}
    said = "\n".join(f"{key}\t{value}" for key, value in outcome.items())
    emit(ctx, {"job": job_answer(job) if job else None}, said)


@app.command()
def make(
    ctx: typer.Context,
    project: ProjectName,
    of: Of = None,
    backend: Annotated[str, typer.Option(help="How to compare, as `guiju scenes ways` names it.")] = "",
    count: Annotated[int, typer.Option(min=0, max=400, help="About how many scenes (0: as many as there are).")] = 0,
    send_to: SendTo = "",
) -> None:
    """Find the scenes, or find them again; what people kept stays."""
    with house_and_actor(ctx) as (house, actor):
        project_id = find_project_id(house, actor, project)
        view = _view(house, actor, project_id, of)
        told: dict[str, Any] = {"backend": backend, "count": count, "send_to": send_to}
        job_id = ask_to_make(house, actor, project_id, view, request_id=new_id(), **told)
        _carry_out(ctx, house, job_id)


@app.command()
def place(ctx: typer.Context, project: ProjectName, of: Of = None, send_to: SendTo = "") -> None:
    """Give new items their place among the scenes there are."""
    with house_and_actor(ctx) as (house, actor):
        project_id = find_project_id(house, actor, project)
        view = _view(house, actor, project_id, of)
        job_id = ask_to_place(house, actor, project_id, view, request_id=new_id(), send_to=send_to)
        _carry_out(ctx, house, job_id)


@app.command(name="ways")
def ways_(ctx: typer.Context, project: ProjectName, of: Of = None) -> None:
    """List the ways to compare that can be used here; the first is what is used unless told."""
    with house_and_actor(ctx) as (house, actor):
        view = _view(house, actor, find_project_id(house, actor, project), of)
        t = words_of(ctx)
        found = [Way(name, t(said), name in LEAVING) for name, said in ways(view.value, house.home)]
        emit(ctx, WaysAnswer(found), "\n".join(f"{each.name}\t{each.says}" for each in found))


@app.command()
def leaving(ctx: typer.Context, project: ProjectName, of: Of = None) -> None:
    """Show what would be sent to the service outside the house, and where to; nothing is sent."""
    with house_and_actor(ctx) as (house, actor):
        project_id = find_project_id(house, actor, project)
        found = leaving_answer(read_leaving(house, actor, project_id, _view(house, actor, project_id, of)))
        emit(ctx, found, "\n".join(f"{key}\t{value}" for key, value in msgspec.to_builtins(found).items()))


@app.command("list")
def list_(ctx: typer.Context, project: ProjectName, of: Of = None) -> None:
    """List the tree of scenes."""
    with house_and_actor(ctx) as (house, actor):
        found = read_scenes(house, actor, find_project_id(house, actor, project), of)
        t = words_of(ctx)
        lines = [
            f"{line.scene.id}\t{'  ' * line.depth}{line.scene.name}\t{t(STATE_NAMES[line.scene.state])}\t{line.items}"
            for line in found.tree.lines
        ]
        nowhere = f"0\t{t(N_('Fits nowhere'))}\t\t{found.tree.nowhere}"
        emit(ctx, scenes_answer(found), "\n".join([*lines, nowhere]))


@app.command()
def name(
    ctx: typer.Context,
    project: ProjectName,
    scene: Scene,
    name: Annotated[str, typer.Argument(help="What it is called.")],
    definition: Annotated[str | None, typer.Option(help="What belongs here, in a sentence.")] = None,
    seeds: Annotated[str | None, typer.Option(help="Seed words, with commas between them.")] = None,
    of: Of = None,
) -> None:
    """Name a scene and keep it."""
    with house_and_actor(ctx) as (house, actor):
        project_id = find_project_id(house, actor, project)
        view = _view(house, actor, project_id, of)
        told = {"definition": definition, "seeds": seeds}
        done = describe_scene(house, actor, project_id, view, scene, request_id=new_id(), name=name, **told)
        emit(ctx, {"scene": done}, str(done))


@app.command()
def merge(
    ctx: typer.Context,
    project: ProjectName,
    into: Annotated[int, typer.Argument(metavar="INTO", help="The scene that stays.")],
    others: Annotated[list[int], typer.Argument(metavar="SCENE…", help="The scenes that go into it.")],
    of: Of = None,
) -> None:
    """Merge scenes into one."""
    with house_and_actor(ctx) as (house, actor):
        project_id = find_project_id(house, actor, project)
        view = _view(house, actor, project_id, of)
        done = merge_scenes(house, actor, project_id, view, into, others, request_id=new_id())
        emit(ctx, {"scene": done}, str(done))


@app.command()
def split(
    ctx: typer.Context,
    project: ProjectName,
    scene: Scene,
    parts: Annotated[int, typer.Option(min=2, max=12, help="Into how many at most.")] = 2,
    of: Of = None,
) -> None:
    """Split a scene into scenes below it."""
    with house_and_actor(ctx) as (house, actor):
        project_id = find_project_id(house, actor, project)
        view = _view(house, actor, project_id, of)
        made = split_scene(house, actor, project_id, view, scene, parts, request_id=new_id())
        emit(ctx, {"scenes": made}, "\n".join(map(str, made)))


class Order(StrEnum):
    TYPICAL = "typical"
    ODD = "odd"
    BOUNDARY = "boundary"


@app.command()
def items(
    ctx: typer.Context,
    project: ProjectName,
    scene: Annotated[int, typer.Argument(metavar="SCENE", help="The scene's number; 0: what fits nowhere.")],
    order: Annotated[Order, typer.Option(help="Which come first.")] = Order.TYPICAL,
    limit: Annotated[int, typer.Option(min=1, max=200, help="How many.")] = 24,
    of: Of = None,
) -> None:
    """List the items of a scene: the typical first, the odd, or those on its boundary."""
    with house_and_actor(ctx) as (house, actor):
        project_id = find_project_id(house, actor, project)
        view = _view(house, actor, project_id, of)
        shown = list_scene_items(house, actor, project_id, view, scene or None, order=order.value, limit=limit)
        found = placed_answers(shown)
        emit(ctx, {"items": found}, "\n".join(f"{each.item}\t{each.name}\t{each.text}" for each in found))


@app.command()
def move(
    ctx: typer.Context,
    project: ProjectName,
    scene: Scene,
    items: Annotated[list[int], typer.Argument(metavar="ITEM…", help="The items' numbers.")],
    of: Of = None,
) -> None:
    """Put items into a scene; the machine leaves them there."""
    with house_and_actor(ctx) as (house, actor):
        project_id = find_project_id(house, actor, project)
        view = _view(house, actor, project_id, of)
        done = move_items(house, actor, project_id, view, items, scene, request_id=new_id())
        emit(ctx, {"scene": done}, str(done))


@app.command()
def trial(
    ctx: typer.Context,
    project: ProjectName,
    annotators: Annotated[list[str], typer.Option("--annotator", help="An annotator's e-mail (give it for each).")],
    each: Annotated[int, typer.Option(min=1, max=200, help="Items from every scene.")] = 3,
    scenes: Annotated[list[int] | None, typer.Option("--scene", help="Only from this scene (may be repeated).")] = None,
    of: Of = None,
) -> None:
    """Open a trial of the same number of items from every scene."""
    with house_and_actor(ctx) as (house, actor):
        project_id = find_project_id(house, actor, project)
        view = _view(house, actor, project_id, of)
        people = account_ids_of(house, annotators)
        drawn: dict[str, Any] = {"each": each, "account_ids": people, "scenes": scenes or ()}
        opened = open_scene_trial(house, actor, project_id, view, request_id=new_id(), **drawn)
        emit(ctx, {"round": opened}, words_of(ctx)(N_("The trial is open: round {round}."), round=opened))


@app.command()
def label(
    ctx: typer.Context,
    project: ProjectName,
    scene: Scene,
    label: Annotated[str, typer.Option("--id", help="The label's id (default: made of the scene's name).")] = "",
    of: Of = None,
) -> None:
    """Add a scene to the rulebook's draft as a label, with its definition and examples."""
    with house_and_actor(ctx) as (house, actor):
        project_id = find_project_id(house, actor, project)
        view = _view(house, actor, project_id, of)
        done = label_from_scene(house, actor, project_id, view, scene, request_id=new_id(), label=label)
        emit(ctx, {"label": done}, done)


@app.command()
def share(
    ctx: typer.Context,
    project: ProjectName,
    scene: Scene,
    part: Annotated[float | None, typer.Argument(help="Above 0, at most 1 (default: as it is now).")] = None,
    of: Of = None,
) -> None:
    """Write the share of a scene into the brief's difficulty mix; print it."""
    with house_and_actor(ctx) as (house, actor):
        project_id = find_project_id(house, actor, project)
        view = _view(house, actor, project_id, of)
        written = share_to_brief(house, actor, project_id, view, scene, request_id=new_id(), share=part)
        emit(ctx, {"share": written}, f"{written:g}")
