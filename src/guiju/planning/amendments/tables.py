"""Amendments that rulings on disputes ask for; written by this slice alone."""

from sqlalchemy import Column, ForeignKey, Index, String, Table, Text

from guiju.storage import BigId, Micros, metadata

amendment = Table(
    "amendment",
    metadata,
    Column("dispute_id", BigId, ForeignKey("dispute.id"), primary_key=True),
    Column("project_id", BigId, ForeignKey("project.id"), nullable=False),
    Column("opened_at", Micros, nullable=False),
    # the clause in the draft that was written or amended
    Column("clause", String(24), nullable=True),
    Column("written_by", BigId, ForeignKey("account.id"), nullable=True),
    Column("written_at", Micros, nullable=True),
    # the version that has it, and the recheck that publishing it opened
    Column("rulebook_id", BigId, ForeignKey("rulebook.id"), nullable=True),
    Column("round_id", BigId, ForeignKey("round.id"), nullable=True),
    Column("dropped_why", Text, nullable=True),
    Column("dropped_by", BigId, ForeignKey("account.id"), nullable=True),
)
Index("ix_amendment_project", amendment.c.project_id, amendment.c.dispute_id)
