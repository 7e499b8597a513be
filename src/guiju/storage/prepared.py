"""Statements of the hot paths: compiled once for each dialect, then handed to the driver as they are.

SQLAlchemy writes the SQL; what it does around each execution (about 40 µs) is left out, which is most of the time of
an indexed look-up. Values come back as the driver gives them.
"""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from sqlalchemy import Connection
from sqlalchemy.sql.base import Executable


class Prepared:
    """A statement with named parameters, run many times."""

    __slots__ = ("_compiled", "_statement")

    def __init__(self, statement: Executable) -> None:
        self._statement = statement
        self._compiled: dict[str, tuple[str, tuple[str, ...] | None, dict[str, Any]]] = {}

    def rows(self, connection: Connection, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        """Every row of the answer."""
        return cast(list[tuple[Any, ...]], self._execute(connection, values).fetchall())

    def first(self, connection: Connection, values: Mapping[str, Any]) -> tuple[Any, ...] | None:
        """The first row, or `None`."""
        return cast(tuple[Any, ...] | None, self._execute(connection, values).fetchone())

    def scalar(self, connection: Connection, values: Mapping[str, Any]) -> Any:
        """The first column of the first row, or `None`."""
        row = self.first(connection, values)
        return row[0] if row else None

    def run(self, connection: Connection, values: Mapping[str, Any]) -> int:
        """Run a statement that gives no rows; returns how many it touched."""
        return int(self._execute(connection, values).rowcount)

    def run_many(self, connection: Connection, several: Sequence[Mapping[str, Any]]) -> None:
        """Run a statement that gives no rows once for each of `several`."""
        if not several:
            return
        text, order, fixed = self._compiled.get(connection.dialect.name) or self._compile(connection)
        given = [{**fixed, **values} for values in several] if fixed else several
        rows = [[values[name] for name in order] for values in given] if order is not None else list(given)
        cast(Any, connection.connection.dbapi_connection).cursor().executemany(text, rows)

    def _execute(self, connection: Connection, values: Mapping[str, Any]) -> Any:
        compiled = self._compiled.get(connection.dialect.name)
        if compiled is None:
            compiled = self._compile(connection)
        text, order, fixed = compiled
        given = {**fixed, **values} if fixed else values
        cursor = cast(Any, connection.connection.dbapi_connection).cursor()
        cursor.execute(text, [given[name] for name in order] if order is not None else given)
        return cursor

    def _compile(self, connection: Connection) -> tuple[str, tuple[str, ...] | None, dict[str, Any]]:
        made = cast(Any, self._statement).compile(dialect=connection.dialect)
        order = tuple(made.positiontup) if made.positional else None
        fixed = {name: bind.effective_value for name, bind in made.binds.items() if not bind.required}
        compiled = (str(made), order, fixed)
        self._compiled[connection.dialect.name] = compiled
        return compiled
