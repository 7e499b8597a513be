"""What deposits are narrowed by, a row a value, so that it can be counted; written by this slice alone."""

from sqlalchemy import Column, ForeignKey, Index, String, Table

from guiju.storage import BigId, metadata

deposit_facet = Table(
    "deposit_facet",
    metadata,
    # guiju.bank.finding.Facet
    Column("facet", String(10), primary_key=True),
    Column("value", String(120), primary_key=True),
    Column("deposit_id", BigId, ForeignKey("deposit.id", ondelete="CASCADE"), primary_key=True),
    Index(None, "deposit_id"),
)
