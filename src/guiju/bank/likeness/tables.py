"""By which way each medium is compared, where somebody has chosen one; written by this slice alone."""

from sqlalchemy import Column, ForeignKey, String, Table

from guiju.storage import BigId, Micros, metadata

bank_likeness = Table(
    "bank_likeness",
    metadata,
    # text | image | audio
    Column("medium", String(8), primary_key=True),
    # a name of guiju.vectors.backends
    Column("way", String(24), nullable=False),
    Column("chosen_by", BigId, ForeignKey("account.id"), nullable=False),
    Column("at", Micros, nullable=False),
)
