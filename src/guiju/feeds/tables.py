"""Connections, the feeds that draw from them, and what was seen of their files; written by this slice alone."""

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, SmallInteger, String, Table, Text

from guiju.storage import BigId, Micros, metadata

connection = Table(
    "connection",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("name", String(80), nullable=False, unique=True),
    # guiju.feeds.connections.model.ConnectionKind
    Column("kind", String(12), nullable=False),
    Column("address", Text, nullable=False),
    # where the secret is kept, never the secret: house | env:NAME | file:NAME
    Column("reference", String(120), nullable=True),
    # 1: every project may draw from it
    Column("for_all", SmallInteger, nullable=False),
    Column("created_by", BigId, ForeignKey("account.id"), nullable=False),
    Column("created_at", Micros, nullable=False),
    Column("checked_at", Micros, nullable=True),
    # why the last check failed: guiju.data.mapping.model.Told as JSON
    Column("fault", Text, nullable=True),
)

connection_grant = Table(
    "connection_grant",
    metadata,
    Column("connection_id", BigId, ForeignKey("connection.id", ondelete="CASCADE"), primary_key=True),
    Column("project_id", BigId, ForeignKey("project.id"), primary_key=True),
    Index(None, "project_id"),
)

# What a project draws from a connection, again and again.
feed = Table(
    "feed",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("project_id", BigId, ForeignKey("project.id"), nullable=False, index=True),
    Column("connection_id", BigId, ForeignKey("connection.id"), nullable=False, index=True),
    Column("name", String(200), nullable=False),
    # guiju.feeds.model.Asked as JSON: the query, or the folder
    Column("asked", Text, nullable=False),
    # guiju.data.Columns and guiju.data.Origin as JSON; null until somebody said how it is read
    Column("mapping", Text, nullable=True),
    Column("origin", Text, nullable=True),
    # minutes between two looks by itself; null: only when somebody asks
    Column("every", Integer, nullable=True),
    # 1: it may look; 0: stopped
    Column("running", SmallInteger, nullable=False),
    Column("job_id", BigId, nullable=True),
    Column("source_id", BigId, ForeignKey("source.id"), nullable=True),
    Column("looked_at", Micros, nullable=True),
    Column("next_look_at", Micros, nullable=True),
    # failures in a row, and the last one: guiju.data.mapping.model.Told as JSON
    Column("failures", Integer, nullable=False, server_default="0"),
    Column("fault", Text, nullable=True),
    Column("created_by", BigId, ForeignKey("account.id"), nullable=False),
    Column("created_at", Micros, nullable=False),
    Index("ix_feed_due", "running", "next_look_at"),
)

# The sources that a feed brought.
feed_source = Table(
    "feed_source",
    metadata,
    Column("source_id", BigId, ForeignKey("source.id"), primary_key=True),
    Column("feed_id", BigId, ForeignKey("feed.id"), nullable=False),
    # the look that brought it
    Column("job_id", BigId, nullable=False),
    Column("at", Micros, nullable=False),
    Index(None, "feed_id", "source_id"),
)

# A file or object as it was seen the last time, so that only what is new or changed is brought.
feed_file = Table(
    "feed_file",
    metadata,
    Column("feed_id", BigId, ForeignKey("feed.id"), primary_key=True),
    # SHA-256 of its name: names are longer than an index takes
    Column("key", String(64), primary_key=True),
    Column("name", Text, nullable=False),
    # what changes when it changes: its ETag, or its size and time
    Column("sign", String(200), nullable=False),
    Column("size", BigInteger, nullable=False),
    # guiju.feeds.model.FileState
    Column("state", String(12), nullable=False),
    # 1: it came before with another sign
    Column("changed", SmallInteger, nullable=False),
    Column("source_id", BigId, nullable=True),
    # why it was not taken: guiju.data.mapping.model.Told as JSON
    Column("fault", Text, nullable=True),
    Column("at", Micros, nullable=False),
    Index(None, "feed_id", "state"),
)
