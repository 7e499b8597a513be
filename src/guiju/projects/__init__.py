"""The project itself, its customer, its members, its stage.

`authorise(connection, actor, project_id, act)` is the guard of every action and page of every slice above.
"""

from guiju.projects.actions import (
    add_team,
    authorise,
    change_project,
    clone_project,
    create_project,
    delete_project,
    list_all_projects,
    list_deleted,
    read_members,
    restore_project,
    set_member,
    set_state,
)
from guiju.projects.errors import ProjectNotActive, ProjectNotFound
from guiju.projects.model import STATE_NAMES, Member, Project, ProjectState, Standing
from guiju.projects.rules import role_names, roles_named
from guiju.projects.store import list_members, list_projects_of

__all__ = [
    "STATE_NAMES",
    "Member",
    "Project",
    "ProjectNotActive",
    "ProjectNotFound",
    "ProjectState",
    "Standing",
    "add_team",
    "authorise",
    "change_project",
    "clone_project",
    "create_project",
    "delete_project",
    "list_all_projects",
    "list_deleted",
    "list_members",
    "list_projects_of",
    "read_members",
    "restore_project",
    "role_names",
    "roles_named",
    "set_member",
    "set_state",
]
