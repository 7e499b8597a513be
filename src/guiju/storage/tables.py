"""The tables of the storage room, and the one MetaData that every slice's tables join."""

from sqlalchemy import (
    BigInteger,
    Column,
    Index,
    Integer,
    MetaData,
    SmallInteger,
    String,
    Table,
    Text,
    text,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

MILESTONES = "action <> 'work.submitted' AND action <> 'work.drafted' AND action <> 'practice.answered'"

# SQLite makes only a column called INTEGER the row's own id; PostgreSQL wants 64 bits.
BigId = BigInteger().with_variant(Integer, "sqlite")
Micros = BigInteger

journal = Table(
    "journal",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("at", Micros, nullable=False),
    Column("actor_id", BigId, nullable=True),
    Column("action", String(60), nullable=False),
    Column("project_id", BigId, nullable=True),
    Column("subject_id", BigId, nullable=True),
    Column("from_revision", Integer, nullable=True),
    Column("digest", String(64), nullable=False),
    # PostgreSQL gives out ids before it commits; readers wait for the transactions that were open at the time.
    # Another server counts its transactions anew, so a backup leaves this out.
    Column("xact", BigInteger, nullable=True, info={"backed_up": False}),
    # What a project's page tells of; answers, by the hundred thousand, cost this index nothing.
    Index(
        "ix_journal_milestones",
        "project_id",
        "id",
        sqlite_where=text(MILESTONES),
        postgresql_where=text(MILESTONES),
    ),
)

journal_seal = Table(
    "journal_seal",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("last_id", BigId, nullable=False, unique=True),
    Column("rows", Integer, nullable=False),
    Column("previous", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
    Column("at", Micros, nullable=False),
)

journal_cursor = Table(
    "journal_cursor",
    metadata,
    Column("subscriber", String(60), primary_key=True),
    Column("last_id", BigId, nullable=False),
)

receipt = Table(
    "receipt",
    metadata,
    Column("request_id", String(64), primary_key=True),
    Column("actor_id", BigId, nullable=True),
    Column("action", String(60), nullable=False),
    Column("outcome", Text, nullable=False),
    Column("at", Micros, nullable=False),
)

job = Table(
    "job",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("kind", String(40), nullable=False),
    Column("project_id", BigId, nullable=True),
    Column("payload", Text, nullable=False),
    Column("state", String(12), nullable=False),
    Column("done", BigInteger, nullable=False, server_default="0"),
    Column("total", BigInteger, nullable=True),
    Column("checkpoint", Text, nullable=True),
    Column("outcome", Text, nullable=True),
    Column("attempts", SmallInteger, nullable=False, server_default="0"),
    Column("cancel_asked", SmallInteger, nullable=False, server_default="0"),
    Column("worker", String(64), nullable=True),
    Column("beat_at", Micros, nullable=True),
    Column("created_by", BigId, nullable=True),
    Column("created_at", Micros, nullable=False),
    Column("ended_at", Micros, nullable=True),
    Index(None, "state", "id"),
    Index(None, "project_id", "id"),
)

__all__ = [
    "MILESTONES",
    "BigId",
    "Micros",
    "job",
    "journal",
    "journal_cursor",
    "journal_seal",
    "metadata",
    "receipt",
]
