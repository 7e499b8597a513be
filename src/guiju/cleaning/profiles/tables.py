"""What was measured of items, in columns of a chunk, and the documents made of it."""

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, LargeBinary, Table, Text

from guiju.storage import BigId, Micros, metadata

# Figures of a source's items, some thousand at a time; of one run of the job, which is seen when its profile is.
profile_chunk = Table(
    "profile_chunk",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("source_id", BigId, ForeignKey("source.id"), nullable=False),
    Column("job_id", BigId, nullable=False),
    Column("first_item", BigInteger, nullable=False),
    Column("last_item", BigInteger, nullable=False),
    Column("items", Integer, nullable=False),
    # guiju.cleaning.profiles.figures.columns
    Column("columns", LargeBinary, nullable=False),
    # guiju.cleaning.profiles.figures.own.OwnColumns as JSON
    Column("own", Text, nullable=False),
    Index(None, "source_id", "job_id", "first_item"),
)

# One a source, and one of the whole project, without a source.
profile = Table(
    "profile",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("project_id", BigId, ForeignKey("project.id"), nullable=False),
    Column("source_id", BigId, ForeignKey("source.id"), nullable=True),
    # whose chunks it is made of; a project's is made of those of its sources
    Column("job_id", BigId, nullable=False),
    Column("method", Integer, nullable=False),
    Column("made_at", Micros, nullable=False),
    # guiju.cleaning.profiles.model.Profile as JSON
    Column("document", Text, nullable=False),
    Index(None, "project_id", "source_id"),
)
