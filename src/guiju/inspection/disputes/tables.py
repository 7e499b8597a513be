"""Disputes; written by this slice alone."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, String, Table, Text

from guiju.storage import BigId, Micros, metadata

dispute = Table(
    "dispute",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("project_id", BigId, ForeignKey("project.id"), nullable=False),
    Column("lot_id", BigId, ForeignKey("lot.id"), nullable=False),
    Column("item_id", BigId, ForeignKey("item.id"), nullable=False),
    # the revision that is disputed, once
    Column("verdict_id", BigId, ForeignKey("verdict.id"), nullable=False, unique=True),
    Column("raised_by", BigId, ForeignKey("account.id"), nullable=False),
    Column("raised_at", Micros, nullable=False),
    Column("reason", Text, nullable=False),
    # open | withdrawn | confirmed: what became of the defect
    Column("state", String(12), nullable=False),
    Column("ruled_by", BigId, ForeignKey("account.id"), nullable=True),
    Column("ruled_at", Micros, nullable=True),
    Column("ruling", Text, nullable=True),
    Column("clause", String(24), nullable=True),
    # the rules leave the case open, said whoever ruled
    Column("gap", Boolean, nullable=False),
)
Index("ix_dispute_project", dispute.c.project_id, dispute.c.state, dispute.c.id)
Index("ix_dispute_lot", dispute.c.lot_id, dispute.c.item_id)
