"""A project and its members."""

import enum
from dataclasses import dataclass

from guiju.kit import N_
from guiju.people import Role


class ProjectState(enum.StrEnum):
    ACTIVE = "active"
    PAUSED = "paused"
    ARCHIVED = "archived"
    DELETED = "deleted"


STATE_NAMES = {
    ProjectState.ACTIVE: N_("active"),
    ProjectState.PAUSED: N_("paused"),
    ProjectState.ARCHIVED: N_("archived"),
    ProjectState.DELETED: N_("deleted"),
}


@dataclass(frozen=True, slots=True)
class Project:
    id: int
    name: str
    customer: str
    state: ProjectState
    rights: str
    created_by: int
    created_at: int

    @property
    def state_name(self) -> str:
        """The state in words, still to be translated."""
        return STATE_NAMES[self.state]


@dataclass(frozen=True, slots=True)
class Standing:
    """A person's place in a project: what `authorise` found."""

    project: Project
    roles: Role


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who belongs to a project, with their roles in it."""

    account_id: int
    name: str
    email: str
    roles: Role
    blocked: bool = False
