"""Deposits of accepted resolutions and what was drawn from them; written by this slice alone.

The words of a deposit lie in `deposit_words`, an index that each database makes in its own way.
"""

from sqlalchemy import Boolean, Column, ForeignKey, String, Table

from guiju.storage import BigId, Micros, WordIndex, metadata

deposit = Table(
    "deposit",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("project_id", BigId, ForeignKey("project.id"), nullable=False, index=True),
    # the project's name when it was deposited: where it comes from is said even when the project is gone
    Column("project_name", String(120), nullable=False),
    Column("lot_id", BigId, ForeignKey("lot.id"), nullable=False),
    Column("item_id", BigId, ForeignKey("item.id"), nullable=False, unique=True),
    Column("resolution_id", BigId, ForeignKey("resolution.id"), nullable=False),
    Column("rulebook_id", BigId, ForeignKey("rulebook.id"), nullable=False),
    # customer: only for projects of this customer | general: for everybody
    Column("rights", String(12), nullable=False),
    Column("customer", String(120), nullable=False),
    Column("hash", String(64), nullable=False, index=True),
    Column("at", Micros, nullable=False),
)

# A label is found by its id and by its names in both languages, in lower case.
deposit_label = Table(
    "deposit_label",
    metadata,
    Column("label", String(60), primary_key=True),
    Column("deposit_id", BigId, ForeignKey("deposit.id"), primary_key=True, index=True),
    # whether this is the id, or a name
    Column("is_id", Boolean, nullable=False),
)

draw = Table(
    "draw",
    metadata,
    Column("deposit_id", BigId, ForeignKey("deposit.id"), primary_key=True),
    Column("project_id", BigId, ForeignKey("project.id"), primary_key=True),
    # the item it became in the project that drew it
    Column("item_id", BigId, ForeignKey("item.id"), nullable=False),
    Column("drawn_by", BigId, ForeignKey("account.id"), nullable=False),
    Column("at", Micros, nullable=False),
)


deposit_words = WordIndex("deposit_words", deposit, phrases=True)
