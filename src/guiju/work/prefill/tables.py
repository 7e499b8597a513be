"""What became of suggestions; written by this slice alone."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, SmallInteger, String, Table, text

from guiju.storage import BigId, metadata

# One row for each answer that was given with a suggestion in view, compared on the server from both answers.
suggested = Table(
    "suggested",
    metadata,
    Column("annotation_id", BigId, ForeignKey("annotation.id"), primary_key=True),
    Column("round_id", BigId, ForeignKey("round.id"), nullable=False),
    Column("annotator_id", BigId, ForeignKey("annotator.id"), nullable=False),
    Column("slot_id", BigId, ForeignKey("slot.id"), nullable=False),
    # the annotation that was suggested
    Column("suggestion_id", BigId, nullable=False),
    # guiju.work.prefill.Outcome
    Column("outcome", String(9), nullable=False),
    # parts of the suggestion that stayed, were changed, were taken away, came new, and were never shown: the annotator
    # had set their threshold above them
    Column("kept", SmallInteger, nullable=False),
    Column("changed", SmallInteger, nullable=False),
    Column("removed", SmallInteger, nullable=False),
    Column("added", SmallInteger, nullable=False),
    Column("hidden", SmallInteger, nullable=False),
    # a correction of one's own answer counts in place of the answer before it
    Column("holds", Boolean, nullable=False),
    Index(
        "ix_suggested_holds",
        "round_id",
        "outcome",
        "annotator_id",
        sqlite_where=text("holds = 1"),
        postgresql_where=text("holds"),
    ),
    Index(None, "slot_id"),
)

# The same by label: of an added part its own label, of every other the label that was suggested.
suggested_label = Table(
    "suggested_label",
    metadata,
    Column("annotation_id", BigId, ForeignKey("suggested.annotation_id"), primary_key=True),
    Column("label", String(60), primary_key=True),
    Column("round_id", BigId, ForeignKey("round.id"), nullable=False),
    Column("kept", SmallInteger, nullable=False),
    Column("changed", SmallInteger, nullable=False),
    Column("removed", SmallInteger, nullable=False),
    Column("added", SmallInteger, nullable=False),
    Index(None, "round_id", "label"),
)
