"""What consensus knows of a round that asks for further answers; written by this slice alone."""

from sqlalchemy import Column, Float, ForeignKey, Index, SmallInteger, Table, Text

from guiju.storage import BigId, metadata

# One row a round: what was learned of its annotators, and how far the items were gone over again.
wanting_round = Table(
    "wanting_round",
    metadata,
    Column("round_id", BigId, ForeignKey("round.id"), primary_key=True),
    # guiju.consensus.wanting.model.Learned as JSON
    Column("learned", Text, nullable=False),
    # the item that was weighed again last
    Column("swept", BigId, nullable=False),
)

wanting_item = Table(
    "wanting_item",
    metadata,
    Column("round_id", BigId, ForeignKey("round.id"), primary_key=True),
    Column("item_id", BigId, ForeignKey("item.id"), primary_key=True, index=True),
    Column("answers", SmallInteger, nullable=False),
    # guiju.consensus.wanting.Sureness
    Column("state", SmallInteger, nullable=False),
    # the probability of its label; the agreement of a majority of its answers
    Column("sure", Float, nullable=True),
    Column("alike", Float, nullable=True),
    # {field: guiju.stats.consensus.online.Belief} as JSON: what was learned from it, to be taken back
    Column("beliefs", Text, nullable=False),
    Index(None, "round_id", "state", "item_id"),
)
