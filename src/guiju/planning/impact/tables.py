"""The last measured impact of each project's draft; written by this slice alone."""

from sqlalchemy import Column, ForeignKey, Table, Text

from guiju.storage import BigId, Micros, metadata

impact = Table(
    "rulebook_impact",
    metadata,
    Column("project_id", BigId, ForeignKey("project.id"), primary_key=True),
    Column("job_id", BigId, nullable=False),
    # guiju.planning.impact.model.Impact as JSON; empty until the job is done
    Column("measured", Text, nullable=True),
    Column("at", Micros, nullable=False),
)
