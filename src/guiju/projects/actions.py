"""What is done to projects. `authorise` is the guard that every action of every slice begins with."""

from sqlalchemy import Connection

from guiju.people import Act, NotAllowed, Role, find_account, may
from guiju.projects import store
from guiju.projects.errors import MayNotOpenProjects, ProjectNameMissing, ProjectNotActive, ProjectNotFound
from guiju.projects.model import ProjectState, Standing
from guiju.storage import Actor, Event, House, Tx

READING = frozenset({Act.SEE_PROJECT, Act.SEE_ITEMS, Act.SEE_REPORTS, Act.SEE_RULEBOOK, Act.DOWNLOAD})
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

    Raises `MayNotOpenProjects`, `ProjectNameMissing`.
    """

    def write(tx: Tx) -> int:
        account = find_account(tx.connection, actor.id)
        if not actor.trusted and (account is None or not (account.may_open_projects or account.is_admin)):
            raise MayNotOpenProjects()
        if not name.strip():
            raise ProjectNameMissing()
        return tx.once(request_id, actor.id, "project.create", lambda: _create(tx, actor, name, customer, rights))

    return house.write(write)


def _create(tx: Tx, actor: Actor, name: str, customer: str, rights: str) -> int:
    project_id = store.insert_project(
        tx,
        name=name.strip()[:120],
        customer=customer.strip()[:120],
        state=ProjectState.ACTIVE,
        rights=rights if rights in {"customer", "general"} else "customer",
        created_by=actor.id,
    )
    store.set_roles(tx, project_id, actor.id, Role.TRAINER | Role.MANAGER)
    tx.journal(Event(actor.id, "project.created", project_id, project_id))
    return project_id


def set_member(house: House, actor: Actor, project_id: int, account_id: int, roles: Role) -> None:
    """Give an account exactly these roles in the project; none takes it out, with its work kept."""

    def write(tx: Tx) -> None:
        authorise(tx.connection, actor, project_id, Act.MANAGE_MEMBERS)
        store.set_roles(tx, project_id, account_id, roles)
        facts = {"roles": int(roles)}
        tx.journal(Event(actor.id, "project.member-set", project_id, account_id, facts=facts))

    house.write(write)
