"""Contradictions: deposits that answer the same content otherwise, and what was ruled; written by this slice alone."""

from sqlalchemy import Column, ForeignKey, String, Table, Text

from guiju.storage import BigId, Micros, metadata

contradiction = Table(
    "contradiction",
    metadata,
    Column("id", BigId, primary_key=True),
    # the content, as deposits have it
    Column("cluster", BigId, nullable=False, index=True),
    # open | settled | gone: nothing of it contradicts any more
    Column("state", String(8), nullable=False, index=True),
    Column("found_at", Micros, nullable=False),
    Column("settled_at", Micros, nullable=True),
)

contradiction_side = Table(
    "contradiction_side",
    metadata,
    Column("contradiction_id", BigId, ForeignKey("contradiction.id"), primary_key=True),
    Column("deposit_id", BigId, ForeignKey("deposit.id", ondelete="CASCADE"), primary_key=True, index=True),
    # the digest of its answer that was looked at: another answer is a new side
    Column("said", String(32), nullable=False),
    # open | stands | aside
    Column("fate", String(8), nullable=False),
    Column("ruled_by", BigId, ForeignKey("account.id"), nullable=True),
    Column("ruled_at", Micros, nullable=True),
    Column("reason", Text, nullable=True),
    # the question that was asked about it in its own project
    Column("question_id", BigId, ForeignKey("question.id"), nullable=True, index=True),
)
