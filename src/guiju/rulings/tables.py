"""Questions, rulings and references; written by this slice alone."""

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint

from guiju.storage import BigId, Micros, metadata

question = Table(
    "question",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("project_id", BigId, ForeignKey("project.id"), nullable=False),
    Column("item_id", BigId, ForeignKey("item.id"), nullable=True),
    Column("round_id", BigId, ForeignKey("round.id"), nullable=True),
    Column("asked_by", BigId, ForeignKey("account.id"), nullable=False),
    Column("text", Text, nullable=False),
    Column("clause", String(24), nullable=True),
    # open | answered | merged
    Column("state", String(8), nullable=False),
    Column("at", Micros, nullable=False),
    # who is to see to it that it is answered
    Column("owner_id", BigId, ForeignKey("account.id"), nullable=True),
    # the question whose ruling answers this one too, while they are one; it may be a later one
    Column("merged_into", BigInteger, nullable=True, index=True),
    Index(None, "project_id", "state", "id"),
    Index(None, "owner_id", "state"),
)

# The labels between which whoever asked hesitates.
question_label = Table(
    "question_label",
    metadata,
    Column("question_id", BigId, ForeignKey("question.id"), primary_key=True),
    Column("label", String(60), primary_key=True),
)

# How long a project lets a question wait; without a row it is the house's own line.
question_line = Table(
    "question_line",
    metadata,
    Column("project_id", BigId, ForeignKey("project.id"), primary_key=True),
    Column("hours", Integer, nullable=False),
)

# The items of a question that is about several; a question about one has it in its own row.
question_item = Table(
    "question_item",
    metadata,
    Column("question_id", BigId, ForeignKey("question.id"), primary_key=True),
    Column("item_id", BigId, ForeignKey("item.id"), primary_key=True, index=True),
)

ruling = Table(
    "ruling",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("project_id", BigId, ForeignKey("project.id"), nullable=False),
    Column("question_id", BigId, ForeignKey("question.id"), nullable=True, index=True),
    Column("item_id", BigId, ForeignKey("item.id"), nullable=True, index=True),
    Column("text", Text, nullable=False),
    Column("clause", String(24), nullable=True),
    Column("answers", Text, nullable=True),
    Column("ruled_by", BigId, ForeignKey("account.id"), nullable=False),
    Column("at", Micros, nullable=False),
    Index(None, "project_id", "id"),
)

# Who has had which ruling before their eyes, and when first.
ruling_seen = Table(
    "ruling_seen",
    metadata,
    Column("ruling_id", BigId, ForeignKey("ruling.id"), primary_key=True),
    Column("account_id", BigId, ForeignKey("account.id"), primary_key=True, index=True),
    Column("at", Micros, nullable=False),
)

# What a ruling became in the rulebook's draft.
ruling_use = Table(
    "ruling_use",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("ruling_id", BigId, ForeignKey("ruling.id"), nullable=False, index=True),
    # example | clause
    Column("kind", String(8), nullable=False),
    # the example's or the clause's id in the draft
    Column("name", String(40), nullable=False),
    Column("by", BigId, ForeignKey("account.id"), nullable=False),
    Column("at", Micros, nullable=False),
)

reference = Table(
    "reference",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("project_id", BigId, ForeignKey("project.id"), nullable=False, index=True),
    Column("rulebook_id", BigId, ForeignKey("rulebook.id"), nullable=False),
    # example | ruling | gold | verdict
    Column("origin", String(8), nullable=False),
    # the example's id in its rulebook, or the ruling's id; of a verdict the account that it concerns, and its id: 7-12
    Column("origin_id", String(40), nullable=False),
    Column("item_id", BigId, ForeignKey("item.id"), nullable=True),
    Column("text", Text, nullable=True),
    Column("answers", Text, nullable=True),
    Column("label", String(60), nullable=True),
    Column("polarity", String(8), nullable=True),
    Column("clause", String(24), nullable=True),
    Column("at", Micros, nullable=False),
    UniqueConstraint("rulebook_id", "origin", "origin_id"),
)
