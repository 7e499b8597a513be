"""Annotators, rounds, annotations, resolutions; written by this slice alone."""

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
    text,
)

from guiju.storage import BigId, Micros, metadata

annotator = Table(
    "annotator",
    metadata,
    Column("id", BigId, primary_key=True),
    # person | model | product | import (somebody known only by name from an imported file)
    Column("kind", String(8), nullable=False),
    Column("account_id", BigId, ForeignKey("account.id"), nullable=True, unique=True),
    Column("project_id", BigId, ForeignKey("project.id"), nullable=True),
    Column("name", String(120), nullable=False),
    UniqueConstraint("project_id", "name"),
)

round_ = Table(
    "round",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("project_id", BigId, ForeignKey("project.id"), nullable=False),
    # guiju.annotations.RoundKind
    Column("kind", String(12), nullable=False),
    # 1, 2, … among the project's rounds of this kind
    Column("number", Integer, nullable=False),
    Column("rulebook_id", BigId, ForeignKey("rulebook.id"), nullable=False),
    # draft (being filled) | open | paused | closed
    Column("state", String(8), nullable=False),
    # how many annotators answer an item at most, and every item at least
    Column("overlap", Integer, nullable=False),
    Column("least", Integer, nullable=False),
    # whether consensus asks for further answers where it is unsure
    Column("asks", Boolean, nullable=False, default=False),
    # the gate it must pass, {"measure","at_least","rule"} as JSON, from the brief that was signed
    Column("gate", Text, nullable=True),
    # the lot that sent it back, for rework
    Column("lot_id", BigId, nullable=True),
    # where its suggestions come from: a round, one annotator, or one annotator's answers of a round; neither: blind
    Column("suggest_round_id", BigId, ForeignKey("round.id"), nullable=True),
    Column("suggest_annotator_id", BigId, ForeignKey("annotator.id"), nullable=True),
    # whether what holds for an item is shown with it, for a recheck; else it is looked at as if for the first time
    Column("shows_record", Boolean, nullable=False, default=False),
    # whether it gives items only to who holds a certificate for its rulebook
    Column("certified", Boolean, nullable=False, default=False),
    # when it stops taking answers by itself, for a timed exam
    Column("until", Micros, nullable=True),
    Column("created_by", BigId, ForeignKey("account.id"), nullable=False),
    Column("created_at", Micros, nullable=False),
    Column("closed_at", Micros, nullable=True),
    UniqueConstraint("project_id", "kind", "number"),
)

annotation = Table(
    "annotation",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("project_id", BigId, ForeignKey("project.id"), nullable=False),
    Column("round_id", BigId, ForeignKey("round.id"), nullable=False),
    Column("item_id", BigId, ForeignKey("item.id"), nullable=False, index=True),
    Column("annotator_id", BigId, ForeignKey("annotator.id"), nullable=False),
    Column("rulebook_id", BigId, ForeignKey("rulebook.id"), nullable=False),
    # 1, 2, …; the highest holds, none is ever overwritten
    Column("revision", SmallInteger, nullable=False),
    Column("answers", Text, nullable=False),
    # clauses cited, comma-separated
    Column("clauses", String(200), nullable=True),
    # made by the client: sent twice, stored once
    Column("request_id", String(64), nullable=True, unique=True),
    Column("active_ms", Integer, nullable=True),
    # what was claimed, where it cannot be: more than lay between lease and answer
    Column("active_claim_ms", Integer, nullable=True),
    # how sure the annotator was, in [0, 1]: of the whole, and of parts as {"field": {"id of the part": score}}
    Column("confidence", Float, nullable=True),
    Column("scores", Text, nullable=True),
    Column("at", Micros, nullable=False),
    UniqueConstraint("round_id", "item_id", "annotator_id", "revision"),
    Index(None, "round_id", "annotator_id", "id"),
)

resolution = Table(
    "resolution",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("project_id", BigId, ForeignKey("project.id"), nullable=False),
    Column("item_id", BigId, ForeignKey("item.id"), nullable=False),
    Column("rulebook_id", BigId, ForeignKey("rulebook.id"), nullable=False),
    Column("round_id", BigId, ForeignKey("round.id"), nullable=False),
    # annotation | consensus | ruling
    Column("origin", String(10), nullable=False),
    Column("annotation_id", BigId, ForeignKey("annotation.id"), nullable=True),
    # whose work it is, when it is one annotator's
    Column("annotator_id", BigId, ForeignKey("annotator.id"), nullable=True),
    Column("answers", Text, nullable=False),
    Column("confidence", Float, nullable=True),
    # the resolution that it says in other labels: what was found of that one, a verdict or an acceptance, holds for it
    Column("restates", BigId, ForeignKey("resolution.id"), nullable=True),
    # one resolution of an item holds; the earlier ones stay
    Column("holds", Boolean, nullable=False),
    Column("at", Micros, nullable=False),
    # in the words in which a condition on the column is written there: SQLite matches no others
    Index(
        "uq_resolution_item_holds",
        "item_id",
        unique=True,
        sqlite_where=text("holds = 1"),
        postgresql_where=text("holds"),
    ),
    Index(None, "project_id", "holds", "item_id"),
    Index(None, "round_id", "holds", "item_id"),
    Index(
        "ix_resolution_restates",
        "restates",
        sqlite_where=text("restates IS NOT NULL"),
        postgresql_where=text("restates IS NOT NULL"),
    ),
)
