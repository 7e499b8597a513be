"""API tokens as their owner sees them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ApiToken:
    id: int
    name: str
    created_at: int
    revoked_at: int | None


@dataclass(frozen=True, slots=True)
class NewToken:
    """A token just made; `secret` is shown now and never again."""

    id: int
    name: str
    secret: str
