"""Versions of the 5W2H brief; written by this slice alone."""

from sqlalchemy import Column, ForeignKey, Integer, String, Table, Text, UniqueConstraint

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
