"""Quality rules, version for version, and what came of holding them against sources; written by this slice alone."""

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, SmallInteger, String, Table, Text

from guiju.storage import BigId, Micros, metadata

# A version never changes.
quality_version = Table(
    "quality_version",
    metadata,
    Column("project_id", BigId, ForeignKey("project.id"), primary_key=True, autoincrement=False),
    Column("version", Integer, primary_key=True, autoincrement=False),
    # guiju.cleaning.quality.model.Rule as JSON, a list
    Column("rules", Text, nullable=False),
    Column("note", String(500), nullable=False),
    Column("by", BigId, ForeignKey("account.id"), nullable=False),
    Column("at", Micros, nullable=False),
)

quality_run = Table(
    "quality_run",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("project_id", BigId, ForeignKey("project.id"), nullable=False),
    Column("source_id", BigId, ForeignKey("source.id"), nullable=False),
    Column("version", Integer, nullable=False),
    # guiju.cleaning.quality.model.RunState
    Column("state", String(12), nullable=False),
    # 1: the import asked for it, nobody did by hand
    Column("by_import", SmallInteger, nullable=False),
    Column("job_id", BigInteger, nullable=True),
    # guiju.cleaning.quality.model.Outcome as JSON, once it is over
    Column("outcome", Text, nullable=True),
    Column("created_by", BigId, ForeignKey("account.id"), nullable=False),
    Column("created_at", Micros, nullable=False),
    # a source that was held and is used all the same: who says so, when and why
    Column("released_by", BigId, ForeignKey("account.id"), nullable=True),
    Column("released_at", Micros, nullable=True),
    Column("reason", String(500), nullable=True),
    Index(None, "project_id", "id"),
    Index(None, "source_id", "id"),
)
