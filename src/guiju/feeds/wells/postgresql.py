"""PostgreSQL: one SELECT by a cursor on the server, in a transaction that only reads."""

from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, LiteralString, cast

from guiju.feeds.connections.model import Place
from guiju.feeds.connections.rules import redact
from guiju.feeds.errors import NotReadOnly, TooPowerful, WellDied, WellFailed, WellRefused, WellTooSlow, WellUnreachable
from guiju.feeds.wells.model import BATCH, CONNECT_SECONDS, Answer, Limits

if TYPE_CHECKING:
    from psycopg import Connection, Error, ServerCursor

# As text, exactly as the server writes them: Python's own have neither infinity nor the years before Christ.
_AS_TEXT = ("numeric", "date", "time", "timetz", "timestamp", "timestamptz", "interval", "uuid")
_POWERS = (
    "SELECT CASE WHEN rolsuper THEN 'SUPERUSER'"
    " WHEN pg_has_role(oid, 'pg_read_server_files', 'USAGE') THEN 'pg_read_server_files'"
    " WHEN pg_has_role(oid, 'pg_write_server_files', 'USAGE') THEN 'pg_write_server_files'"
    " WHEN pg_has_role(oid, 'pg_execute_server_program', 'USAGE') THEN 'pg_execute_server_program' END"
    " FROM pg_roles WHERE rolname = current_user"
)


@contextmanager
def open_query(place: Place, query: str, limits: Limits) -> Generator[Answer]:
    """Raises `WellUnreachable`, `TooPowerful`, `WellRefused`, `NotReadOnly`, `WellTooSlow`, `WellDied`."""
    from psycopg import Error  # noqa: PLC0415 - only such a connection costs it

    connection = _connect(place)
    try:
        _demand_reader(place, connection)
        connection.execute("SELECT set_config('statement_timeout', %s, true)", [str(limits.seconds * 1000)])
        cursor = connection.cursor(name="guiju")
        try:
            # DECLARE takes one SELECT and nothing else; the transaction around it is refused every write by the server
            cursor.execute(cast("LiteralString", query))
            columns: list[str | None] = [column.name for column in cursor.description or ()]
            yield Answer(columns, _batches(place, cursor, limits))
        finally:
            with suppress(Error):
                cursor.close()
    except Error as error:
        raise _told(place, error, limits, 0) from error
    finally:
        connection.close()


def _connect(place: Place) -> "Connection[Any]":
    import psycopg  # noqa: PLC0415
    from psycopg.types.string import TextLoader  # noqa: PLC0415

    try:
        connection = psycopg.connect(
            place.address, password=place.secret, connect_timeout=CONNECT_SECONDS, application_name="guiju"
        )
    except (psycopg.Error, UnicodeError) as error:
        raise WellUnreachable(connection=place.name, reason=redact(str(error), place)) from error
    connection.read_only = True
    connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
    for name in _AS_TEXT:
        connection.adapters.register_loader(name, TextLoader)
    return connection


def _demand_reader(place: Place, connection: "Connection[Any]") -> None:
    """A transaction that only reads does not keep a superuser from the files of the server."""
    found = connection.execute(_POWERS).fetchone()
    if found is not None and found[0]:
        raise TooPowerful(connection=place.name, right=found[0])


def _batches(place: Place, cursor: "ServerCursor[Any]", limits: Limits) -> Iterator[Sequence[Sequence[Any]]]:
    from psycopg import Error  # noqa: PLC0415

    rows = 0
    try:
        while batch := cursor.fetchmany(min(BATCH, limits.rows + 1)):
            rows += len(batch)
            yield batch
    except Error as error:
        raise _told(place, error, limits, rows) from error


def _told(place: Place, error: "Error", limits: Limits, rows: int) -> WellFailed:
    state = error.sqlstate or ""
    reason = redact(error.diag.message_primary or str(error), place)
    if state == "57014":  # query_canceled: by the timeout
        return WellTooSlow(connection=place.name, seconds=limits.seconds)
    if state == "25006":  # read_only_sql_transaction
        return NotReadOnly(connection=place.name, reason=reason)
    if not state or state.startswith(("08", "57")):  # no answer, a connection that broke, a server that goes down
        return WellDied(connection=place.name, rows=f"{rows:,}", reason=reason)
    return WellRefused(connection=place.name, reason=reason)
