"""How rounds were resolved, and what was left to a person for being unsure; written by this slice alone."""

from sqlalchemy import Column, Float, ForeignKey, Index, Integer, String, Table, Text

from guiju.storage import BigId, Micros, metadata

consensus_run = Table(
    "consensus_run",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("project_id", BigId, ForeignKey("project.id"), nullable=False),
    Column("round_id", BigId, ForeignKey("round.id"), nullable=False),
    Column("method", String(24), nullable=False),
    # how what is no single label was merged: guiju.consensus.methods.MERGES
    Column("merge", String(24), nullable=False),
    # what the advice was when it was chosen, and why, as {"msgid", "places"}
    Column("recommended", String(24), nullable=True),
    Column("because", Text, nullable=True),
    # items less sure than this were left to a person
    Column("at_least", Float, nullable=False),
    Column("resolved", Integer, nullable=False),
    Column("ties", Integer, nullable=False),
    Column("unsure", Integer, nullable=False),
    Column("chosen_by", BigId, ForeignKey("account.id"), nullable=False),
    Column("at", Micros, nullable=False),
    Index(None, "round_id", "id"),
)

# Items of the round's last run that were less sure than asked for, with what their answers would have come to.
consensus_unsure = Table(
    "consensus_unsure",
    metadata,
    Column("round_id", BigId, ForeignKey("round.id"), primary_key=True),
    Column("item_id", BigId, ForeignKey("item.id"), primary_key=True, index=True),
    Column("method", String(24), nullable=False),
    Column("answers", Text, nullable=False),
    Column("confidence", Float, nullable=False),
)
