"""Alerts that somebody quieted; written by this slice alone."""

from sqlalchemy import Column, ForeignKey, Index, String, Table, Text

from guiju.storage import BigId, Micros, metadata

alert_quiet = Table(
    "alert_quiet",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("project_id", BigId, ForeignKey("project.id"), nullable=False),
    # guiju.planning.alerts.model.Alert.key
    Column("key", String(40), nullable=False),
    Column("reason", Text, nullable=False),
    Column("quieted_by", BigId, ForeignKey("account.id"), nullable=False),
    Column("at", Micros, nullable=False),
    Column("until", Micros, nullable=False),
    # when somebody let it speak again before its time
    Column("ended_at", Micros, nullable=True),
    Index(None, "project_id", "until"),
)
