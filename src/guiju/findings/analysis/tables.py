"""The last analysis of each project; written by this slice alone."""

from sqlalchemy import Column, ForeignKey, Table, Text

from guiju.storage import BigId, Micros, metadata

label_analysis = Table(
    "label_analysis",
    metadata,
    Column("project_id", BigId, ForeignKey("project.id"), primary_key=True),
    # the job that was asked for last
    Column("job_id", BigId, nullable=True),
    # guiju.findings.analysis.Analysis as JSON, and when it was made
    Column("document", Text, nullable=True),
    Column("made_at", Micros, nullable=True),
)
