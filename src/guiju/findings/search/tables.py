"""The index of words, what was read into it, and searches that people keep; written by this slice alone.

The words of an item lie in `item_words`, an index that each database makes in its own way.
"""

from sqlalchemy import Boolean, Column, ForeignKey, String, Table, Text, UniqueConstraint

from guiju.storage import BigId, Micros, WordIndex, metadata

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


item_words = WordIndex("item_words", words_read, phrases=False)
