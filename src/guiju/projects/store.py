"""SQL of projects and memberships."""

from typing import Any

from sqlalchemy import Connection, Row, bindparam, insert, select

from guiju.people import Role
from guiju.projects import tables as t
from guiju.projects.model import Project, ProjectState, Standing
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


def project_of(row: Row[Any]) -> Project:
    return Project(row.id, row.name, row.customer, ProjectState(row.state), row.rights, row.created_by, row.created_at)


def find_standing(connection: Connection, account_id: int, project_id: int) -> Standing | None:
    """The project and the account's roles in it, which may be none."""
    row = _STANDING.first(connection, {"account_id": account_id, "project_id": project_id})
    return Standing(Project(*row[:3], ProjectState(row[3]), *row[4:7]), Role(row[7] or 0)) if row else None


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
    return [Standing(project_of(row), Role(row.roles)) for row in connection.execute(mine.order_by(t.project.c.id.desc()))]
