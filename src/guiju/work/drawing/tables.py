"""How the items of a trial were drawn; written by this slice alone."""

from sqlalchemy import BigInteger, Column, ForeignKey, Integer, String, Table, Text

from guiju.storage import BigId, metadata

trial_draw = Table(
    "trial_draw",
    metadata,
    Column("round_id", BigId, ForeignKey("round.id"), primary_key=True, autoincrement=False),
    # with it and the same items anybody draws the same
    Column("seed", String(64), nullable=False),
    # guiju.work.drawing.model: By, what it needs to know, Share, Earlier and the trial that was drawn again
    Column("by", String(12), nullable=False),
    Column("of", String(60), nullable=False),
    Column("share", String(12), nullable=False),
    Column("earlier", String(8), nullable=False),
    Column("trial", Integer, nullable=False),
    Column("size", Integer, nullable=False),
    # how many items could be drawn, and the hash of their contents
    Column("pool", BigInteger, nullable=False),
    Column("digest", String(64), nullable=False),
    # guiju.work.drawing.model.StratumDrawn as JSON, a list
    Column("strata", Text, nullable=False),
)
