"""What people practised, when it comes back, and which lessons they finished; written by this slice alone."""

from sqlalchemy import (
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from guiju.storage import BigId, Micros, metadata

# One known answer in one person's memory. `key` is the reference's, the same in every version of the rulebook.
practice_card = Table(
    "practice_card",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("account_id", BigId, ForeignKey("account.id"), nullable=False),
    Column("project_id", BigId, ForeignKey("project.id"), nullable=False),
    # origin:origin_id of the reference
    Column("key", String(60), nullable=False),
    # of what is asked and what is right: another content begins anew
    Column("digest", String(64), nullable=False),
    # guiju.coaching.model.Memory
    Column("streak", Integer, nullable=False),
    Column("ease", Float, nullable=False),
    Column("interval_days", Integer, nullable=False),
    Column("due_at", Micros, nullable=False),
    Column("again", Boolean, nullable=False),
    Column("answered", Integer, nullable=False),
    Column("score", Float, nullable=False),
    Column("begun_at", Micros, nullable=False),
    Column("at", Micros, nullable=False),
    UniqueConstraint("account_id", "project_id", "key"),
)

# Every practised answer, marked as it was marked then.
practice_answer = Table(
    "practice_answer",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("card_id", BigId, ForeignKey("practice_card.id"), nullable=False),
    Column("account_id", BigId, ForeignKey("account.id"), nullable=False),
    # the practice round of the version that was practised
    Column("round_id", BigId, ForeignKey("round.id"), nullable=False),
    Column("reference_id", BigId, ForeignKey("reference.id"), nullable=False),
    # made by the client: sent twice, stored once
    Column("request_id", String(64), nullable=False, unique=True),
    Column("answers", Text, nullable=False),
    Column("score", Float, nullable=False),
    # [[label, score], …]
    Column("labels", Text, nullable=False),
    Column("clause", String(24), nullable=True),
    Column("active_ms", Integer, nullable=True),
    Column("at", Micros, nullable=False),
    Index(None, "account_id", "round_id", "id"),
    Index(None, "card_id", "id"),
)

lesson_done = Table(
    "lesson_done",
    metadata,
    Column("account_id", BigId, ForeignKey("account.id"), primary_key=True),
    Column("project_id", BigId, ForeignKey("project.id"), primary_key=True),
    # label:ID | clause:ID | news
    Column("key", String(80), primary_key=True),
    # the version that was learnt, and what the lesson said then
    Column("rulebook_id", BigId, ForeignKey("rulebook.id"), nullable=False),
    Column("digest", String(64), nullable=False),
    Column("at", Micros, nullable=False),
)
