"""Picked items, and what was done about them; written by this slice alone."""

from sqlalchemy import BigInteger, Column, ForeignKey, String, Table, Text, UniqueConstraint

from guiju.storage import BigId, Micros, metadata

pick = Table(
    "pick",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("project_id", BigId, ForeignKey("project.id"), nullable=False),
    Column("of", String(12), nullable=False),
    # what fills the reason's places, as JSON
    Column("details", Text, nullable=False),
    # a JSON array: an item that is taken back stays named here, and is passed over
    Column("items", Text, nullable=False),
    # of all that: the same items of the same finding are one pick
    Column("digest", String(64), nullable=False),
    Column("created_by", BigId, ForeignKey("account.id"), nullable=False),
    Column("created_at", Micros, nullable=False),
    UniqueConstraint("project_id", "digest"),
)

pick_deed = Table(
    "pick_deed",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("pick_id", BigId, ForeignKey("pick.id"), nullable=False, index=True),
    # guiju.findings.picks.model.Deed
    Column("deed", String(12), nullable=False),
    # the round or the question; a clause or an example has its name in `said`
    Column("subject", BigInteger, nullable=True),
    Column("said", String(80), nullable=False),
    Column("by", BigId, ForeignKey("account.id"), nullable=False),
    Column("at", Micros, nullable=False),
)
