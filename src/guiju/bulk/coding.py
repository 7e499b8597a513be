"""Values as codes: the distinct ones of a column in order, and the rows in terms of them."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from guiju.bulk.files import AnswerFile, readable
from guiju.stats.sources import in_order


def distinct(connection: Any, file: AnswerFile, column: str) -> list[Any]:
    """The distinct values of a column, in the order that figures have them."""
    query = f"SELECT DISTINCT {column} FROM ({file.select(column, 'label')}) WHERE {column} IS NOT NULL"  # noqa: S608 - names of ours
    with readable(file.name):
        return list(in_order(row[0] for row in connection.execute(query, file.arguments).fetchall()))


def keep_codes(connection: Any, table: str, names: Sequence[Any]) -> None:
    """A table (value, code) of the names in their order, to join with."""
    whole = all(isinstance(name, int) for name in names)
    values = np.array(names, np.int64) if whole else np.array(names, object)
    connection.register("given", {"value": values, "code": np.arange(len(names), dtype=np.int32)})
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {table} AS SELECT value, code FROM given")  # noqa: S608 - a name of ours
    connection.unregister("given")
