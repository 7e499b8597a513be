"""Sources, items and what was not taken in; written by this slice alone."""

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint

from guiju.storage import BigId, Micros, metadata

source = Table(
    "source",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("project_id", BigId, ForeignKey("project.id"), nullable=False, index=True),
    Column("name", String(200), nullable=False),
    # staging: its items are not seen yet | landed | dropped: taken back, cancelled or failed
    Column("state", String(12), nullable=False),
    Column("owner", String(120), nullable=True),
    Column("licence", String(120), nullable=True),
    # customer | general
    Column("rights", String(12), nullable=False),
    # the day the data was collected, as somebody said: 2026-11-22
    Column("collected_on", String(10), nullable=True),
    # guiju.data.intake.model.Columns as JSON: how its files became records
    Column("mapping", Text, nullable=True),
    # the fingerprint of the columns it was read from: sources of one kind share it
    Column("family", String(64), nullable=True),
    # what it was read from, with sizes and hashes: guiju.data.intake.model.ReadFrom as JSON
    Column("read_from", Text, nullable=True),
    Column("job_id", BigId, nullable=True),
    Column("created_by", BigId, ForeignKey("account.id"), nullable=False),
    Column("created_at", Micros, nullable=False),
    Column("landed_at", Micros, nullable=True),
    # what the import found, frozen when it landed: records = taken + duplicates + refused
    Column("records", Integer, nullable=True),
    Column("taken", Integer, nullable=True),
    Column("duplicates", Integer, nullable=True),
    Column("refused", Integer, nullable=True),
)

item = Table(
    "item",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("project_id", BigId, ForeignKey("project.id"), nullable=False),
    Column("source_id", BigId, ForeignKey("source.id"), nullable=False),
    # SHA-256 of the content: of the text's UTF-8, or of the file's bytes
    Column("hash", String(64), nullable=False),
    # guiju.data.Media
    Column("media", String(12), nullable=False),
    # what its source calls it (file name, row's id); shown, and used to match others' annotations
    Column("name", String(300), nullable=False),
    # a text of up to 8,000 characters is kept here, anything longer or not text in the blob named by its hash
    Column("body", Text, nullable=True),
    Column("media_type", String(40), nullable=True),
    # bytes; for images pixels after the EXIF orientation
    Column("size", BigInteger, nullable=False),
    Column("width", Integer, nullable=True),
    Column("height", Integer, nullable=True),
    # how many turns or answers; milliseconds of a sound
    Column("parts", Integer, nullable=True),
    Column("duration", Integer, nullable=True),
    # who speaks in a dialogue, turn for turn: a JSON array of the names and of each turn's place among them
    Column("speakers", Text, nullable=True),
    # the record's other columns, as a JSON object
    Column("meta", Text, nullable=True),
    # hash first: the same index says which blobs are still referred to from anywhere
    UniqueConstraint("hash", "project_id"),
    Index(None, "source_id", "id"),
    # media and source stand at the end, so that a filtered list is found without touching the rows it does not show
    Index("ix_item_by_id", "project_id", "id", "media", "source_id"),
    Index("ix_item_by_name", "project_id", "name", "id", "media", "source_id"),
)

# How the columns of a kind of table were read last time, by the fingerprint of their names.
mapping = Table(
    "mapping",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("project_id", BigId, ForeignKey("project.id"), nullable=False),
    Column("family", String(64), nullable=False),
    # guiju.data.intake.model.Columns as JSON
    Column("columns", Text, nullable=False),
    Column("by", BigId, ForeignKey("account.id"), nullable=False),
    Column("at", Micros, nullable=False),
    UniqueConstraint("project_id", "family"),
)

# A record that came again under its name with other content: the item that it was, and the one that it became.
succession = Table(
    "succession",
    metadata,
    Column("source_id", BigId, ForeignKey("source.id"), primary_key=True),
    Column("old_item_id", BigId, ForeignKey("item.id", ondelete="CASCADE"), primary_key=True),
    Column("name", String(300), nullable=False),
    Column("old_hash", String(64), nullable=False),
    Column("new_hash", String(64), nullable=False),
    Index(None, "old_item_id"),
)

# One row for every record that was not taken: a duplicate, or refused with the named reason.
leftover = Table(
    "leftover",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("source_id", BigId, ForeignKey("source.id"), nullable=False),
    # 1-based: the line, row or file in its order
    Column("position", BigInteger, nullable=False),
    Column("name", String(300), nullable=False),
    # duplicate, or the refusal's code
    Column("code", String(60), nullable=False),
    Column("details", Text, nullable=False),
    Index(None, "source_id", "id"),
)

# Items that are not given out any more. One row for each cause: what one undoes, another may still hold.
aside = Table(
    "aside",
    metadata,
    Column("item_id", BigId, ForeignKey("item.id", ondelete="CASCADE"), primary_key=True),
    # what asked, such as `recipe-run:12`
    Column("cause", String(60), primary_key=True),
    Column("project_id", BigId, ForeignKey("project.id"), nullable=False),
    # guiju.data.asides.AsideReason
    Column("reason", String(12), nullable=False),
    Column("by", BigId, ForeignKey("account.id"), nullable=True),
    Column("at", Micros, nullable=False),
    Index(None, "project_id", "cause", "item_id"),
)
