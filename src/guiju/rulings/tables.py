"""Questions, rulings and references; written by this slice alone."""

from sqlalchemy import Column, ForeignKey, Index, String, Table, Text, UniqueConstraint

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
    # open | answered
    Column("state", String(8), nullable=False),
    Column("at", Micros, nullable=False),
    Index(None, "project_id", "state", "id"),
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
)

reference = Table(
    "reference",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("project_id", BigId, ForeignKey("project.id"), nullable=False, index=True),
    Column("rulebook_id", BigId, ForeignKey("rulebook.id"), nullable=False),
    # example | ruling
    Column("origin", String(8), nullable=False),
    # the example's id in its rulebook, or the ruling's id
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
