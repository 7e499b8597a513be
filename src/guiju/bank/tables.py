"""Deposits of accepted resolutions and what was drawn from them; written by this slice alone."""

from sqlalchemy import (BigInteger, Boolean, Column, Float, ForeignKey, Index, Integer, SmallInteger, String, Table, Text, UniqueConstraint, text)

from guiju.storage import BigId, Micros, metadata

deposit = Table(
    "deposit",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("project_id", ForeignKey("project.id"), nullable=False, index=True),
    Column("lot_id", ForeignKey("lot.id"), nullable=False),
    Column("item_id", ForeignKey("item.id"), nullable=False, unique=True),
    Column("resolution_id", ForeignKey("resolution.id"), nullable=False),
    Column("rulebook_id", ForeignKey("rulebook.id"), nullable=False),
    # customer: only for projects of this customer | general: for everybody
    Column("rights", String(12), nullable=False),
    Column("customer", String(120), nullable=False),
    Column("hash", String(64), nullable=False, index=True),
    Column("at", Micros, nullable=False),
)

deposit_label = Table(
    "deposit_label",
    metadata,
    Column("label", String(60), primary_key=True),
    Column("deposit_id", ForeignKey("deposit.id"), primary_key=True, index=True),
)

draw = Table(
    "draw",
    metadata,
    Column("deposit_id", ForeignKey("deposit.id"), primary_key=True),
    Column("project_id", ForeignKey("project.id"), primary_key=True),
    # the item it became in the project that drew it
    Column("item_id", ForeignKey("item.id"), nullable=False),
    Column("drawn_by", ForeignKey("account.id"), nullable=False),
    Column("at", Micros, nullable=False),
)
