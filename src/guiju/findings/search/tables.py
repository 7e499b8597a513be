"""The index of words, what was read into it, and searches that people keep; written by this slice alone.

`item_words(rowid, words)` is made by each database in its own way: FTS5 on SQLite, a `tsvector` with a GIN index on
PostgreSQL. It comes and goes with `words_read`; `rowid` is the item's id.
"""

from sqlalchemy import DDL, Boolean, Column, ForeignKey, String, Table, Text, UniqueConstraint, event

from guiju.storage import BigId, Micros, metadata

words_read = Table(
    "words_read",
    metadata,
    Column("source_id", BigId, ForeignKey("source.id"), primary_key=True),
    Column("project_id", BigId, ForeignKey("project.id"), nullable=False, index=True),
    # the last item that was read, and whether it was the source's last
    Column("upto", BigId, nullable=False),
    Column("done", Boolean, nullable=False),
    Column("job_id", BigId, nullable=True),
)

kept_search = Table(
    "kept_search",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("project_id", BigId, ForeignKey("project.id"), nullable=False),
    Column("name", String(80), nullable=False),
    # as the query of an address
    Column("query", Text, nullable=False),
    Column("created_by", BigId, ForeignKey("account.id"), nullable=False),
    Column("created_at", Micros, nullable=False),
    UniqueConstraint("project_id", "name"),
)


def words_ddl(dialect: str) -> list[str]:
    """The statements that make `item_words(rowid, words)` on a database."""
    if dialect == "postgresql":
        return [
            "CREATE TABLE item_words (rowid BIGINT PRIMARY KEY, words tsvector NOT NULL)",
            "CREATE INDEX ix_item_words_words ON item_words USING gin (words)",
        ]
    return ["CREATE VIRTUAL TABLE item_words USING fts5(words, content='', contentless_delete=1, detail=none)"]


for _dialect in ("postgresql", "sqlite"):
    for _statement in words_ddl(_dialect):
        event.listen(words_read, "after_create", DDL(_statement).execute_if(dialect=_dialect))
    event.listen(words_read, "before_drop", DDL("DROP TABLE IF EXISTS item_words").execute_if(dialect=_dialect))
