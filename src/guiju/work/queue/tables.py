"""The parts of a round; written by this slice alone."""

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, SmallInteger, String, Table, Text

from guiju.storage import BigId, Micros, metadata

batch = Table(
    "batch",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("round_id", BigId, ForeignKey("round.id"), nullable=False, index=True),
    Column("name", String(80), nullable=False),
    # guiju.work.queue.Priority: the higher is handed out first
    Column("priority", SmallInteger, nullable=False),
    # the day by which it is wanted, 2026-11-30; of one priority the earlier goes first
    Column("due", String(10), nullable=True),
    # whom it is kept for: guiju.work.queue.Demands as JSON
    Column("demands", Text, nullable=False),
    # the batch that it was split from, and how: guiju.work.queue.Part as JSON
    Column("split_from", BigInteger, nullable=True),
    Column("part", Text, nullable=True),
    # whether all slots that belong into it have been moved
    Column("settled", Boolean, nullable=False),
    Column("withdrawn_at", Micros, nullable=True),
    Column("withdrawn_why", Text, nullable=True),
    Column("created_by", BigId, ForeignKey("account.id"), nullable=False),
    Column("created_at", Micros, nullable=False),
)
