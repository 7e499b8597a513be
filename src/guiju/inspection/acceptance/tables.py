"""The customer's acceptances; written by this slice alone."""

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
    text,
)

from guiju.storage import BigId, Micros, metadata

acceptance = Table(
    "acceptance",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("project_id", BigId, ForeignKey("project.id"), nullable=False),
    Column("number", Integer, nullable=False),
    # guiju.inspection.acceptance.AcceptanceState
    Column("state", String(12), nullable=False),
    # the customer's own sample: its size, and what it was drawn with
    Column("n", Integer, nullable=False),
    Column("seed", String(64), nullable=False),
    # how many items were offered, and the digest of all their answers
    Column("items", Integer, nullable=False),
    Column("content", String(64), nullable=False),
    # the rulebook's versions that they were given under: [{"version","digest","items"}]
    Column("versions", Text, nullable=False),
    # the newest resolution that the offer was read with
    Column("last_resolution", BigInteger, nullable=False),
    Column("opened_by", BigId, ForeignKey("account.id"), nullable=False),
    Column("opened_at", Micros, nullable=False),
    # what was signed, as JSON, and its digest: that of the journal's row `signed_event`
    Column("statement", Text, nullable=True),
    Column("digest", String(64), nullable=True),
    Column("signed_by", BigId, ForeignKey("account.id"), nullable=True),
    Column("signed_at", Micros, nullable=True),
    Column("signed_event", BigInteger, nullable=True),
    UniqueConstraint("project_id", "number"),
    # one acceptance is under way at a time
    Index(
        "uq_acceptance_judging",
        "project_id",
        unique=True,
        sqlite_where=text("state = 'judging'"),
        postgresql_where=text("state = 'judging'"),
    ),
)

acceptance_lot = Table(
    "acceptance_lot",
    metadata,
    Column("acceptance_id", BigId, ForeignKey("acceptance.id"), primary_key=True),
    Column("lot_id", BigId, ForeignKey("lot.id"), primary_key=True, index=True),
    # the decision of our own inspection that was offered
    Column("decided_event", BigInteger, nullable=False),
)

acceptance_place = Table(
    "acceptance_place",
    metadata,
    Column("acceptance_id", BigId, ForeignKey("acceptance.id"), primary_key=True),
    Column("place", Integer, primary_key=True),
    Column("item_id", BigId, ForeignKey("item.id"), nullable=False, index=True),
    Column("resolution_id", BigId, ForeignKey("resolution.id"), nullable=False),
    UniqueConstraint("acceptance_id", "item_id"),
)

acceptance_verdict = Table(
    "acceptance_verdict",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("acceptance_id", BigId, ForeignKey("acceptance.id"), nullable=False),
    Column("item_id", BigId, ForeignKey("item.id"), nullable=False),
    Column("resolution_id", BigId, ForeignKey("resolution.id"), nullable=False),
    Column("given_by", BigId, ForeignKey("account.id"), nullable=False),
    # 1, 2, …; the highest holds, none is ever overwritten
    Column("revision", SmallInteger, nullable=False),
    # pass | defect
    Column("outcome", String(8), nullable=False),
    Column("defect_type", String(24), nullable=True),
    Column("severity", String(8), nullable=True),
    Column("clause", String(24), nullable=True),
    Column("note", Text, nullable=True),
    Column("at", Micros, nullable=False),
    UniqueConstraint("acceptance_id", "item_id", "revision"),
)

# What went back, item by item; a lot that went back whole has no rows.
acceptance_return = Table(
    "acceptance_return",
    metadata,
    Column("acceptance_id", BigId, ForeignKey("acceptance.id"), primary_key=True),
    Column("item_id", BigId, ForeignKey("item.id"), primary_key=True),
    Column("lot_id", BigId, ForeignKey("lot.id"), nullable=False, index=True),
)

acceptance_condition = Table(
    "acceptance_condition",
    metadata,
    Column("acceptance_id", BigId, ForeignKey("acceptance.id"), primary_key=True),
    # 1, 2, … in the acceptance
    Column("number", SmallInteger, primary_key=True),
    Column("text", Text, nullable=False),
    # a day, YYYY-MM-DD
    Column("due", String(10), nullable=False),
    Column("evidence", Text, nullable=True),
    Column("met_by", BigId, ForeignKey("account.id"), nullable=True),
    Column("met_at", Micros, nullable=True),
)
