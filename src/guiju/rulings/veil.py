"""What somebody may not read yet: questions and rulings on items of a trial that they still answer.

Rooms above know who takes part in what; they say so with `add_veil`.
"""

from collections.abc import Callable, Collection
from typing import TypeAlias

from sqlalchemy import Connection

from guiju.rulings.model import Question

Veil: TypeAlias = Callable[[Connection, int, int], Collection[int]]
"""(connection, account, project) → the items of which the account may read nothing that others say."""

_veils: list[Veil] = []


def add_veil(veil: Veil) -> None:
    """Let `veil` say of which items questions and rulings are kept from somebody."""
    _veils.append(veil)


def veiled_items(connection: Connection, account_id: int, project_id: int) -> frozenset[int]:
    """The items of which nothing that others asked or ruled is told to the account now."""
    return frozenset(item for veil in _veils for item in veil(connection, account_id, project_id))


def may_read(question: Question, account_id: int, veiled: Collection[int]) -> bool:
    """Whether somebody from whom `veiled` items are kept may read a question: one's own, or about other items."""
    return question.asked_by == account_id or not any(item in veiled for item in question.about)
