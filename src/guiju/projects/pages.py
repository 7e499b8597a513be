"""The projects' pages: the list, members and settings. The page of one project is made by planning."""

from typing import Any

from litestar import get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect, Response
from sqlalchemy import Connection

from guiju.kit import N_, Refusal, describe
from guiju.people import (
    ROLE_NAMES,
    AccountNotFound,
    Act,
    Role,
    Skills,
    find_account,
    find_account_by_email,
    list_certificates,
    list_teams,
    may,
    skills_of,
)
from guiju.projects import actions, store
from guiju.projects.errors import MayNotOpenProjects, NoRoleChosen
from guiju.projects.model import Project, ProjectState
from guiju.projects.rules import roles_named, shown_tab, tabs_for
from guiju.site import Form, actor_of, add_context, done, field, flag, house_of, page, request_id_of, words_of
from guiju.site.forms import many
from guiju.site.guards import AnyRequest, known_signed_in
from guiju.storage import Actor

SAVED = N_("Saved.")
DELETED = N_("The project is deleted. An administrator can restore it.")
RESTORED = N_("The project is restored and paused.")
ROLES = [(str(role.name).lower(), role, words) for role, words in ROLE_NAMES.items()]


def _ways(request: AnyRequest, context: dict[str, object]) -> dict[str, object]:
    """Which pages the reader may open, for the frame of every page: the project's tabs, and the bank."""
    signed_in = known_signed_in(request)
    if signed_in is None:
        return {"tabs": [], "sees_bank": False}
    actor = signed_in.actor
    with house_of(request).reading() as connection:
        tabs = _tabs(connection, actor, context.get("project"))
        return {
            "tabs": tabs,
            "tab": shown_tab(request.url.path, [path for path, _ in tabs]),
            "sees_bank": store.leads_or_opens(connection, actor.id),
        }


def _tabs(connection: Connection, actor: Actor, project: object) -> list[tuple[str, str]]:
    standing = store.find_standing(connection, actor.id, project.id) if isinstance(project, Project) else None
    return tabs_for(standing.roles, trusted=actor.trusted) if standing else []


add_context(_ways)


def _own(request: AnyRequest, data: dict[str, Any]) -> Actor:
    return actor_of(request, csrf=field(data, "csrf", required=False))


@get("/projects", sync_to_thread=True)
def list_projects(request: AnyRequest, deleted: FromQuery[str] = "") -> Response[Any]:
    actor, house = actor_of(request), house_of(request)
    if deleted:
        return page(request, "projects/deleted.html", projects=actions.list_deleted(house, actor))
    with house.reading() as connection:
        standings = store.list_projects_of(connection, actor.id)
        account = find_account(connection, actor.id)
    may_open = account is not None and (account.may_open_projects or account.is_admin)
    return page(request, "projects/list.html", standings=standings, roles=ROLES, may_open=may_open)


@get("/projects/new", sync_to_thread=True)
def ask_for_project(request: AnyRequest) -> Response[Any]:
    with house_of(request).reading() as connection:
        account = find_account(connection, actor_of(request).id)
    if account is None or not (account.may_open_projects or account.is_admin):
        raise MayNotOpenProjects
    return page(request, "projects/new.html", error=None, name="", customer="", rights="customer")


@post("/projects/new", sync_to_thread=True)
def open_project(request: AnyRequest, data: Form) -> Response[Any]:
    actor = _own(request, data)
    wanted = {name: field(data, name, required=False) for name in ("name", "customer", "rights")}
    try:
        made = actions.create_project(house_of(request), actor, request_id=request_id_of(data), **wanted)
    except Refusal as refusal:
        error = describe(refusal, words_of(request))
        return page(request, "projects/new.html", status=refusal.status, error=error, **wanted)
    return done(f"/projects/{made}")


@get("/projects/{project_id:int}/members", sync_to_thread=True)
def show_members(request: AnyRequest, project_id: FromPath[int]) -> Response[Any]:
    actor, house = actor_of(request), house_of(request)
    standing, members = actions.read_members(house, actor, project_id)
    leads = may(standing.roles, Act.MANAGE_MEMBERS)
    with house.reading() as connection:
        teams = list_teams(connection) if leads else []
        skills = skills_of(connection, [each.account_id for each in members])
        live = [each for each in list_certificates(connection, project_id) if each.is_live]
    return page(
        request,
        "projects/members.html",
        project=standing.project,
        members=members,
        leads=leads,
        teams=teams,
        skills=skills,
        certified={each.account_id: each.version for each in reversed(live)},
        roles=ROLES,
    )


@post("/projects/{project_id:int}/members", sync_to_thread=True)
def change_member(request: AnyRequest, project_id: FromPath[int], data: Form) -> Redirect:
    """Give one person, by e-mail address, exactly the chosen roles; `out` takes them out."""
    actor, house = _own(request, data), house_of(request)
    roles = Role(0) if flag(data, "out") else roles_named(many(data, "role"))
    email = field(data, "email")
    with house.reading() as connection:
        # Before the look-up, so that a stranger cannot ask the house for addresses.
        actions.authorise(connection, actor, project_id, Act.MANAGE_MEMBERS)
        account = find_account_by_email(connection, email)
    if account is None:
        raise AccountNotFound(email=email)
    if not roles and not flag(data, "out"):
        raise NoRoleChosen
    actions.set_member(house, actor, project_id, account.id, roles, skills=_skills(data))
    return done(f"/projects/{project_id}/members?said={SAVED}")


def _skills(data: dict[str, Any]) -> Skills | None:
    """What the form says of languages and skills, where it asks for them."""
    if "languages" not in data and "skills" not in data:
        return None
    said = [field(data, name, required=False).replace("，", ",").replace("、", ",") for name in ("languages", "skills")]
    languages, skills = (tuple(each for each in one.split(",") if each.strip()) for one in said)
    return Skills(languages, skills)


@post("/projects/{project_id:int}/members/team", sync_to_thread=True)
def add_team(request: AnyRequest, project_id: FromPath[int], data: Form) -> Redirect:
    actor, team = _own(request, data), field(data, "team")
    team_id = int(team) if team.isdecimal() else 0
    actions.add_team(house_of(request), actor, project_id, team_id, roles_named(many(data, "role")))
    return done(f"/projects/{project_id}/members?said={SAVED}")


@get("/projects/{project_id:int}/settings", sync_to_thread=True)
def show_settings(request: AnyRequest, project_id: FromPath[int]) -> Response[Any]:
    actor = actor_of(request)
    with house_of(request).reading() as connection:
        standing = actions.authorise(connection, actor, project_id, Act.CHANGE_PROJECT)
    may_delete = may(standing.roles, Act.DELETE_PROJECT)
    return page(request, "projects/settings.html", project=standing.project, may_delete=may_delete)


@post("/projects/{project_id:int}/settings", sync_to_thread=True)
def change_settings(request: AnyRequest, project_id: FromPath[int], data: Form) -> Redirect:
    actor = _own(request, data)
    wanted = {name: field(data, name, required=False) for name in ("name", "customer", "rights")}
    actions.change_project(house_of(request), actor, project_id, **wanted)
    return done(f"/projects/{project_id}/settings?said={SAVED}")


def _turn(path: str, state: ProjectState) -> Any:
    """The route that turns a project to `state`."""

    @post(f"/projects/{{project_id:int}}/{path}", sync_to_thread=True)
    def turn(request: AnyRequest, project_id: FromPath[int], data: Form) -> Redirect:
        actions.set_state(house_of(request), _own(request, data), project_id, state)
        return done(f"/projects/{project_id}/settings?said={SAVED}")

    return turn


@post("/projects/{project_id:int}/delete", sync_to_thread=True)
def delete_project(request: AnyRequest, project_id: FromPath[int], data: Form) -> Redirect:
    actor, typed = _own(request, data), field(data, "typed", required=False)
    actions.delete_project(house_of(request), actor, project_id, typed=typed)
    return done(f"/projects?said={DELETED}")


@post("/projects/{project_id:int}/restore", sync_to_thread=True)
def restore_project(request: AnyRequest, project_id: FromPath[int], data: Form) -> Redirect:
    actions.restore_project(house_of(request), _own(request, data), project_id)
    return done(f"/projects?said={RESTORED}")


@post("/projects/{project_id:int}/clone", sync_to_thread=True)
def clone_project(request: AnyRequest, project_id: FromPath[int], data: Form) -> Redirect:
    actor, name = _own(request, data), field(data, "name", required=False)
    made = actions.clone_project(
        house_of(request), actor, project_id, request_id=request_id_of(data), name=name or None
    )
    return done(f"/projects/{made}/settings")


PAGES: list[Any] = [
    list_projects,
    ask_for_project,
    open_project,
    show_members,
    change_member,
    add_team,
    show_settings,
    change_settings,
    _turn("pause", ProjectState.PAUSED),
    _turn("archive", ProjectState.ARCHIVED),
    _turn("resume", ProjectState.ACTIVE),
    delete_project,
    restore_project,
    clone_project,
]
