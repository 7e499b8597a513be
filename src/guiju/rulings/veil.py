"""What somebody may not read yet: questions and rulings on items of a trial that they still answer.

Rooms above know who takes part in what; they say so with `add_veil`.
"""

from collections.abc import Callable, Collection, Iterable
from typing import TypeAlias

from sqlalchemy import Connection

Veil: TypeAlias = Callable[[Connection, int, int], Collection[int]]
"""(connection, account, project) → the items of which the account may read nothing that others say."""

_veils: list[Veil] = []


def add_veil(veil: Veil) -> None:
    """Let `veil` say of which items questions and rulings are kept from somebody."""
    _veils.append(veil)


def veiled_items(connection: Connection, account_id: int, project_id: int) -> frozenset[int]:
    """The items of which nothing that others asked or ruled is told to the account now."""
    return frozenset(item for veil in _veils for item in veil(connection, account_id, project_id))


def is_veiled(veiled: Collection[int], item: int | None, items: Iterable[int] = ()) -> bool:
    """Whether what is about these items is kept from somebody from whom `veiled` are."""
    return bool(veiled) and (item in veiled or any(each in veiled for each in items))
