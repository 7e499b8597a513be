"""Versions of the 5W2H brief; written by this slice alone."""

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint

from guiju.storage import BigId, Micros, metadata

brief = Table(
    "brief",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("project_id", BigId, ForeignKey("project.id"), nullable=False),
    Column("version", Integer, nullable=False),
    # rises with each save while the version is unsigned; saves say which one they started from
    Column("revision", Integer, nullable=False),
    Column("document", Text, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("created_by", BigId, ForeignKey("account.id"), nullable=False),
    Column("created_at", Micros, nullable=False),
    Column("signed_by", BigId, ForeignKey("account.id"), nullable=True),
    Column("signed_at", Micros, nullable=True),
    UniqueConstraint("project_id", "version"),
)

brief_save = Table(
    "brief_save",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("brief_id", BigId, ForeignKey("brief.id"), nullable=False),
    # what a later save started from is found here, so that two people's changes can be brought together
    Column("revision", Integer, nullable=False),
    Column("document", Text, nullable=False),
    Column("saved_by", BigId, ForeignKey("account.id"), nullable=False),
    Column("saved_at", Micros, nullable=False),
    UniqueConstraint("brief_id", "revision"),
)

brief_comment = Table(
    "brief_comment",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("project_id", BigId, ForeignKey("project.id"), nullable=False),
    # the version that was read when it was written
    Column("version", Integer, nullable=False),
    # a facet, a figure, or empty for the whole
    Column("place", String(24), nullable=False),
    Column("text", Text, nullable=False),
    Column("written_by", BigId, ForeignKey("account.id"), nullable=False),
    Column("written_at", Micros, nullable=False),
    Column("closed_by", BigId, ForeignKey("account.id"), nullable=True),
    Column("closed_at", Micros, nullable=True),
    Index(None, "project_id", "id"),
)
