"""The project itself, its customer, its members, its stage.

`authorise(connection, actor, project_id, act)` is the guard of every action and page of every slice above.
"""

from guiju.projects.actions import authorise, create_project, set_member
from guiju.projects.errors import ProjectNotActive, ProjectNotFound
from guiju.projects.model import STATE_NAMES, Member, Project, ProjectState, Standing
from guiju.projects.store import list_members, list_projects_of

__all__ = [
    "STATE_NAMES",
    "Member",
    "Project",
    "ProjectNotActive",
    "ProjectNotFound",
    "ProjectState",
    "Standing",
    "authorise",
    "create_project",
    "list_members",
    "list_projects_of",
    "set_member",
]
