"""`guiju project`: open projects, and what becomes of them."""

from typing import Annotated

import typer

from guiju.cli.common import emit, house_and_actor, noun
from guiju.kit import new_id
from guiju.people import AccountNotFound, Act, Skills, find_account_by_email
from guiju.projects import (
    ProjectState,
    Standing,
    authorise,
    clone_project,
    create_project,
    delete_project,
    list_all_projects,
    read_members,
    restore_project,
    role_names,
    roles_named,
    set_member,
    set_state,
)
from guiju.storage import Actor, House

app = noun("Projects: open, pause, archive, clone, delete them; their members.")

ProjectId = Annotated[int, typer.Argument(help="The project's number.", metavar="PROJECT")]


def _data(standing: Standing) -> dict[str, object]:
    project = standing.project
    about = {"id": project.id, "name": project.name, "customer": project.customer, "state": project.state.value}
    return {**about, "rights": project.rights}


def _line(standing: Standing) -> str:
    project = standing.project
    return "\t".join([str(project.id), project.name, project.customer, project.state.value])


def _show(ctx: typer.Context, house: House, actor: Actor, project_id: int) -> None:
    with house.reading() as connection:
        standing = authorise(connection, actor, project_id, Act.SEE_PROJECT)
    emit(ctx, _data(standing), _line(standing))


@app.command("list")
def list_projects(ctx: typer.Context) -> None:
    """List every project of the house that is not deleted."""
    with house_and_actor(ctx) as (house, actor):
        standings = list_all_projects(house, actor)
        emit(ctx, [_data(standing) for standing in standings], "\n".join(map(_line, standings)))


@app.command("create")
def create(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(help="What the project is called.")],
    customer: Annotated[str, typer.Option(help="For whom it is.")] = "",
    rights: Annotated[
        str, typer.Option(help="Who may see what it leaves in the bank: customer or general.")
    ] = "customer",
) -> None:
    """Open a project; whoever opens it is its trainer and manager."""
    with house_and_actor(ctx) as (house, actor):
        made = create_project(house, actor, request_id=new_id(), name=name, customer=customer, rights=rights)
        _show(ctx, house, actor, made)


@app.command("pause")
def pause(ctx: typer.Context, project: ProjectId) -> None:
    """Pause a project: everybody may read it, nobody may change anything in it."""
    _turn(ctx, project, ProjectState.PAUSED)


@app.command("resume")
def resume(ctx: typer.Context, project: ProjectId) -> None:
    """Resume a paused or archived project."""
    _turn(ctx, project, ProjectState.ACTIVE)


@app.command("archive")
def archive(ctx: typer.Context, project: ProjectId) -> None:
    """Put a finished project away; it can be read and resumed."""
    _turn(ctx, project, ProjectState.ARCHIVED)


def _turn(ctx: typer.Context, project: int, state: ProjectState) -> None:
    with house_and_actor(ctx) as (house, actor):
        set_state(house, actor, project, state)
        _show(ctx, house, actor, project)


@app.command("delete")
def delete(
    ctx: typer.Context,
    project: ProjectId,
    name: Annotated[str, typer.Option(help="The project's own name, to confirm.")],
) -> None:
    """Delete a project; `guiju project restore` brings it back."""
    with house_and_actor(ctx) as (house, actor):
        delete_project(house, actor, project, typed=name)
        emit(ctx, {"id": project, "state": "deleted"}, f"{project}\tdeleted")


@app.command("restore")
def restore(ctx: typer.Context, project: ProjectId) -> None:
    """Bring a deleted project back, paused."""
    with house_and_actor(ctx) as (house, actor):
        restore_project(house, actor, project)
        _show(ctx, house, actor, project)


@app.command("clone")
def clone(
    ctx: typer.Context,
    project: ProjectId,
    name: Annotated[str | None, typer.Option(help="The new project's name.")] = None,
) -> None:
    """Open a project with the same customer, rights and members."""
    with house_and_actor(ctx) as (house, actor):
        _show(ctx, house, actor, clone_project(house, actor, project, request_id=new_id(), name=name))


@app.command("member")
def member(
    ctx: typer.Context,
    project: ProjectId,
    email: Annotated[str | None, typer.Argument(help="Whose roles to set; without it, list the members.")] = None,
    roles: Annotated[str, typer.Option(help="Exactly these, as trainer,inspector; none takes the person out.")] = "",
    languages: Annotated[str | None, typer.Option(help="The languages kept of them, as zh,en.")] = None,
    skills: Annotated[str | None, typer.Option(help="The skills kept of them, as medicine,law.")] = None,
) -> None:
    """List the members, or give one exactly these roles."""
    with house_and_actor(ctx) as (house, actor):
        if email is not None:
            wanted = roles_named(role.strip() for role in roles.split(",") if role.strip())
            told = None if languages is None and skills is None else Skills(_several(languages), _several(skills))
            set_member(house, actor, project, _account_id(house, email), wanted, skills=told)
        _, members = read_members(house, actor, project)
        rows = [{"name": m.name, "email": m.email, "roles": role_names(m.roles)} for m in members]
        emit(ctx, rows, "\n".join(f"{m.email}\t{m.name}\t{','.join(role_names(m.roles))}" for m in members))


def _several(said: str | None) -> tuple[str, ...]:
    return tuple(each for each in (said or "").split(",") if each.strip())


def _account_id(house: House, email: str) -> int:
    with house.reading() as connection:
        account = find_account_by_email(connection, email)
    if account is None:
        raise AccountNotFound(email=email)
    return account.id
