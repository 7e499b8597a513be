"""How many answers the items of a round get, and what was answered since consensus looked; written by this slice."""

from sqlalchemy import Column, Float, ForeignKey, Index, Integer, String, Table

from guiju.storage import BigId, metadata

# Of rounds with more than one answer to an item.
overlap_policy = Table(
    "overlap_policy",
    metadata,
    Column("round_id", BigId, ForeignKey("round.id"), primary_key=True),
    # guiju.work.overlap.Way
    Column("way", String(8), nullable=False),
    Column("least", Integer, nullable=False),
    Column("most", Integer, nullable=False),
    Column("share", Float, nullable=False),
    Column("sure", Float, nullable=False),
    Column("alike", Float, nullable=False),
    # by which the share was drawn
    Column("seed", String(64), nullable=False),
)

# One row for each answer that consensus has not weighed yet. Rows are only added and taken away: two who write at once
# never meet in one.
overlap_due = Table(
    "overlap_due",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("round_id", BigId, ForeignKey("round.id"), nullable=False),
    Column("item_id", BigId, nullable=False),
    Index(None, "round_id", "id"),
)
