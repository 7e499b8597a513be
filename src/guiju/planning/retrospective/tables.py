"""Retrospectives, each version of them; written by this slice alone."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint

from guiju.storage import BigId, Micros, metadata

retrospective = Table(
    "retrospective",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("project_id", BigId, ForeignKey("project.id"), nullable=False),
    # 1, 2, … of the project; one that is finished never changes
    Column("version", Integer, nullable=False),
    # rises with each save of a draft
    Column("revision", Integer, nullable=False),
    # draft | finished
    Column("state", String(8), nullable=False),
    # written while work was still going on, so that no estimate learns from it
    Column("interim", Boolean, nullable=False),
    # guiju.planning.retrospective.model.Figures as JSON: what the program found when it was written
    Column("figures", Text, nullable=False),
    # the trainer's own words, {section: text}
    Column("words", Text, nullable=False),
    # what an estimate looks for its like by: the brief's trade, and the kinds that the rulebook asks, comma-separated
    Column("trade", String(60), nullable=False),
    Column("kinds", String(200), nullable=False),
    Column("written_by", BigId, ForeignKey("account.id"), nullable=False),
    Column("written_at", Micros, nullable=False),
    Column("signed_by", BigId, ForeignKey("account.id"), nullable=True),
    Column("signed_at", Micros, nullable=True),
    UniqueConstraint("project_id", "version"),
    Index(None, "state", "trade"),
)
