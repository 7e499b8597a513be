"""SQL of projects and memberships."""

from typing import Any

from sqlalchemy import Connection, Row, bindparam, insert, select, update

from guiju.people import POLICY, Act, Role, account_table, find_account
from guiju.projects import tables as t
from guiju.projects.model import Member, Project, ProjectState, Standing
from guiju.storage import Prepared, Tx

_PROJECT = (
    t.project.c.id,
    t.project.c.name,
    t.project.c.customer,
    t.project.c.state,
    t.project.c.rights,
    t.project.c.created_by,
    t.project.c.created_at,
)
_STANDING = Prepared(
    select(*_PROJECT, t.membership.c.roles)
    .join_from(
        t.project,
        t.membership,
        (t.membership.c.project_id == t.project.c.id) & (t.membership.c.account_id == bindparam("account_id")),
        isouter=True,
    )
    .where(t.project.c.id == bindparam("project_id"), t.project.c.state != ProjectState.DELETED)
)


def project_of(row: Row[*tuple[Any, ...]]) -> Project:
    return Project(row.id, row.name, row.customer, ProjectState(row.state), row.rights, row.created_by, row.created_at)


def find_standing(connection: Connection, account_id: int, project_id: int) -> Standing | None:
    """The project and the account's roles in it, which may be none."""
    row = _STANDING.first(connection, {"account_id": account_id, "project_id": project_id})
    if row is None:
        return None
    number, name, customer, state, rights, created_by, created_at, roles = row
    project = Project(number, name, customer, ProjectState(state), rights, created_by, created_at)
    return Standing(project, Role(roles or 0))


def insert_project(tx: Tx, **values: object) -> int:
    return tx.insert(insert(t.project), {"created_at": tx.at, **values})


def set_roles(tx: Tx, project_id: int, account_id: int, roles: Role) -> None:
    """Make the account's roles exactly `roles`; none takes it out of the project."""
    mine = (t.membership.c.project_id == project_id) & (t.membership.c.account_id == account_id)
    tx.execute(t.membership.delete().where(mine))
    if roles:
        values = {"project_id": project_id, "account_id": account_id, "roles": int(roles)}
        tx.execute(insert(t.membership), values)


def list_projects_of(connection: Connection, account_id: int) -> list[Standing]:
    """Every project the account belongs to, the newest first."""
    mine = (
        select(*_PROJECT, t.membership.c.roles)
        .join_from(t.project, t.membership)
        .where(t.membership.c.account_id == account_id, t.project.c.state != ProjectState.DELETED)
    )
    return [
        Standing(project_of(row), Role(row.roles)) for row in connection.execute(mine.order_by(t.project.c.id.desc()))
    ]


_LEADS = Prepared(
    select(t.membership.c.project_id)
    .where(
        t.membership.c.account_id == bindparam("account_id"),
        t.membership.c.roles.op("&")(int(POLICY[Act.DRAW_FROM_BANK])) != 0,
    )
    .limit(1)
)


def leads_or_opens(connection: Connection, account_id: int) -> bool:
    """Whether the account leads a project or may open one: for whom the bank is."""
    account = find_account(connection, account_id)
    opens = account is not None and (account.may_open_projects or account.is_admin)
    return opens or _LEADS.first(connection, {"account_id": account_id}) is not None


def list_members(connection: Connection, project_id: int) -> list[Member]:
    """Who belongs to the project, by name; who may ask is for the caller to know."""
    person = account_table.c
    found = (
        select(person.id, person.name, person.email, t.membership.c.roles, person.blocked_at.is_not(None))
        .join_from(t.membership, account_table, person.id == t.membership.c.account_id)
        .where(t.membership.c.project_id == project_id)
        .order_by(person.name, person.id)
    )
    return [Member(row[0], row[1], row[2], Role(row[3]), bool(row[4])) for row in connection.execute(found)]


def update_project(tx: Tx, project_id: int, **values: object) -> None:
    tx.execute(update(t.project).where(t.project.c.id == project_id).values(**values))


def roles_in(connection: Connection, project_id: int, *, lock: bool = False) -> dict[int, Role]:
    """Every member's roles by account id; with `lock`, kept as they are until the transaction ends."""
    found = select(t.membership.c.account_id, t.membership.c.roles).where(t.membership.c.project_id == project_id)
    ordered = found.order_by(t.membership.c.account_id)
    rows = connection.execute(ordered.with_for_update() if lock else ordered)
    return {account_id: Role(roles) for account_id, roles in rows}


def find_project(connection: Connection, project_id: int) -> Project | None:
    """The project in whatever state, deleted too."""
    row = connection.execute(select(*_PROJECT).where(t.project.c.id == project_id)).first()
    return project_of(row) if row else None


def list_all(connection: Connection) -> list[Standing]:
    """Every project that is not deleted, the newest first, with nobody's roles."""
    found = select(*_PROJECT).where(t.project.c.state != ProjectState.DELETED).order_by(t.project.c.id.desc())
    return [Standing(project_of(row), Role(0)) for row in connection.execute(found)]


def list_deleted(connection: Connection) -> list[Project]:
    """Every deleted project, the newest first."""
    gone = select(*_PROJECT).where(t.project.c.state == ProjectState.DELETED).order_by(t.project.c.id.desc())
    return [project_of(row) for row in connection.execute(gone)]
