"""The database: SQLite with one batching writer by default, PostgreSQL by one setting, the same code above."""

import asyncio
import queue
import threading
import time
from collections.abc import Awaitable, Callable, Generator, Mapping, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Generic, TypeVar, cast

import msgspec
import structlog
from sqlalchemy import (
    BindParameter,
    Connection,
    CursorResult,
    Engine,
    Executable,
    bindparam,
    insert,
    literal_column,
    select,
)

from guiju.kit import N_, Clock, Refusal, digest, now
from guiju.storage import tables as t
from guiju.storage.connecting import postgres_engine, sqlite_altering_engine, sqlite_engine, sqlite_reading_engine
from guiju.storage.full import StorageFull, is_full, named
from guiju.storage.journal import Event
from guiju.storage.prepared import Prepared

Result = TypeVar("Result")

BATCH_LIMIT = 256
BATCH_SECONDS = 0.05
DEADLOCK_TRIES = 4
log = structlog.get_logger()


class RequestIdReused(Refusal):
    """A client-made id that was used before for another act."""

    code = "request-id-reused"
    status = 409
    sentence = N_("This request's id was used before for something else.")
    next_step = N_("Send it again with a fresh id.")


class Tx:
    """One transaction: statements in, one journal row out. Given to the `fn` of `write(fn)`, never kept."""

    __slots__ = ("_after", "at", "connection", "dialect", "execute")

    def __init__(self, connection: Connection, at: int) -> None:
        self.connection = connection
        self.dialect = connection.dialect.name
        self.at = at
        self.execute: Callable[..., CursorResult[Any]] = connection.execute
        self._after: list[Callable[[], None]] = []

    def scalar(self, statement: Executable, values: Mapping[str, object] | None = None) -> Any:
        return self.execute(statement, values).scalar()

    def insert(self, statement: Executable, values: Mapping[str, object] | None = None) -> int:
        """Run one INSERT and give the new row's id."""
        row = cast(Sequence[Any], self.execute(statement, values).inserted_primary_key)  # one row in, one key out
        return int(row[0])

    def journal(self, happened: Event) -> int:
        """Write the transaction's journal row; returns its id. Every action does so exactly once."""
        statement = _INSERT_JOURNAL_PG if self.dialect == "postgresql" else _INSERT_JOURNAL
        return statement.scalar(
            self.connection,
            {
                "at": self.at,
                "actor_id": happened.actor_id,
                "action": happened.action,
                "project_id": happened.project_id,
                "subject_id": happened.subject_id,
                "from_revision": happened.from_revision,
                "digest": happened.digest or digest(happened.facts),
            },
        )

    def once(self, request_id: str, actor_id: int | None, action: str, act: Callable[[], Result]) -> Result:
        """Do `act` the first time `request_id` is seen; afterwards give the stored outcome again.

        `act` returns what JSON can carry. Raises `RequestIdReused` when the id belongs to another act or actor.
        """
        seen = self.execute(_FIND_RECEIPT, {"request_id": request_id}).first()
        if seen is not None:
            if seen.action != action or seen.actor_id != actor_id:
                raise RequestIdReused(id=request_id)
            return cast(Result, msgspec.json.decode(seen.outcome))
        outcome = act()
        values = {"request_id": request_id, "actor_id": actor_id, "action": action, "at": self.at}
        self.execute(_INSERT_RECEIPT, {**values, "outcome": msgspec.json.encode(outcome).decode()})
        return outcome

    def after_commit(self, then: Callable[[], None]) -> None:
        """Run `then` once the transaction is durable; a rolled-back one never runs it."""
        self._after.append(then)

    def run_after_commit(self) -> None:
        for then in self._after:
            then()


_ROW: dict[str, BindParameter[Any]] = {
    column.name: bindparam(column.name) for column in t.journal.c if column.name not in {"id", "xact"}
}
_INSERT_JOURNAL = Prepared(insert(t.journal).values(_ROW).returning(t.journal.c.id))
_INSERT_JOURNAL_PG = Prepared(
    insert(t.journal)
    .values({**_ROW, "xact": literal_column("pg_current_xact_id()::text::bigint")})
    .returning(t.journal.c.id)
)
_FIND_RECEIPT = select(t.receipt.c.action, t.receipt.c.actor_id, t.receipt.c.outcome).where(
    t.receipt.c.request_id == bindparam("request_id")
)
_INSERT_RECEIPT = insert(t.receipt)


@dataclass(slots=True)
class _Waiting(Generic[Result]):
    work: Callable[[Tx], Result]
    answer: Callable[["_Waiting[Result]"], None]
    loop: asyncio.AbstractEventLoop | None = None
    result: Result | None = None
    error: BaseException | None = None
    tx: Tx | None = field(default=None)


class Database:
    """One database, read from many threads, written through `write`.

    `url` is a SQLAlchemy URL; `sqlite:///path` (WAL, `synchronous=FULL`) or `postgresql+psycopg://…`.
    """

    def __init__(self, url: str, clock: Clock = now) -> None:
        self.url = url
        self.clock = clock
        self.is_sqlite = url.startswith("sqlite")
        self.engine = sqlite_reading_engine(url) if self.is_sqlite else postgres_engine(url)
        self._writer = _BatchingWriter(sqlite_engine(url), clock) if self.is_sqlite else None

    @contextmanager
    def reading(self) -> Generator[Connection]:
        """A connection for reading; what it sees stays the same until the block ends."""
        with self.engine.connect() as connection:
            yield connection

    @contextmanager
    def altering(self) -> Generator[Connection]:
        """One transaction on a connection of its own, for changes of the schema before anything else runs."""
        engine = sqlite_altering_engine(self.url) if self.is_sqlite else postgres_engine(self.url)
        try:
            with engine.begin() as connection:
                yield connection
        finally:
            engine.dispose()

    def write(self, work: Callable[[Tx], Result]) -> Result:
        """Run `work` in one transaction and return its result once that is durable.

        `work` must be short: it holds the only writer on SQLite. Raises what `work` raises, with nothing changed.
        """
        if self._writer is None:
            return self._write_pooled(work)
        answered: Future[Result] = Future()
        self._writer.put(work, lambda waiting: _answer(answered, waiting))
        return answered.result()

    def write_async(self, work: Callable[[Tx], Result]) -> Awaitable[Result]:
        """`write` for an event loop, without a thread in between on SQLite."""
        loop = asyncio.get_running_loop()
        if self._writer is None:
            return asyncio.to_thread(self._write_pooled, work)
        future: asyncio.Future[Result] = loop.create_future()

        self._writer.put(work, partial(_answer_async, future), loop)
        return future

    def _write_pooled(self, work: Callable[[Tx], Result]) -> Result:
        for attempt in range(DEADLOCK_TRIES):
            try:
                with self.engine.begin() as connection:
                    tx = Tx(connection, self.clock())
                    result = work(tx)
            except Exception as error:
                if is_full(error):
                    raise StorageFull from error
                if not _is_deadlock(error) or attempt == DEADLOCK_TRIES - 1:
                    raise
                time.sleep(0.01 * (attempt + 1))
            else:
                _safely(tx.run_after_commit)
                return result
        raise AssertionError("unreachable")

    def close(self) -> None:
        if self._writer is not None:
            self._writer.close()
        self.engine.dispose()


class _BatchingWriter:
    """Puts the transactions waiting at a moment into one commit, each behind its own savepoint."""

    def __init__(self, engine: Engine, clock: Clock) -> None:
        self._engine = engine
        self._clock = clock
        self._queue: queue.SimpleQueue[_Waiting[Any] | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="guiju-writer", daemon=True)
        self._started = threading.Lock()

    def put(
        self,
        work: Callable[[Tx], Result],
        answer: Callable[[_Waiting[Result]], None],
        loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        """Queue `work`; `answer` is called once it is durable or refused, in `loop` where one is given."""
        if self._thread.ident is None:
            with self._started:
                if self._thread.ident is None:
                    self._thread.start()
        if threading.current_thread() is self._thread:
            raise AssertionError("a write may not start another write")
        self._queue.put(_Waiting(work, answer, loop))

    def close(self) -> None:
        if self._thread.ident is not None:
            self._queue.put(None)
            self._thread.join()
        self._engine.dispose()

    def _run(self) -> None:
        connection = self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        raw = cast(Any, connection.connection.dbapi_connection)
        while (first := self._queue.get()) is not None:
            taken: list[_Waiting[Any]] = []
            try:
                stop = self._commit(connection, raw, first, taken)
            except BaseException as error:  # noqa: BLE001 - whatever it is, every waiting caller must hear of it
                if raw.in_transaction:
                    raw.execute("ROLLBACK")
                stop = False
                for waiting in taken:
                    waiting.error = named(error)
            _answer_all(taken)
            for waiting in taken:
                if waiting.error is None and waiting.tx is not None:
                    _safely(waiting.tx.run_after_commit)
            if stop:
                break
        connection.close()

    def _commit(self, connection: Connection, raw: Any, first: _Waiting[Any], taken: list[_Waiting[Any]]) -> bool:
        taken.append(first)
        raw.execute("BEGIN IMMEDIATE")
        until = time.monotonic() + BATCH_SECONDS
        waiting: _Waiting[Any] | None = first
        while waiting is not None:
            self._run_one(connection, raw, waiting)
            waiting = None
            if len(taken) < BATCH_LIMIT and time.monotonic() < until:
                try:
                    waiting = self._queue.get_nowait()
                except queue.Empty:
                    break
                if waiting is None:
                    raw.execute("COMMIT")
                    return True
                taken.append(waiting)
        raw.execute("COMMIT")
        return False

    def _run_one(self, connection: Connection, raw: Any, waiting: _Waiting[Any]) -> None:
        raw.execute("SAVEPOINT one")
        tx = Tx(connection, self._clock())
        try:
            waiting.result = waiting.work(tx)
            waiting.tx = tx
        except BaseException as error:
            if not raw.in_transaction:  # SQLite gave up the whole transaction: nobody in this batch is stored
                raise
            raw.execute("ROLLBACK TO one")
            waiting.error = named(error)
        raw.execute("RELEASE one")


def _answer_all(taken: list[_Waiting[Any]]) -> None:
    """Answer every caller of a batch; those of one event loop are woken together."""
    of_loop: dict[asyncio.AbstractEventLoop, list[_Waiting[Any]]] = {}
    for waiting in taken:
        if waiting.loop is None:
            _safely(partial(waiting.answer, waiting))
        else:
            of_loop.setdefault(waiting.loop, []).append(waiting)
    for loop, several in of_loop.items():
        _safely(partial(_wake, loop, several))


def _wake(loop: asyncio.AbstractEventLoop, several: list[_Waiting[Any]]) -> None:
    loop.call_soon_threadsafe(_answer_each, several)


def _answer_each(several: list[_Waiting[Any]]) -> None:
    for waiting in several:
        waiting.answer(waiting)


def _safely(then: Callable[[], None]) -> None:
    """What fails after the commit (a closed event loop, a subscriber) must not end the only writer."""
    try:
        then()
    except Exception:
        log.exception("after-commit")


def _answer(future: "Future[Result]", waiting: _Waiting[Result]) -> None:
    if waiting.error is not None:
        future.set_exception(waiting.error)
    else:
        future.set_result(cast(Result, waiting.result))


def _answer_async(future: "asyncio.Future[Result]", waiting: _Waiting[Result]) -> None:
    if future.cancelled():
        return
    if waiting.error is not None:
        future.set_exception(waiting.error)
    else:
        future.set_result(cast(Result, waiting.result))


def _is_deadlock(error: Exception) -> bool:
    """Also of a statement that was handed to the driver as it is, whose errors SQLAlchemy does not wrap."""
    return getattr(getattr(error, "orig", None) or error, "sqlstate", "") in {"40P01", "40001"}
