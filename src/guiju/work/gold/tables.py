"""Known answers in production, what they said of people, and who was stopped; written by this slice alone."""

from sqlalchemy import Boolean, Column, Float, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint

from guiju.storage import BigId, Micros, metadata

gold_policy = Table(
    "gold_policy",
    metadata,
    Column("round_id", BigId, ForeignKey("round.id"), primary_key=True),
    # the round of kind gold that its slots and answers lie in
    Column("gold_round_id", BigId, ForeignKey("round.id"), nullable=False, unique=True),
    # of a hundred items to somebody whose answers are good, as a share
    Column("base", Float, nullable=False),
    # the share of right answers that is asked for
    Column("line", Float, nullable=False),
    # whether somebody whose interval falls below the line is stopped
    Column("stops", Boolean, nullable=False),
    # whether people are told their own figures, once they are stopped or the round is over
    Column("tells", Boolean, nullable=False),
    # guiju.work.gold.model.Returns: what brings somebody back who was stopped
    Column("returns", String(8), nullable=False),
    # slots are called by other numbers outside the house, made with this
    Column("key", String(32), nullable=False),
)

gold_item = Table(
    "gold_item",
    metadata,
    Column("round_id", BigId, ForeignKey("round.id"), primary_key=True),
    Column("item_id", BigId, ForeignKey("item.id"), primary_key=True, index=True),
    Column("reference_id", BigId, ForeignKey("reference.id"), nullable=False),
)

# What the first answer to one slot is worth, in [0, 1].
gold_mark = Table(
    "gold_mark",
    metadata,
    Column("slot_id", BigId, ForeignKey("slot.id"), primary_key=True),
    # the production round
    Column("round_id", BigId, ForeignKey("round.id"), nullable=False),
    Column("annotator_id", BigId, ForeignKey("annotator.id"), nullable=False),
    Column("reference_id", BigId, ForeignKey("reference.id"), nullable=False),
    Column("score", Float, nullable=False),
    Column("at", Micros, nullable=False),
    Index(None, "round_id", "annotator_id", "at"),
)

gold_stop = Table(
    "gold_stop",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("round_id", BigId, ForeignKey("round.id"), nullable=False),
    Column("annotator_id", BigId, ForeignKey("annotator.id"), nullable=False),
    Column("at", Micros, nullable=False),
    # of so many answers so many were right, partial ones in part; the interval of that share
    Column("n", Integer, nullable=False),
    Column("right", Float, nullable=False),
    Column("low", Float, nullable=False),
    Column("high", Float, nullable=False),
    Column("line", Float, nullable=False),
    Column("lifted_at", Micros, nullable=True),
    # practice | exam | word
    Column("lifted_by", String(8), nullable=True),
    # whose word, and what they said
    Column("signed_by", BigId, ForeignKey("account.id"), nullable=True),
    Column("reason", Text, nullable=True),
    # one that is not lifted: 0; else its own time, so that there is never more than one that holds
    Column("holds", Micros, nullable=False),
    UniqueConstraint("round_id", "annotator_id", "holds"),
)
