"""Rate cards, statements and their lines, questions about them; written by this slice alone. Money is in millionths."""

from sqlalchemy import BigInteger, Column, ForeignKey, Integer, SmallInteger, String, Table, Text, UniqueConstraint

from guiju.storage import BigId, Micros, metadata

pay_card = Table(
    "pay_card",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("project_id", BigId, ForeignKey("project.id"), nullable=False),
    # 1, 2, …; none is ever changed
    Column("version", Integer, nullable=False),
    Column("currency", String(3), nullable=False),
    # holds for what is answered from here on, until the next card begins
    Column("valid_from", Micros, nullable=False),
    # what an hour of active time should come to at least; shown, and added to nothing
    Column("floor", BigInteger, nullable=True),
    # what of its rate a defective item is paid, and work of one's own done again, in percent
    Column("defect_percent", SmallInteger, nullable=False),
    Column("rework_percent", SmallInteger, nullable=False),
    Column("created_by", BigId, ForeignKey("account.id"), nullable=False),
    Column("created_at", Micros, nullable=False),
    UniqueConstraint("project_id", "version"),
)

pay_rate = Table(
    "pay_rate",
    metadata,
    Column("card_id", BigId, ForeignKey("pay_card.id"), primary_key=True),
    Column("place", SmallInteger, primary_key=True),
    # of a kind of rounds, or of one round alone, which goes before its kind's
    Column("kind", String(12), nullable=False),
    Column("round_id", BigId, ForeignKey("round.id"), nullable=True),
    # item | shape | hour
    Column("unit", String(8), nullable=False),
    Column("rate", BigInteger, nullable=False),
)

pay_period = Table(
    "pay_period",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("project_id", BigId, ForeignKey("project.id"), nullable=False),
    Column("number", Integer, nullable=False),
    # [from, to)
    Column("from_at", Micros, nullable=False),
    Column("to_at", Micros, nullable=False),
    Column("closed_by", BigId, ForeignKey("account.id"), nullable=False),
    Column("closed_at", Micros, nullable=False),
    UniqueConstraint("project_id", "number"),
)

pay_statement = Table(
    "pay_statement",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("project_id", BigId, ForeignKey("project.id"), nullable=False),
    Column("period_id", BigId, ForeignKey("pay_period.id"), nullable=False),
    # 1, 2, … in the project
    Column("number", Integer, nullable=False),
    Column("account_id", BigId, ForeignKey("account.id"), nullable=False, index=True),
    Column("currency", String(3), nullable=False),
    Column("total", BigInteger, nullable=False),
    Column("active_ms", BigInteger, nullable=False),
    # SHA-256 of what it says, line by line
    Column("digest", String(64), nullable=False),
    UniqueConstraint("project_id", "number"),
    UniqueConstraint("period_id", "account_id"),
)

pay_line = Table(
    "pay_line",
    metadata,
    Column("statement_id", BigId, ForeignKey("pay_statement.id"), primary_key=True),
    Column("place", Integer, primary_key=True),
    # work | rework | defect
    Column("kind", String(8), nullable=False),
    Column("card_id", BigId, ForeignKey("pay_card.id"), nullable=False),
    Column("round_id", BigId, ForeignKey("round.id"), nullable=False),
    Column("unit", String(8), nullable=False),
    # items, shapes, or milliseconds
    Column("quantity", BigInteger, nullable=False),
    Column("rate", BigInteger, nullable=False),
    Column("percent", SmallInteger, nullable=False),
    Column("amount", BigInteger, nullable=False),
    # the closed statement that it corrects
    Column("adjusts", BigId, ForeignKey("pay_statement.id"), nullable=True, index=True),
)

pay_question = Table(
    "pay_question",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("statement_id", BigId, ForeignKey("pay_statement.id"), nullable=False, index=True),
    Column("place", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("asked_at", Micros, nullable=False),
    Column("answer", Text, nullable=True),
    Column("answered_by", BigId, ForeignKey("account.id"), nullable=True),
    Column("answered_at", Micros, nullable=True),
)
