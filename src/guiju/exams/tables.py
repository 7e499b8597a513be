"""Exams, who sat them, and what was asked; written by this slice alone."""

from sqlalchemy import (
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    SmallInteger,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from guiju.storage import BigId, Micros, metadata

exam = Table(
    "exam",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("project_id", BigId, ForeignKey("project.id"), nullable=False),
    # 1, 2, … in the project
    Column("number", Integer, nullable=False),
    # open | closed
    Column("state", String(8), nullable=False),
    Column("size", SmallInteger, nullable=False),
    # the share that passes, and whether the score or the lower end of its interval must reach it
    Column("pass_mark", Float, nullable=False),
    Column("rule", String(8), nullable=False),
    # the time for all questions; null: as long as it takes
    Column("seconds", Integer, nullable=True),
    # at-once | at-end
    Column("feedback", String(8), nullable=False),
    Column("attempts", SmallInteger, nullable=False),
    Column("created_by", BigId, ForeignKey("account.id"), nullable=False),
    Column("created_at", Micros, nullable=False),
    UniqueConstraint("project_id", "number"),
)

sitting = Table(
    "exam_sitting",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("exam_id", BigId, ForeignKey("exam.id"), nullable=False),
    Column("project_id", BigId, ForeignKey("project.id"), nullable=False),
    Column("account_id", BigId, ForeignKey("account.id"), nullable=False),
    Column("attempt", SmallInteger, nullable=False),
    Column("rulebook_id", BigId, ForeignKey("rulebook.id"), nullable=False),
    # the round of its own in which it is answered
    Column("round_id", BigId, ForeignKey("round.id"), nullable=False, unique=True),
    # what the questions were drawn by: anybody who has it can draw them again
    Column("seed", String(32), nullable=False),
    Column("begun_at", Micros, nullable=False),
    Column("until", Micros, nullable=True),
    Column("ended_at", Micros, nullable=True),
    # whether the time was over before it was handed in
    Column("overtime", Boolean, nullable=False),
    Column("answered", SmallInteger, nullable=True),
    Column("score", Float, nullable=True),
    Column("low", Float, nullable=True),
    Column("high", Float, nullable=True),
    Column("passed", Boolean, nullable=True),
    UniqueConstraint("exam_id", "account_id", "attempt"),
    Index(None, "project_id", "account_id"),
    # those that are still being sat
    Index("ix_exam_sitting_open", "ended_at", "until"),
)

question = Table(
    "exam_question",
    metadata,
    Column("sitting_id", BigId, ForeignKey("exam_sitting.id"), primary_key=True),
    # 1, 2, … in the order in which they are asked
    Column("place", SmallInteger, primary_key=True),
    Column("reference_id", BigId, ForeignKey("reference.id"), nullable=False, index=True),
    Column("item_id", BigId, ForeignKey("item.id"), nullable=False, index=True),
    Column("clause", String(24), nullable=True),
    # the answer that was marked; null where there was none
    Column("annotation_id", BigId, ForeignKey("annotation.id"), nullable=True),
    # null until it is marked
    Column("score", Float, nullable=True),
    # [[label, score], …]
    Column("labels", Text, nullable=True),
    Column("marked_at", Micros, nullable=True),
    UniqueConstraint("sitting_id", "item_id"),
)
