"""What a recheck looks at again; written by this slice alone."""

from sqlalchemy import Column, ForeignKey, Table

from guiju.storage import BigId, metadata

recheck_item = Table(
    "recheck_item",
    metadata,
    Column("round_id", BigId, ForeignKey("round.id"), primary_key=True),
    Column("item_id", BigId, ForeignKey("item.id"), primary_key=True, index=True),
    # what held when the round was opened
    Column("resolution_id", BigId, ForeignKey("resolution.id"), nullable=False),
)
