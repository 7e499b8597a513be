"""Lots, their samples and verdicts; written by this slice alone."""

from sqlalchemy import (
    BigInteger,
    Column,
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

lot = Table(
    "lot",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("project_id", BigId, ForeignKey("project.id"), nullable=False),
    Column("number", Integer, nullable=False),
    # inspecting | accepted | rejected (its rework is open or done)
    Column("state", String(12), nullable=False),
    # the round whose resolutions it was drawn from; empty for those of the whole project
    Column("round_id", BigId, ForeignKey("round.id"), nullable=True),
    # whose work alone it holds; empty for everybody's
    Column("annotator_id", BigId, ForeignKey("annotator.id"), nullable=True),
    # the source or the day (2026-11-22) whose work alone it holds
    Column("source_id", BigId, ForeignKey("source.id"), nullable=True),
    Column("day", String(10), nullable=True),
    # guiju.inspection.plans.LotPlan as JSON
    Column("plan", Text, nullable=False),
    # what the sample was drawn with: SHA-256 of the bytes committed before and of the lot's contents; anybody can draw
    # it again
    Column("seed", String(64), nullable=False),
    # SHA-256 of the lot's entries as they were drawn: guiju.inspection.proof
    Column("contents", String(64), nullable=False),
    # guiju.inspection.strata.Strata as JSON, where the sample was drawn group by group
    Column("strata", Text, nullable=True),
    # the journal's row of the draw
    Column("drawn_event", BigInteger, nullable=True),
    # a rejected lot that was reworked comes again as a new lot
    Column("resubmits", BigId, ForeignKey("lot.id"), nullable=True, unique=True),
    # why it was decided so: {"sentence","details"}
    Column("reason", Text, nullable=True),
    # the rework of a rejected lot, and what goes back: all | defects
    Column("rework_round", BigId, ForeignKey("round.id"), nullable=True),
    Column("rework_scope", String(8), nullable=True),
    Column("created_by", BigId, ForeignKey("account.id"), nullable=False),
    Column("created_at", Micros, nullable=False),
    Column("decided_by", BigId, ForeignKey("account.id"), nullable=True),
    Column("decided_at", Micros, nullable=True),
    # the journal's row of the decision: a package frozen at an earlier row does not hold the lot
    Column("decided_event", BigInteger, nullable=True),
    UniqueConstraint("project_id", "number"),
)

lot_entry = Table(
    "lot_entry",
    metadata,
    Column("lot_id", BigId, ForeignKey("lot.id"), primary_key=True),
    Column("item_id", BigId, ForeignKey("item.id"), primary_key=True, index=True),
    Column("resolution_id", BigId, ForeignKey("resolution.id"), nullable=False),
    # the place in the sample, 1…n; empty for what was not drawn
    Column("drawn", Integer, nullable=True),
    # its group, 1…, in a lot that was drawn group by group
    Column("stratum", SmallInteger, nullable=True),
)
Index(
    "ix_lot_entry_drawn",
    lot_entry.c.lot_id,
    lot_entry.c.drawn,
    sqlite_where=lot_entry.c.drawn.is_not(None),
    postgresql_where=lot_entry.c.drawn.is_not(None),
)

# What a large lot holds and is not yet written as entries: lines `item,resolution,stratum` as digested. A page
# goes when its entries are there: guiju.inspection.unfolding
lot_page = Table(
    "lot_page",
    metadata,
    Column("lot_id", BigId, ForeignKey("lot.id"), primary_key=True),
    Column("first_item", BigInteger, primary_key=True),
    Column("last_item", BigInteger, nullable=False),
    Column("project_id", BigId, ForeignKey("project.id"), nullable=False),
    Column("lines", Text, nullable=False),
    Index(None, "project_id", "first_item"),
)

verdict = Table(
    "verdict",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("lot_id", BigId, ForeignKey("lot.id"), nullable=False),
    Column("item_id", BigId, ForeignKey("item.id"), nullable=False),
    Column("resolution_id", BigId, ForeignKey("resolution.id"), nullable=False),
    Column("inspector_id", BigId, ForeignKey("account.id"), nullable=False),
    # 1, 2, …; the highest holds, none is ever overwritten
    Column("revision", SmallInteger, nullable=False),
    # pass | defect
    Column("outcome", String(8), nullable=False),
    Column("defect_type", String(24), nullable=True),
    # critical | major | minor
    Column("severity", String(8), nullable=True),
    Column("clause", String(24), nullable=True),
    Column("note", Text, nullable=True),
    # what the inspector would have answered, {field: answer}
    Column("correction", Text, nullable=True),
    Column("request_id", String(64), nullable=False, unique=True),
    Column("at", Micros, nullable=False),
    UniqueConstraint("lot_id", "item_id", "revision"),
)
