"""Packages handed over; written by this slice alone."""

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Integer, String, Table, Text, UniqueConstraint

from guiju.storage import BigId, Micros, metadata

delivery = Table(
    "delivery",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("project_id", BigId, ForeignKey("project.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("format", String(24), nullable=False),
    # accepted: what accepted lots hold | all: everything resolved, marked so
    Column("include", String(12), nullable=False),
    Column("with_media", Boolean, nullable=False),
    # building | ready | failed | withdrawn: the package was removed, what it held was taken back
    Column("state", String(12), nullable=False),
    Column("rulebook_id", BigId, ForeignKey("rulebook.id"), nullable=False),
    # the journal's last row when it was frozen: what came later is not in it
    Column("as_of", BigId, nullable=False),
    Column("job_id", BigId, nullable=True),
    # the package, a zip, as a blob; equal states give equal blobs
    Column("blob", String(64), nullable=True),
    Column("items", Integer, nullable=True),
    Column("size", BigInteger, nullable=True),
    # guiju.delivery.model.Terms and Summary as JSON; the summary is there once it is built
    Column("terms", Text, nullable=False),
    Column("summary", Text, nullable=True),
    # which item with which resolution in which part, as a blob: what the next delivery is compared with
    Column("ledger", String(64), nullable=True),
    Column("created_by", BigId, ForeignKey("account.id"), nullable=False),
    Column("created_at", Micros, nullable=False),
    UniqueConstraint("project_id", "number"),
)
