"""Random bytes that were made before the lot that is drawn with them; written by this slice alone."""

from sqlalchemy import BigInteger, Column, ForeignKey, Index, String, Table

from guiju.storage import BigId, Micros, metadata

lot_commitment = Table(
    "lot_commitment",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("project_id", BigId, ForeignKey("project.id"), nullable=False),
    # SHA-256 of the secret: the digest of the journal's row `event`
    Column("commitment", String(64), nullable=False),
    # told to nobody before a lot is drawn with it
    Column("secret", String(64), nullable=False),
    Column("event", BigInteger, nullable=False),
    Column("lot_id", BigId, ForeignKey("lot.id"), nullable=True, unique=True),
    Column("at", Micros, nullable=False),
)
Index("ix_lot_commitment_project", lot_commitment.c.project_id, lot_commitment.c.lot_id)
