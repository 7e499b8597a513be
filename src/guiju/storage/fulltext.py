"""Indexes of words beside the tables, made by each database in its own way: FTS5 on SQLite, a `tsvector` with a GIN
index on PostgreSQL. A slice cuts its texts into words itself; what is asked for is taken literally, word by word.
"""

from collections.abc import Iterable, Sequence

from sqlalchemy import (
    DDL,
    BigInteger,
    ColumnElement,
    Connection,
    Table,
    TextClause,
    bindparam,
    column,
    delete,
    event,
    table,
    text,
)

from guiju.storage.engine import Tx

WORD_CHARACTERS = 100
"""Longer words are cut: PostgreSQL refuses one of 2 KiB, and nobody searches for it."""


class WordIndex:
    """The table `name(rowid, words)`, which comes and goes with the table `beside`; `rowid` is what the words are of.

    `phrases` keeps where each word stands, which takes room: without it only whole words can be asked for.
    """

    def __init__(self, name: str, beside: Table, *, phrases: bool) -> None:
        self._table = table(name, column("rowid", BigInteger), column("words"))
        self.rowid: ColumnElement[int] = self._table.c.rowid
        told = "" if phrases else ", detail=none"
        made = {
            "postgresql": [
                f"CREATE TABLE {name} (rowid BIGINT PRIMARY KEY, words tsvector NOT NULL)",
                f"CREATE INDEX ix_{name}_words ON {name} USING gin (words)",
            ],
            "sqlite": [f"CREATE VIRTUAL TABLE {name} USING fts5(words, content='', contentless_delete=1{told})"],
        }
        for dialect, statements in made.items():
            for statement in statements:
                event.listen(beside, "after_create", DDL(statement).execute_if(dialect=dialect))
            dropped = DDL(f"DROP TABLE IF EXISTS {name}").execute_if(dialect=dialect)
            event.listen(beside, "before_drop", dropped)
        # Lexemes as they are, without PostgreSQL's own parser, which knows no Chinese.
        words = {"postgresql": "array_to_tsvector(string_to_array(:words, ' '))", "sqlite": ":words"}
        self._put = {
            dialect: text(f"INSERT INTO {name} (rowid, words) VALUES (:id, {said})")  # noqa: S608 - names of our own
            for dialect, said in words.items()
        }
        match = {"postgresql": f"{name}.words @@ CAST(:query AS tsquery)", "sqlite": f"{name} MATCH :query"}
        self._match = {dialect: text(said) for dialect, said in match.items()}

    def put(self, tx: Tx, words: Sequence[tuple[int, Iterable[str]]]) -> None:
        """The words of these from now on, whatever they were."""
        self.drop(tx, [rowid for rowid, _ in words])
        self.add(tx, words)

    def add(self, tx: Tx, words: Sequence[tuple[int, Iterable[str]]]) -> None:
        """The words of these, of which it has none yet."""
        if not words:
            return
        told = [{"id": rowid, "words": " ".join(_cut(said))} for rowid, said in words]
        tx.execute(self._put[tx.dialect], told)

    def drop(self, tx: Tx, rows: Sequence[int]) -> None:
        one = delete(self._table).where(self.rowid == bindparam("gone"))
        if rows:
            tx.execute(one, [{"gone": rowid} for rowid in rows])

    def clear(self, tx: Tx) -> None:
        tx.execute(delete(self._table))

    def merge(self, tx: Tx, pages: int, *, begin: bool) -> bool:
        """On SQLite, rewrite some `pages` of the index without what was dropped; whether there was anything to do."""
        before = tx.execute(text("SELECT total_changes()")).scalar_one()
        said = text(f"INSERT INTO {self._table.name}({self._table.name}, rank) VALUES ('merge', :pages)")  # noqa: S608
        tx.execute(said, {"pages": -pages if begin else pages})
        return int(tx.execute(text("SELECT total_changes()")).scalar_one()) - int(before) > 1

    def having(self, connection: Connection, words: Iterable[str]) -> TextClause:
        """What has all of the words, for a select from this table; each is taken literally."""
        dialect = connection.dialect.name
        return self._match[dialect].bindparams(query=_query(dialect, words))


def _cut(words: Iterable[str]) -> list[str]:
    return [word[:WORD_CHARACTERS] for word in words]


def _query(dialect: str, words: Iterable[str]) -> str:
    """In the language of the database's own search."""
    cut = _cut(words)
    if dialect == "sqlite":
        return " ".join('"' + word.replace('"', '""') + '"' for word in cut)
    return " & ".join("'" + word.replace("'", "''").replace("\\", "\\\\") + "'" for word in cut)
