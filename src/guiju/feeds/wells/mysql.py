"""MySQL and MariaDB: one statement, rows as they come, in a session and a transaction that only read."""

import re
import ssl
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, cast

from guiju.feeds.connections.model import Place
from guiju.feeds.connections.rules import read_address, redact
from guiju.feeds.errors import (
    ExtraMissing,
    NotReadOnly,
    TooPowerful,
    WellDied,
    WellFailed,
    WellRefused,
    WellTooSlow,
    WellUnreachable,
)
from guiju.feeds.wells.model import BATCH, CONNECT_SECONDS, Answer, Limits

if TYPE_CHECKING:
    from pymysql import Connection
    from pymysql.cursors import SSCursor

# read-only transaction; the same of the whole server
_WRITES = frozenset({1792, 1290})
# max_execution_time of MySQL, max_statement_time of MariaDB
_SLOW = frozenset({3024, 1969})
_GONE = frozenset({0, 1053, 1927, 2006, 2013, 2014, 2055, 3169, 4031})
_POWERS = re.compile(r"\bGRANT (?P<rights>.*?) ON (?P<on>\S+) TO\b", re.IGNORECASE)


@contextmanager
def open_query(place: Place, query: str, limits: Limits) -> Generator[Answer]:
    """Raises `WellUnreachable`, `TooPowerful`, `WellRefused`, `NotReadOnly`, `WellTooSlow`, `WellDied`."""
    if find_spec("pymysql") is None:
        raise ExtraMissing(connection=place.name, package="PyMySQL", extra="databases")
    from pymysql import MySQLError  # noqa: PLC0415 - an extra

    connection = _connect(place, limits)
    try:
        _demand_reader(place, connection)
        cursor = connection.cursor()
        for statement in preparing(str(cast(Any, connection).server_version), limits):
            cursor.execute(statement)
        cursor.execute(query)
        columns: list[str | None] = [column[0] for column in cursor.description or ()]
        yield Answer(columns, _batches(place, cursor, limits))
    except MySQLError as error:
        raise _told(place, error, limits, 0) from error
    finally:
        _hang_up(connection)


def _hang_up(connection: "Connection[Any]") -> None:
    """End at once: a polite end would read an answer to its last row first."""
    told = cast(Any, connection)
    if getattr(told, "_result", None) is not None:
        told._result.unbuffered_active = False  # noqa: SLF001 - PyMySQL knows no other way
    told._force_close()  # noqa: SLF001 - the same


def preparing(version: str, limits: Limits) -> list[str]:
    """What is said before the query: it only reads, takes no longer, and gives no more than is wanted."""
    slow = (
        f"SET SESSION max_statement_time = {limits.seconds}"
        if "mariadb" in version.lower()
        else f"SET SESSION max_execution_time = {limits.seconds * 1000}"
    )
    most = f"SET SESSION sql_select_limit = {limits.rows + 1}"
    return [slow, most, "SET SESSION TRANSACTION READ ONLY", "START TRANSACTION READ ONLY"]


def _connect(place: Place, limits: Limits) -> "Connection[Any]":
    import pymysql  # noqa: PLC0415
    from pymysql.constants import FIELD_TYPE  # noqa: PLC0415
    from pymysql.converters import conversions  # noqa: PLC0415
    from pymysql.cursors import SSCursor  # noqa: PLC0415

    where = read_address(place.kind, place.address)
    as_text = {FIELD_TYPE.DATE, FIELD_TYPE.DATETIME, FIELD_TYPE.TIMESTAMP, FIELD_TYPE.TIME}
    as_text |= {FIELD_TYPE.DECIMAL, FIELD_TYPE.NEWDECIMAL}
    loaders: dict[Any, Any] = {kind: load for kind, load in conversions.items() if kind not in as_text}
    try:
        return pymysql.connect(
            host=where.host or "localhost",
            port=where.port,
            user=where.user,
            password=place.secret or "",
            database=where.path,
            unix_socket=where.options.get("unix_socket"),
            ssl=ssl.create_default_context() if where.options.get("tls") == "1" else None,
            charset="utf8mb4",
            conv=loaders,
            connect_timeout=CONNECT_SECONDS,
            read_timeout=limits.seconds + CONNECT_SECONDS,
            cursorclass=SSCursor,
            local_infile=False,
            program_name="guiju",
        )
    except (pymysql.MySQLError, OSError, UnicodeError) as error:
        raise WellUnreachable(connection=place.name, reason=redact(_said(error), place)) from error


def _demand_reader(place: Place, connection: "Connection[Any]") -> None:
    """A transaction that only reads does not keep FILE from the files of the server."""
    with connection.cursor() as cursor:
        cursor.execute("SHOW GRANTS")
        right = find_power(str(row[0]) for row in cursor.fetchall())
    if right is not None:
        raise TooPowerful(connection=place.name, right=right)


def find_power(grants: Iterator[str]) -> str | None:
    """The first right among an account's grants that goes beyond reading and writing tables.

    >>> find_power(iter(["GRANT SELECT ON `a`.* TO x", "GRANT SELECT, FILE ON *.* TO x"]))
    'FILE'
    """
    for grant in grants:
        said = _POWERS.search(grant)
        if said is None or said["on"] != "*.*":
            continue
        rights = {right.strip().upper() for right in said["rights"].split(",")}
        for power in ("ALL PRIVILEGES", "FILE", "SUPER"):
            if power in rights:
                return power
    return None


def _batches(place: Place, cursor: "SSCursor", limits: Limits) -> Iterator[Sequence[Sequence[Any]]]:
    from pymysql import MySQLError  # noqa: PLC0415

    rows = 0
    try:
        while batch := cursor.fetchmany(min(BATCH, limits.rows + 1)):
            rows += len(batch)
            yield batch
    except (MySQLError, OSError) as error:
        raise _told(place, error, limits, rows) from error


def _told(place: Place, error: Exception, limits: Limits, rows: int) -> WellFailed:
    number = error.args[0] if error.args and isinstance(error.args[0], int) else 0
    reason = redact(_said(error), place)
    if number in _SLOW or isinstance(error.__cause__, TimeoutError):
        return WellTooSlow(connection=place.name, seconds=limits.seconds)
    if number in _WRITES:
        return NotReadOnly(connection=place.name, reason=reason)
    if number in _GONE:
        return WellDied(connection=place.name, rows=f"{rows:,}", reason=reason)
    return WellRefused(connection=place.name, reason=reason)


def _said(error: Exception) -> str:
    return str(error.args[1]) if len(error.args) > 1 else str(error)
