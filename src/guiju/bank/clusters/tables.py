"""By what deposits are found that are nearly the same; written by this slice alone."""

from sqlalchemy import Column, ForeignKey, LargeBinary, String, Table

from guiju.storage import BigId, metadata

# A row of a deposit says that it was compared with all others; without it the job compares it.
deposit_near = Table(
    "deposit_near",
    metadata,
    Column("deposit_id", BigId, ForeignKey("deposit.id", ondelete="CASCADE"), primary_key=True),
    # text | image | audio
    Column("medium", String(8), nullable=False),
    # MinHash bands of a text, a signature of bits of a picture or a sound; empty of what cannot be compared
    Column("bands", LargeBinary, nullable=False),
)
