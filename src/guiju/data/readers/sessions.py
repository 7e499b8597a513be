"""Chat logs, one row a message: dialogues by session, also where several sessions were written at once.

Rows of one session that stand together are gathered as they come. Where they do not, as in a log by time, all rows go
through a table on the disk that brings them together; sessions keep the order in which they began.
"""

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec

from guiju.data.intake.dialogues import Row, Spoken, grouped, session_of
from guiju.data.intake.errors import RecordRefused
from guiju.data.intake.model import Record
from guiju.storage.connecting import sqlite_module

_ROWS = 2_000


def gathered(rows: Callable[[], Iterator[Row]], spoken: Spoken, encoding: str) -> Iterator[Record]:
    """One record a session. `rows()` begins anew each time, always in the same order."""
    if not _in_pieces(rows(), spoken):
        yield from grouped(rows(), spoken, encoding)
        return
    with tempfile.TemporaryDirectory(prefix="guiju-sessions-") as folder:
        yield from grouped(_sorted(rows(), spoken, Path(folder) / "rows.db"), spoken, encoding)


def _in_pieces(rows: Iterator[Row], spoken: Spoken) -> bool:
    seen: set[str] = set()
    last: str | None = None
    for row in rows:
        session = session_of(row, spoken)
        if session != last and session in seen:
            return True
        seen.add(session)
        last = session
    return False


def _sorted(rows: Iterator[Row], spoken: Spoken, path: Path) -> Iterator[Row]:
    places: dict[str, int] = {}
    refusals: dict[int, RecordRefused] = {}
    connection = sqlite_module.connect(str(path), isolation_level=None, check_same_thread=False)
    try:
        for pragma in ("journal_mode=OFF", "synchronous=OFF"):
            connection.execute(f"PRAGMA {pragma}")
        connection.execute(
            "CREATE TABLE line (place INTEGER, number INTEGER, cells TEXT, PRIMARY KEY (place, number)) WITHOUT ROWID"
        )
        connection.execute("BEGIN")
        waiting: list[tuple[int, int, bytes]] = []
        for row in rows:
            place = places.setdefault(session_of(row, spoken), len(places))
            if row.refusal is not None:
                refusals[row.number] = row.refusal
            cells = {column: cell.encode("utf-8", "surrogatepass") for column, cell in row.cells.items()}
            waiting.append((place, row.number, msgspec.msgpack.encode(cells)))
            if len(waiting) >= _ROWS:
                connection.executemany("INSERT OR REPLACE INTO line VALUES (?, ?, ?)", waiting)
                waiting.clear()
        connection.executemany("INSERT OR REPLACE INTO line VALUES (?, ?, ?)", waiting)
        connection.execute("COMMIT")
        for number, cells in connection.execute("SELECT number, cells FROM line ORDER BY place, number"):
            told = msgspec.msgpack.decode(cells, type=dict[str, bytes])
            known = {column: cell.decode("utf-8", "surrogatepass") for column, cell in told.items()}
            yield Row(number, known, refusals.get(number))
    finally:
        connection.close()
