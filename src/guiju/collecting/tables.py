"""Consents, contributions and what became of them; written by this slice alone."""

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    LargeBinary,
    SmallInteger,
    String,
    Table,
    Text,
    text,
)

from guiju.storage import BigId, Micros, metadata

# Who agreed to what, when, until when. The words themselves are kept: what was agreed to must be readable later.
consent = Table(
    "consent",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("project_id", BigId, ForeignKey("project.id"), nullable=False),
    Column("annotator_id", BigId, ForeignKey("annotator.id"), nullable=False),
    Column("version", String(40), nullable=False),
    # guiju.kinds.Consent.hash
    Column("hash", String(64), nullable=False),
    # guiju.kinds.Consent as JSON
    Column("body", Text, nullable=False),
    # the language in which it was read
    Column("locale", String(16), nullable=False),
    Column("agreed_at", Micros, nullable=False),
    Column("withdrawn_at", Micros, nullable=True),
    Index(
        "uq_consent_holds",
        "annotator_id",
        "project_id",
        "hash",
        unique=True,
        sqlite_where=text("withdrawn_at IS NULL"),
        postgresql_where=text("withdrawn_at IS NULL"),
    ),
)

# One upload: kept until an answer uses it, refused, swept away when no answer came, or withdrawn by its giver.
contribution = Table(
    "contribution",
    metadata,
    Column("id", BigId, primary_key=True),
    # made by the client: sent twice, kept once
    Column("token", String(64), nullable=False, unique=True),
    Column("project_id", BigId, ForeignKey("project.id"), nullable=False),
    Column("round_id", BigId, ForeignKey("round.id"), nullable=False),
    Column("item_id", BigId, ForeignKey("item.id"), nullable=False),
    Column("annotator_id", BigId, ForeignKey("annotator.id"), nullable=False),
    Column("consent_id", BigId, ForeignKey("consent.id"), nullable=False),
    Column("annotation_id", BigId, ForeignKey("annotation.id"), nullable=True),
    Column("field", String(64), nullable=False),
    # sound | picture | text
    Column("mode", String(8), nullable=False),
    # guiju.collecting.model.State
    Column("state", SmallInteger, nullable=False),
    # SHA-256 of the content; it stays when the content is gone, so that it is known if it comes again
    Column("hash", String(64), nullable=True),
    # guiju.kinds.Given as JSON, as far as it is known
    Column("given", Text, nullable=True),
    # what likeness is told by: 16-bit words of a sound or a picture
    Column("signature", LargeBinary, nullable=True),
    # why it was refused: codes, comma-separated
    Column("problems", String(300), nullable=True),
    Column("at", Micros, nullable=False),
    Index(None, "project_id", "id"),
    Index(None, "consent_id"),
    Index(None, "hash"),
    Index("ix_contribution_waiting", "at", sqlite_where=text("state < 2"), postgresql_where=text("state < 2")),
)

# What shares a mark is compared: a row for each word of a signature, or each band of a text's MinHash.
contribution_mark = Table(
    "contribution_mark",
    metadata,
    Column("project_id", BigId, ForeignKey("project.id"), primary_key=True),
    Column("mark", BigInteger, primary_key=True, autoincrement=False),
    Column("contribution_id", BigId, ForeignKey("contribution.id"), primary_key=True),
    Index(None, "contribution_id"),
)

# The item that a contribution became, in its own project or another; with the item goes the row.
harvested = Table(
    "harvested",
    metadata,
    Column("contribution_id", BigId, ForeignKey("contribution.id"), primary_key=True),
    Column("project_id", BigId, ForeignKey("project.id"), primary_key=True),
    Column("source_id", BigId, ForeignKey("source.id"), nullable=False),
    Column("item_id", BigId, ForeignKey("item.id", ondelete="CASCADE"), nullable=False),
    Column("at", Micros, nullable=False),
    Index(None, "item_id"),
    Index(None, "source_id"),
)
