"""People as the rest of the house sees them."""

from dataclasses import dataclass

from guiju.storage import Actor


@dataclass(frozen=True, slots=True)
class Account:
    id: int
    email: str
    name: str
    is_admin: bool
    may_open_projects: bool
    must_change_password: bool
    locale: str | None
    blocked_at: int | None
    created_at: int

    @property
    def actor(self) -> Actor:
        return Actor(self.id, self.name, self.email, self.is_admin, self.locale)


@dataclass(frozen=True, slots=True)
class Team:
    id: int
    name: str
    members: tuple[int, ...]
