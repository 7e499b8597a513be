"""Rulebooks and their versions; written by this slice alone."""

from sqlalchemy import Column, ForeignKey, Integer, PrimaryKeyConstraint, String, Table, Text, UniqueConstraint

from guiju.storage import BigId, Micros, metadata

rulebook = Table(
    "rulebook",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("project_id", BigId, ForeignKey("project.id"), nullable=False),
    # "1.2.0"; "draft" until it is published, and then never changed
    Column("version", String(24), nullable=False),
    Column("document", Text, nullable=False),
    Column("digest", String(64), nullable=False),
    # rises with each save, through all versions of a project; saves say which one they started from
    Column("revision", Integer, nullable=False),
    Column("based_on", BigId, ForeignKey("rulebook.id"), nullable=True),
    Column("created_by", BigId, ForeignKey("account.id"), nullable=False),
    Column("created_at", Micros, nullable=False),
    Column("published_by", BigId, ForeignKey("account.id"), nullable=True),
    Column("published_at", Micros, nullable=True),
    UniqueConstraint("project_id", "version"),
)

# What each of the last saves held: what two people began with when both save, and a way back.
rulebook_save = Table(
    "rulebook_save",
    metadata,
    Column("project_id", BigId, ForeignKey("project.id"), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("document", Text, nullable=False),
    Column("saved_by", BigId, ForeignKey("account.id"), nullable=False),
    Column("saved_at", Micros, nullable=False),
    PrimaryKeyConstraint("project_id", "revision"),
)
