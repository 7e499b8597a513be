"""Labels renamed, merged or split over the answers of record; written by this slice alone."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, String, Table, Text

from guiju.storage import BigId, Micros, metadata

relabelling = Table(
    "relabelling",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("project_id", BigId, ForeignKey("project.id"), nullable=False),
    # guiju.planning.relabelling.model.Kind
    Column("act", String(8), nullable=False),
    # guiju.planning.relabelling.model.State
    Column("state", String(10), nullable=False),
    # guiju.planning.relabelling.model.Asked as JSON
    Column("asked", Text, nullable=False),
    # what reading the answers found, and what came of the act: Found and Came as JSON
    Column("found", Text, nullable=True),
    Column("came_of", Text, nullable=True),
    # the version that was in force when it was read, and the one that the act published
    Column("before_id", BigId, ForeignKey("rulebook.id"), nullable=False),
    Column("after_id", BigId, ForeignKey("rulebook.id"), nullable=True),
    Column("undoes", BigId, ForeignKey("relabelling.id"), nullable=True),
    # the last resolution that was read
    Column("read_upto", BigId, nullable=False),
    Column("job_id", BigId, nullable=True),
    Column("created_by", BigId, ForeignKey("account.id"), nullable=False),
    Column("created_at", Micros, nullable=False),
    Column("acted_by", BigId, ForeignKey("account.id"), nullable=True),
    Column("acted_at", Micros, nullable=True),
    Index(None, "project_id", "id"),
)

# What the act writes in the place of each resolution that it concerns; nobody reads it until the act turns it on.
change = Table(
    "relabelling_change",
    metadata,
    Column("relabelling_id", BigId, ForeignKey("relabelling.id"), primary_key=True),
    Column("resolution_id", BigId, ForeignKey("resolution.id"), primary_key=True),
    Column("item_id", BigId, ForeignKey("item.id"), nullable=False),
    # the answers in the new labels; empty where the item keeps its answer until somebody looks at it
    Column("answers", Text, nullable=False),
    # the version of the answers; empty: the one that the act publishes
    Column("rulebook_id", BigId, ForeignKey("rulebook.id"), nullable=True),
    # as in `resolution`
    Column("restates", BigId, ForeignKey("resolution.id"), nullable=True),
    # whether it is to hold, or only restates what a lot holds of an item that was answered otherwise since
    Column("held", Boolean, nullable=False),
    # whether the recheck should look at it first
    Column("eyes", Boolean, nullable=False),
)
