"""Which known items somebody met elsewhere, so that they would not be new to them: rooms above say so."""

from collections.abc import Callable, Collection
from typing import TypeAlias

from sqlalchemy import Connection

Met: TypeAlias = Callable[[Connection, int, int], Collection[int]]
"""(connection, account, project) → the items whose right answer the account was shown, or asked for, elsewhere."""

_met: list[Met] = []


def add_met(met: Met) -> None:
    """Let `met` say which items somebody knows the answer of: those are never mixed in for them."""
    _met.append(met)


def met_by(connection: Connection, account_id: int, project_id: int) -> frozenset[int]:
    """The items that are nothing new to the account, beside those that it has answered."""
    return frozenset(item for each in _met for item in each(connection, account_id, project_id))
