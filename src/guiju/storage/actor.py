"""Who acts: what the journal names, and what every action is asked by."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Actor:
    """An account at work. `trusted` is whoever holds the home folder itself (the command line, a job)."""

    id: int
    name: str
    email: str
    is_admin: bool = False
    locale: str | None = None
    trusted: bool = False
