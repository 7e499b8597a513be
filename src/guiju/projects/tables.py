"""Projects and who belongs to them; written by this slice alone."""

from sqlalchemy import Column, ForeignKey, Integer, String, Table

from guiju.storage import BigId, Micros, metadata

project = Table(
    "project",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("name", String(120), nullable=False),
    Column("customer", String(120), nullable=False),
    # active | paused | archived | deleted
    Column("state", String(12), nullable=False),
    # who may see what this project leaves in the bank: customer | general
    Column("rights", String(12), nullable=False),
    Column("cloned_from", BigId, ForeignKey("project.id"), nullable=True),
    Column("created_by", BigId, ForeignKey("account.id"), nullable=False),
    Column("created_at", Micros, nullable=False),
)

membership = Table(
    "membership",
    metadata,
    Column("project_id", BigId, ForeignKey("project.id"), primary_key=True),
    Column("account_id", BigId, ForeignKey("account.id"), primary_key=True, index=True),
    # bits of guiju.people.Role
    Column("roles", Integer, nullable=False),
)
