"""What belongs together: near-duplicates, pieces of one original. The columns are read from the items themselves."""

from collections.abc import Sequence

from sqlalchemy import Connection

from guiju.cleaning import split_keys
from guiju.cleaning.recipes import list_descents
from guiju.delivery.splits.rules import Forest


def join_originals(connection: Connection, project_id: int, forest: Forest) -> None:
    """Join every item that a recipe derived with what it was derived from, over as many recipes as there were."""
    for parent, child in list_descents(connection, project_id):
        forest.join(child, parent)


def join_alike(connection: Connection, project_id: int, items: Sequence[int], forest: Forest) -> None:
    for item, key in split_keys(connection, project_id, items).items():
        if not key.startswith("item:"):
            forest.join(item, key)
