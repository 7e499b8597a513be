"""Rulebooks and their versions; written by this slice alone."""

from sqlalchemy import (BigInteger, Boolean, Column, Float, ForeignKey, Index, Integer, SmallInteger, String, Table, Text, UniqueConstraint, text)

from guiju.storage import BigId, Micros, metadata

rulebook = Table(
    "rulebook",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("project_id", ForeignKey("project.id"), nullable=False),
    # "1.2.0"; "draft" until it is published, and then never changed
    Column("version", String(24), nullable=False),
    Column("document", Text, nullable=False),
    Column("digest", String(64), nullable=False),
    # rises with each save of a draft; saves say which one they started from
    Column("revision", Integer, nullable=False),
    Column("based_on", ForeignKey("rulebook.id"), nullable=True),
    Column("created_by", ForeignKey("account.id"), nullable=False),
    Column("created_at", Micros, nullable=False),
    Column("published_by", ForeignKey("account.id"), nullable=True),
    Column("published_at", Micros, nullable=True),
    UniqueConstraint("project_id", "version"),
)
