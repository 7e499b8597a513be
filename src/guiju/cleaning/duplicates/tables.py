"""Groups of near-duplicates, their members, and the runs that found them."""

from sqlalchemy import BigInteger, Column, Float, ForeignKey, Index, Integer, SmallInteger, String, Table

from guiju.storage import BigId, Micros, metadata

near_run = Table(
    "near_run",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("project_id", BigId, ForeignKey("project.id"), nullable=False, index=True),
    Column("at_least", Float, nullable=False),
    Column("items", Integer, nullable=False),
    Column("groups", Integer, nullable=False),
    Column("at", Micros, nullable=False),
)

near_group = Table(
    "near_group",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("project_id", BigId, ForeignKey("project.id"), nullable=False),
    Column("media", String(12), nullable=False),
    # how like the member is that is least like the others
    Column("least", Float, nullable=False),
    # 1: nobody has decided, or something came since
    Column("open", SmallInteger, nullable=False),
    # guiju.cleaning.duplicates.model.Keep, while it is decided
    Column("act", String(12), nullable=True),
    Column("kept", BigInteger, nullable=True),
    Column("by", BigId, ForeignKey("account.id"), nullable=True),
    Column("at", Micros, nullable=True),
    # the job that decided it together with others
    Column("job_id", BigId, nullable=True),
    Index(None, "project_id", "open", "id"),
    Index(None, "project_id", "job_id", "id"),
)

near_member = Table(
    "near_member",
    metadata,
    Column("item_id", BigId, ForeignKey("item.id", ondelete="CASCADE"), primary_key=True),
    Column("group_id", BigId, ForeignKey("near_group.id"), nullable=False),
    Column("project_id", BigId, ForeignKey("project.id"), nullable=False),
    # to the member that brought it in; 1 for the first
    Column("likeness", Float, nullable=False),
    # how much the item counts, where a decision says so
    Column("weight", Float, nullable=False),
    # 1: it came after the decision
    Column("is_new", SmallInteger, nullable=False),
    Index(None, "group_id", "item_id"),
    Index(None, "project_id", "item_id"),
)
