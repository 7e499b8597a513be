"""Lots, their samples and verdicts; written by this slice alone."""

from sqlalchemy import (BigInteger, Boolean, Column, Float, ForeignKey, Index, Integer, SmallInteger, String, Table, Text, UniqueConstraint, text)

from guiju.storage import BigId, Micros, metadata

lot = Table(
    "lot",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("project_id", ForeignKey("project.id"), nullable=False),
    Column("number", Integer, nullable=False),
    # inspecting | accepted | rejected (its rework is open or done)
    Column("state", String(12), nullable=False),
    # the plan as it was read from the brief's figures: {"letter","n","accept","reject","severity","level","aql","lot_size"}
    Column("plan", Text, nullable=False),
    # what the sample was drawn with; anybody can draw it again
    Column("seed", String(64), nullable=False),
    # a rejected lot that was reworked comes again as a new lot
    Column("resubmits", ForeignKey("lot.id"), nullable=True),
    Column("reason", Text, nullable=True),
    Column("created_by", ForeignKey("account.id"), nullable=False),
    Column("created_at", Micros, nullable=False),
    Column("decided_by", ForeignKey("account.id"), nullable=True),
    Column("decided_at", Micros, nullable=True),
    UniqueConstraint("project_id", "number"),
)

lot_entry = Table(
    "lot_entry",
    metadata,
    Column("lot_id", ForeignKey("lot.id"), primary_key=True),
    Column("item_id", ForeignKey("item.id"), primary_key=True, index=True),
    Column("resolution_id", ForeignKey("resolution.id"), nullable=False),
    # the place in the sample, 1…n; empty for what was not drawn
    Column("drawn", Integer, nullable=True),
)

verdict = Table(
    "verdict",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("lot_id", ForeignKey("lot.id"), nullable=False),
    Column("item_id", ForeignKey("item.id"), nullable=False),
    Column("resolution_id", ForeignKey("resolution.id"), nullable=False),
    Column("inspector_id", ForeignKey("account.id"), nullable=False),
    Column("revision", SmallInteger, nullable=False),
    # pass | defect
    Column("outcome", String(8), nullable=False),
    Column("defect_type", String(24), nullable=True),
    # critical | major | minor
    Column("severity", String(8), nullable=True),
    Column("clause", String(24), nullable=True),
    Column("note", Text, nullable=True),
    Column("request_id", String(64), nullable=False, unique=True),
    Column("at", Micros, nullable=False),
    UniqueConstraint("lot_id", "item_id", "revision"),
)
