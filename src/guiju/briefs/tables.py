"""Versions of the 5W2H brief; written by this slice alone."""

from sqlalchemy import (BigInteger, Boolean, Column, Float, ForeignKey, Index, Integer, SmallInteger, String, Table, Text, UniqueConstraint, text)

from guiju.storage import BigId, Micros, metadata

brief = Table(
    "brief",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("project_id", ForeignKey("project.id"), nullable=False),
    Column("version", Integer, nullable=False),
    Column("document", Text, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("created_by", ForeignKey("account.id"), nullable=False),
    Column("created_at", Micros, nullable=False),
    Column("signed_by", ForeignKey("account.id"), nullable=True),
    Column("signed_at", Micros, nullable=True),
    UniqueConstraint("project_id", "version"),
)
