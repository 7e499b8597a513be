"""The pull queue: slots, drafts, and the decisions taken at a trial's gate; written by this slice alone."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    SmallInteger,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from guiju.storage import BigId, Micros, metadata

# A slot is one answer wanted: an item, in a round, from somebody.
slot = Table(
    "slot",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("round_id", BigId, ForeignKey("round.id"), nullable=False),
    Column("item_id", BigId, ForeignKey("item.id"), nullable=False),
    # the order in which slots are handed out
    Column("ordinal", BigInteger, nullable=False),
    # 0: for anybody; n > 0: for annotator n; -n: for a member of team n
    Column("reserved", BigInteger, nullable=False),
    # 0 open, 1 leased, 2 done, 3 sealed: in a lot
    Column("state", SmallInteger, nullable=False),
    Column("annotator_id", BigId, ForeignKey("annotator.id"), nullable=True),
    Column("lease", String(32), nullable=True),
    # when it was handed out, which no draft changes: nobody worked longer on it than since then
    Column("leased_at", Micros, nullable=True),
    Column("lease_until", Micros, nullable=True),
    # why it came back, for rework
    Column("note", Text, nullable=True),
    # what an inspector found, as guiju.work.model.Found in JSON
    Column("found", Text, nullable=True),
    # the part of the round that it lies in: guiju.work.queue; 0: the round has no parts
    Column("batch_id", BigInteger, nullable=False, server_default=text("0")),
    # the annotation that is suggested with it, settled when the round is filled. No foreign key: taking back a draft
    # round's annotations would walk all slots for each of them, and nothing points there
    Column("suggestion_id", BigId, nullable=True),
    UniqueConstraint("round_id", "item_id", "annotator_id"),
    # what is taken into a lot is sealed by its items
    Index(None, "item_id"),
    Index(
        "ix_slot_open",
        "round_id",
        "reserved",
        "batch_id",
        "ordinal",
        sqlite_where=text("state = 0"),
        postgresql_where=text("state = 0"),
    ),
    Index("ix_slot_leased", "lease_until", sqlite_where=text("state = 1"), postgresql_where=text("state = 1")),
    Index("ix_slot_mine", "annotator_id", "round_id", "state"),
    Index("ix_slot_progress", "round_id", "state", "batch_id", "annotator_id"),
)

draft = Table(
    "draft",
    metadata,
    Column("slot_id", BigId, ForeignKey("slot.id"), primary_key=True),
    Column("annotator_id", BigId, ForeignKey("annotator.id"), primary_key=True),
    Column("answers", Text, nullable=False),
    Column("at", Micros, nullable=False),
)

# A gate passed, or overridden with a signed reason: the delivery report carries it.
gate_decision = Table(
    "gate_decision",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("project_id", BigId, ForeignKey("project.id"), nullable=False, index=True),
    Column("round_id", BigId, ForeignKey("round.id"), nullable=False, unique=True),
    Column("measure", String(24), nullable=False),
    Column("figure", Float, nullable=False),
    Column("at_least", Float, nullable=False),
    Column("passed", Boolean, nullable=False),
    Column("reason", Text, nullable=True),
    Column("decided_by", BigId, ForeignKey("account.id"), nullable=False),
    Column("at", Micros, nullable=False),
)
