"""What people decided about streams of lots; written by this slice alone."""

from sqlalchemy import BigInteger, Column, ForeignKey, Index, String, Table, Text

from guiju.storage import BigId, Micros, metadata

stream_act = Table(
    "stream_act",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("project_id", BigId, ForeignKey("project.id"), nullable=False),
    # whose lots; empty for those drawn from everybody's work
    Column("annotator_id", BigId, ForeignKey("annotator.id"), nullable=True),
    # or the lots of one source
    Column("source_id", BigId, ForeignKey("source.id"), nullable=True),
    # resume | reduce | keep-normal
    Column("act", String(16), nullable=False),
    Column("reason", Text, nullable=False),
    # the journal's row: acts and lots are one order
    Column("event", BigInteger, nullable=False),
    Column("by", BigId, ForeignKey("account.id"), nullable=False),
    Column("at", Micros, nullable=False),
)
Index("ix_stream_act_project", stream_act.c.project_id, stream_act.c.annotator_id)
