"""Routes about projects, their state and their members."""

from typing import Any, Literal

import msgspec
from litestar import delete, get, patch, post, put
from litestar.params import FromPath, JSONBody

from guiju.people import NO_SKILLS, AccountNotFound, Act, Role, Skills, find_account_by_email, skills_of
from guiju.projects import actions, store
from guiju.projects.errors import NoRoleChosen
from guiju.projects.model import Member, ProjectState, Standing
from guiju.projects.rules import role_names, roles_named
from guiju.site import actor_of, house_of
from guiju.site.guards import AnyRequest
from guiju.storage import House


class ProjectOut(msgspec.Struct, frozen=True):
    """A project and the asker's roles in it."""

    id: int
    name: str
    customer: str
    state: str
    rights: str
    created_at: int
    roles: list[str]


class NewProject(msgspec.Struct, frozen=True):
    id: str
    name: str
    customer: str = ""
    rights: str = "customer"


class ProjectChange(msgspec.Struct, frozen=True):
    """What is left out stays as it is."""

    id: str
    name: str | None = None
    customer: str | None = None
    rights: str | None = None


class StateChange(msgspec.Struct, frozen=True):
    id: str
    state: Literal["active", "paused", "archived"]


class Deletion(msgspec.Struct, frozen=True):
    """`name` is the project's own name, which confirms the deletion."""

    id: str
    name: str


class Clone(msgspec.Struct, frozen=True):
    id: str
    name: str | None = None


class MemberOut(msgspec.Struct, frozen=True):
    id: int
    name: str
    email: str
    roles: list[str]
    languages: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()


class MemberIn(msgspec.Struct, frozen=True):
    """Exactly these roles: requester, trainer, expert, annotator, inspector, manager, engineer.

    With `languages` or `skills`, what is kept of the person's, in every project, is these: work is reserved by them.
    """

    id: str
    roles: list[str]
    languages: list[str] | None = None
    skills: list[str] | None = None


def _out(standing: Standing) -> ProjectOut:
    project = standing.project
    about = (project.id, project.name, project.customer, project.state.value, project.rights, project.created_at)
    return ProjectOut(*about, role_names(standing.roles))


def _members(house: House, members: list[Member]) -> list[MemberOut]:
    with house.reading() as connection:
        skills = skills_of(connection, [each.account_id for each in members])
    return [_member(each, skills.get(each.account_id, NO_SKILLS)) for each in members]


def _member(member: Member, known: Skills) -> MemberOut:
    named = (member.account_id, member.name, member.email, role_names(member.roles))
    return MemberOut(*named, known.languages, known.skills)


def _project(request: AnyRequest, project_id: int) -> ProjectOut:
    with house_of(request).reading() as connection:
        return _out(actions.authorise(connection, actor_of(request), project_id, Act.SEE_PROJECT))


@get("/projects", sync_to_thread=True)
def list_projects(request: AnyRequest) -> list[ProjectOut]:
    actor = actor_of(request)
    with house_of(request).reading() as connection:
        return [_out(standing) for standing in store.list_projects_of(connection, actor.id)]


@post("/projects", sync_to_thread=True)
def create_project(request: AnyRequest, data: JSONBody[NewProject]) -> ProjectOut:
    about = {"name": data.name, "customer": data.customer, "rights": data.rights}
    made = actions.create_project(house_of(request), actor_of(request), request_id=data.id, **about)
    return _project(request, made)


@get("/projects/{project_id:int}", sync_to_thread=True)
def get_project(request: AnyRequest, project_id: FromPath[int]) -> ProjectOut:
    return _project(request, project_id)


@patch("/projects/{project_id:int}", sync_to_thread=True)
def change_project(request: AnyRequest, project_id: FromPath[int], data: JSONBody[ProjectChange]) -> ProjectOut:
    about = {"name": data.name, "customer": data.customer, "rights": data.rights}
    actions.change_project(house_of(request), actor_of(request), project_id, **about)
    return _project(request, project_id)


@post("/projects/{project_id:int}/state", sync_to_thread=True, status_code=200)
def set_state(request: AnyRequest, project_id: FromPath[int], data: JSONBody[StateChange]) -> ProjectOut:
    actions.set_state(house_of(request), actor_of(request), project_id, ProjectState(data.state))
    return _project(request, project_id)


@post("/projects/{project_id:int}/delete", sync_to_thread=True, status_code=204)
def delete_project(request: AnyRequest, project_id: FromPath[int], data: JSONBody[Deletion]) -> None:
    actions.delete_project(house_of(request), actor_of(request), project_id, typed=data.name)


@post("/projects/{project_id:int}/restore", sync_to_thread=True, status_code=204)
def restore_project(request: AnyRequest, project_id: FromPath[int]) -> None:
    actions.restore_project(house_of(request), actor_of(request), project_id)


@post("/projects/{project_id:int}/clone", sync_to_thread=True)
def clone_project(request: AnyRequest, project_id: FromPath[int], data: JSONBody[Clone]) -> ProjectOut:
    actor, house = actor_of(request), house_of(request)
    return _project(request, actions.clone_project(house, actor, project_id, request_id=data.id, name=data.name))


@get("/projects/{project_id:int}/members", sync_to_thread=True)
def list_members(request: AnyRequest, project_id: FromPath[int]) -> list[MemberOut]:
    _, members = actions.read_members(house_of(request), actor_of(request), project_id)
    return _members(house_of(request), members)


@put("/projects/{project_id:int}/members/{email:str}", sync_to_thread=True)
def set_member(
    request: AnyRequest, project_id: FromPath[int], email: FromPath[str], data: JSONBody[MemberIn]
) -> list[MemberOut]:
    roles = roles_named(data.roles)
    if not roles:
        raise NoRoleChosen
    skills = None
    if data.languages is not None or data.skills is not None:
        skills = Skills(tuple(data.languages or ()), tuple(data.skills or ()))
    return _set(request, project_id, email, roles, skills)


@delete("/projects/{project_id:int}/members/{email:str}", sync_to_thread=True, status_code=200)
def take_out(request: AnyRequest, project_id: FromPath[int], email: FromPath[str]) -> list[MemberOut]:
    return _set(request, project_id, email, Role(0))


def _set(
    request: AnyRequest, project_id: int, email: str, roles: Role, skills: Skills | None = None
) -> list[MemberOut]:
    actor, house = actor_of(request), house_of(request)
    with house.reading() as connection:
        # Before the look-up, so that a stranger cannot ask the house for addresses.
        actions.authorise(connection, actor, project_id, Act.MANAGE_MEMBERS)
        account = find_account_by_email(connection, email)
        own = account is not None and account.id == actor.id and not roles
    if account is None:
        raise AccountNotFound(email=email)
    actions.set_member(house, actor, project_id, account.id, roles, skills=skills)
    # Whoever takes themselves out may no longer see who is left.
    return [] if own else _members(house, actions.read_members(house, actor, project_id)[1])


API: list[Any] = [
    list_projects,
    create_project,
    get_project,
    change_project,
    set_state,
    delete_project,
    restore_project,
    clone_project,
    list_members,
    set_member,
    take_out,
]
