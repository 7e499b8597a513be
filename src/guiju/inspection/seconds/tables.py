"""Second looks at samples; written by this slice alone."""

from sqlalchemy import Column, ForeignKey, ForeignKeyConstraint, Index, SmallInteger, String, Table, Text

from guiju.storage import BigId, Micros, metadata

# The share in force from then on, in percent of each sample; the newest holds.
second_share = Table(
    "second_share",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("project_id", BigId, ForeignKey("project.id"), nullable=False, index=True),
    Column("percent", SmallInteger, nullable=False),
    Column("set_by", BigId, ForeignKey("account.id"), nullable=False),
    Column("at", Micros, nullable=False),
)

# Of each lot, what the places were drawn with that are looked at twice.
second_plan = Table(
    "second_plan",
    metadata,
    Column("lot_id", BigId, ForeignKey("lot.id"), primary_key=True),
    Column("percent", SmallInteger, nullable=False),
    Column("seed", String(64), nullable=False),
)

second_place = Table(
    "second_place",
    metadata,
    Column("lot_id", BigId, ForeignKey("second_plan.lot_id"), primary_key=True),
    Column("item_id", BigId, ForeignKey("item.id"), primary_key=True),
)

second_look = Table(
    "second_look",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("lot_id", BigId, nullable=False),
    Column("item_id", BigId, nullable=False),
    # the verdict that it stands beside, and what that said then
    Column("first_id", BigId, ForeignKey("verdict.id"), nullable=False),
    Column("inspector_id", BigId, ForeignKey("account.id"), nullable=False),
    Column("outcome", String(8), nullable=False),
    Column("defect_type", String(24), nullable=True),
    Column("severity", String(8), nullable=True),
    Column("clause", String(24), nullable=True),
    Column("note", Text, nullable=True),
    Column("correction", Text, nullable=True),
    Column("request_id", String(64), nullable=False, unique=True),
    Column("at", Micros, nullable=False),
    # pass | defect, as an expert ruled where the two differ
    Column("right", String(8), nullable=True),
    Column("ruling", Text, nullable=True),
    Column("ruled_by", BigId, ForeignKey("account.id"), nullable=True),
    Column("ruled_at", Micros, nullable=True),
    ForeignKeyConstraint(["lot_id", "item_id"], ["second_place.lot_id", "second_place.item_id"]),
    Index("uq_second_look_place", "lot_id", "item_id", unique=True),
)
