"""Labels of the answers of record, and how far they were counted; written by this slice alone."""

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table

from guiju.storage import BigId, metadata

label_mark = Table(
    "label_mark",
    metadata,
    Column("project_id", BigId, ForeignKey("project.id"), primary_key=True),
    Column("field", String(60), primary_key=True),
    Column("label", String(60), primary_key=True),
    Column("item_id", BigId, ForeignKey("item.id", ondelete="CASCADE"), primary_key=True),
    # how often the answer uses it: a choice once, boxes as many as there are
    Column("n", Integer, nullable=False),
    Index(None, "item_id"),
    # the label wherever it stands: what a search asks for
    Index(None, "project_id", "label", "item_id"),
)

counted = Table(
    "label_mark_counted",
    metadata,
    Column("project_id", BigId, ForeignKey("project.id"), primary_key=True),
    # the last resolution that was read
    Column("upto", BigId, nullable=False),
    # the job that reads on, where one was asked for
    Column("job_id", BigId, nullable=True),
)
