"""What is done to projects. `authorise` is the guard that every action of every slice begins with."""

from sqlalchemy import Connection

from guiju.people import (
    AccountNotFound,
    Act,
    NotAllowed,
    Role,
    Skills,
    clean_skills,
    find_account,
    get_team,
    keep_skills,
    may,
    require_admin,
)
from guiju.projects import store
from guiju.projects.errors import MayNotOpenProjects, NoRoleChosen, NotDeleted, ProjectNotActive, ProjectNotFound
from guiju.projects.model import Member, Project, ProjectState, Standing
from guiju.projects.rules import check_a_lead_stays, check_rights, check_typed, clean_project_name
from guiju.storage import Actor, Event, House, Tx

READING = frozenset(
    {Act.SEE_PROJECT, Act.SEE_ITEMS, Act.SEE_ORIGINALS, Act.SEE_REPORTS, Act.SEE_RULEBOOK, Act.DOWNLOAD}
)
WHILE_PAUSED = READING | {Act.CHANGE_PROJECT, Act.DELETE_PROJECT, Act.MANAGE_MEMBERS}


def authorise(connection: Connection, actor: Actor, project_id: int, act: Act) -> Standing:
    """The actor's standing in the project, if they may do `act` there now.

    Raises `ProjectNotFound` for a stranger (who may not know that the project exists), `NotAllowed` for a member
    without the right role, `ProjectNotActive` for a change in a project that is paused or archived.
    """
    standing = store.find_standing(connection, actor.id, project_id)
    if standing is None or not (standing.roles or actor.trusted):
        raise ProjectNotFound(project=project_id)
    if not (actor.trusted or may(standing.roles, act)):
        raise NotAllowed(act=act.value)
    if standing.project.state is not ProjectState.ACTIVE and act not in WHILE_PAUSED:
        raise ProjectNotActive(state=standing.project.state.value)
    return standing


def create_project(
    house: House, actor: Actor, *, request_id: str, name: str, customer: str = "", rights: str = "customer"
) -> int:
    """Open a project; whoever opens it is its trainer and manager. Returns its id.

    Raises `MayNotOpenProjects`, `ProjectNameMissing`, `RightsUnknown`.
    """

    def write(tx: Tx) -> int:
        _require_opening(tx, actor)
        clean_project_name(name)
        return tx.once(request_id, actor.id, "project.create", lambda: _create(tx, actor, name, customer, rights))

    return house.write(write)


def _require_opening(tx: Tx, actor: Actor) -> None:
    account = find_account(tx.connection, actor.id)
    if not actor.trusted and (account is None or not (account.may_open_projects or account.is_admin)):
        raise MayNotOpenProjects


def _create(tx: Tx, actor: Actor, name: str, customer: str, rights: str) -> int:
    project_id = store.insert_project(
        tx,
        name=clean_project_name(name),
        customer=" ".join(customer.split())[:120],
        state=ProjectState.ACTIVE,
        rights=check_rights(rights),
        created_by=actor.id,
    )
    store.set_roles(tx, project_id, actor.id, Role.TRAINER | Role.MANAGER)
    tx.journal(Event(actor.id, "project.created", project_id, project_id))
    return project_id


def set_member(
    house: House, actor: Actor, project_id: int, account_id: int, roles: Role, *, skills: Skills | None = None
) -> None:
    """Give an account exactly these roles in the project; none takes it out, with its work kept.

    With `skills`, what is kept of its languages and skills, in every project, is these. Raises `AccountNotFound`,
    `LastLead`, and what `clean_skills` raises.
    """
    told = clean_skills(skills.languages, skills.skills) if skills is not None else None

    def write(tx: Tx) -> None:
        authorise(tx.connection, actor, project_id, Act.MANAGE_MEMBERS)
        if find_account(tx.connection, account_id) is None:
            raise AccountNotFound(email=account_id)
        check_a_lead_stays(store.roles_in(tx.connection, project_id, lock=True), account_id, roles)
        store.set_roles(tx, project_id, account_id, roles)
        facts: dict[str, object] = {"roles": int(roles)}
        if told is not None:
            keep_skills(tx, account_id, told, actor.id)
            facts |= {"languages": list(told.languages), "skills": list(told.skills)}
        tx.journal(Event(actor.id, "project.member-set", project_id, account_id, facts=facts))

    house.write(write)


def add_team(house: House, actor: Actor, project_id: int, team_id: int, roles: Role) -> int:
    """Give everybody of a team these roles beside the ones they have; returns how many people that is.

    Raises `TeamNotFound`, `NoRoleChosen`.
    """

    def write(tx: Tx) -> int:
        authorise(tx.connection, actor, project_id, Act.MANAGE_MEMBERS)
        if not roles:
            raise NoRoleChosen
        team, held = get_team(tx.connection, team_id), store.roles_in(tx.connection, project_id)
        for account_id in team.members:
            store.set_roles(tx, project_id, account_id, held.get(account_id, Role(0)) | roles)
        tx.journal(Event(actor.id, "project.team-added", project_id, team_id, facts={"roles": int(roles)}))
        return len(team.members)

    return house.write(write)


def read_members(house: House, actor: Actor, project_id: int) -> tuple[Standing, list[Member]]:
    """The project and who belongs to it, by name."""
    with house.reading() as connection:
        standing = authorise(connection, actor, project_id, Act.SEE_PROJECT)
        return standing, store.list_members(connection, project_id)


def change_project(
    house: House,
    actor: Actor,
    project_id: int,
    *,
    name: str | None = None,
    customer: str | None = None,
    rights: str | None = None,
) -> None:
    """Change what the project is called, for whom it is, or who may see what it leaves in the bank.

    Raises `ProjectNameMissing`, `RightsUnknown`.
    """

    def write(tx: Tx) -> None:
        project = authorise(tx.connection, actor, project_id, Act.CHANGE_PROJECT).project
        store.update_project(
            tx,
            project_id,
            name=project.name if name is None else clean_project_name(name),
            customer=project.customer if customer is None else " ".join(customer.split())[:120],
            rights=project.rights if rights is None else check_rights(rights),
        )
        tx.journal(Event(actor.id, "project.changed", project_id, project_id))

    house.write(write)


def set_state(house: House, actor: Actor, project_id: int, state: ProjectState) -> None:
    """Pause, archive or resume the project; to delete it is `delete_project`."""
    if state is ProjectState.DELETED:
        raise AssertionError("a project is deleted by delete_project")

    def write(tx: Tx) -> None:
        authorise(tx.connection, actor, project_id, Act.CHANGE_PROJECT)
        store.update_project(tx, project_id, state=state)
        tx.journal(Event(actor.id, f"project.{_STATE_EVENTS[state]}", project_id, project_id))

    house.write(write)


_STATE_EVENTS = {ProjectState.ACTIVE: "resumed", ProjectState.PAUSED: "paused", ProjectState.ARCHIVED: "archived"}


def delete_project(house: House, actor: Actor, project_id: int, *, typed: str) -> None:
    """Take the project away from everybody; nothing in it is lost, and an administrator can restore it.

    `typed` is the project's name, typed by whoever deletes it. Raises `NameNotTyped`.
    """

    def write(tx: Tx) -> None:
        project = authorise(tx.connection, actor, project_id, Act.DELETE_PROJECT).project
        check_typed(project.name, typed)
        store.update_project(tx, project_id, state=ProjectState.DELETED)
        tx.journal(Event(actor.id, "project.deleted", project_id, project_id))

    house.write(write)


def list_all_projects(house: House, actor: Actor) -> list[Standing]:
    """One's own projects; for whoever holds the home itself, every project that is not deleted. The newest first."""
    with house.reading() as connection:
        return store.list_all(connection) if actor.trusted else store.list_projects_of(connection, actor.id)


def list_deleted(house: House, actor: Actor) -> list[Project]:
    """Every deleted project, the newest first. Raises `AdminOnly`."""
    require_admin(actor)
    with house.reading() as connection:
        return store.list_deleted(connection)


def restore_project(house: House, actor: Actor, project_id: int) -> None:
    """Give a deleted project back to its members, paused. Raises `AdminOnly`, `ProjectNotFound`, `NotDeleted`."""
    require_admin(actor)

    def write(tx: Tx) -> None:
        project = store.find_project(tx.connection, project_id)
        if project is None:
            raise ProjectNotFound(project=project_id)
        if project.state is not ProjectState.DELETED:
            raise NotDeleted
        store.update_project(tx, project_id, state=ProjectState.PAUSED)
        tx.journal(Event(actor.id, "project.restored", project_id, project_id))

    house.write(write)


def clone_project(house: House, actor: Actor, project_id: int, *, request_id: str, name: str | None = None) -> int:
    """Open a project like this one: its customer, rights and members, with nothing in it yet. Returns its id.

    Raises `MayNotOpenProjects`.
    """

    def write(tx: Tx) -> int:
        _require_opening(tx, actor)
        source = authorise(tx.connection, actor, project_id, Act.CHANGE_PROJECT).project
        called = clean_project_name(name or f"{source.name[:115]} copy")
        return tx.once(request_id, actor.id, "project.clone", lambda: _clone(tx, actor, source, called))

    return house.write(write)


def _clone(tx: Tx, actor: Actor, source: Project, name: str) -> int:
    values = {"name": name, "customer": source.customer, "rights": source.rights, "state": ProjectState.ACTIVE}
    project_id = store.insert_project(tx, **values, created_by=actor.id, cloned_from=source.id)
    roles = store.roles_in(tx.connection, source.id)
    roles[actor.id] = roles.get(actor.id, Role(0)) | Role.TRAINER | Role.MANAGER
    for account_id, held in roles.items():
        store.set_roles(tx, project_id, account_id, held)
    tx.journal(Event(actor.id, "project.cloned", project_id, source.id))
    return project_id
