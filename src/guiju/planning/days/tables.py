"""Answers summed by round, annotator and day; written by this slice alone.

Annotations are never changed, so what is summed of them is never repaired: everything up to `work_day_mark.last_id` is
in `work_day`, everything behind it is counted where it lies.
"""

from sqlalchemy import BigInteger, Column, ForeignKey, Integer, SmallInteger, Table

from guiju.storage import BigId, Micros, metadata

work_day = Table(
    "work_day",
    metadata,
    Column("project_id", BigId, ForeignKey("project.id"), primary_key=True),
    Column("round_id", BigId, ForeignKey("round.id"), primary_key=True),
    Column("annotator_id", BigId, ForeignKey("annotator.id"), primary_key=True),
    Column("day", Integer, primary_key=True),
    Column("answers", Integer, nullable=False),
    # those that were given for the first time, without corrections
    Column("firsts", Integer, nullable=False),
    # how many say how long they took, and how long in all
    Column("timed", Integer, nullable=False),
    Column("active_ms", BigInteger, nullable=False),
    Column("last_at", Micros, nullable=False),
)

work_day_mark = Table(
    "work_day_mark",
    metadata,
    Column("id", SmallInteger, primary_key=True),
    Column("last_id", BigInteger, nullable=False),
)
