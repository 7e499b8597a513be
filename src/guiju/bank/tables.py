"""Deposits of accepted resolutions and what was drawn from them; written by this slice alone.

The words of a deposit lie in `deposit_words`, an index that each database makes in its own way.
"""

from sqlalchemy import Boolean, Column, Float, ForeignKey, Index, Integer, String, Table, Text

from guiju.storage import BigId, Micros, WordIndex, metadata

# What a project's requester allowed in the customer's name: that others' projects use what this one leaves in the bank.
bank_consent = Table(
    "bank_consent",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("project_id", BigId, ForeignKey("project.id"), nullable=False, index=True),
    Column("customer", String(120), nullable=False),
    # what the data may be used for, and the words agreed to, as the requester wrote them
    Column("purpose", String(300), nullable=False),
    Column("words", Text, nullable=False),
    # the paper that says so: a contract's number and clause
    Column("document", String(200), nullable=False),
    # the signed paper itself, as a blob, and what its file was called
    Column("paper", String(64), nullable=True),
    Column("paper_name", String(200), nullable=True),
    # whether they looked through what no pattern can read, pictures and recordings, for people
    Column("looked_through", Boolean, nullable=False),
    # the last moment at which it holds; empty: until it is withdrawn
    Column("until", Micros, nullable=True),
    Column("given_by", BigId, ForeignKey("account.id"), nullable=False),
    Column("given_at", Micros, nullable=False),
    Column("ended_by", BigId, ForeignKey("account.id"), nullable=True),
    Column("ended_at", Micros, nullable=True),
)

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
    # what search and draws are narrowed by: the brief's trade, the scene's name, the item's language and medium
    Column("trade", String(40), nullable=False),
    Column("scene", String(120), nullable=False),
    Column("language", String(12), nullable=False),
    Column("media", String(12), nullable=False),
    # kinds of answers and clauses cited, comma-separated
    Column("kinds", String(120), nullable=False),
    Column("clauses", String(200), nullable=False),
    # guiju.bank.grades: A to D by the lot's inspection
    Column("grade", String(1), nullable=False),
    # a digest of the answers: equal where they are
    Column("said", String(32), nullable=False),
    # why it is left for its customer though the project leaves its data to all: guiju.bank.model.Held
    Column("held", String(16), nullable=True),
    # what was found that holds it, such as `mobile:2`
    Column("found", String(200), nullable=True),
    # the consent under which it is general, and until when that holds
    Column("consent_id", BigId, ForeignKey("bank_consent.id"), nullable=True, index=True),
    Column("until", Micros, nullable=True),
    # the deposit that stands for it: the same content again. No foreign key: it may be a younger one, and a
    # backup is read row by row
    Column("same_as", BigId, nullable=True, index=True),
    # the first deposit of the same or nearly the same content, its own id where there is none; no foreign key, as above
    Column("cluster", BigId, nullable=True, index=True),
    # how like it is to that content, where it is not the same
    Column("likeness", Float, nullable=True),
    # a draw leaves its answer out. open: it stands against another's and nobody ruled | aside: it was ruled out
    Column("doubt", String(8), nullable=True),
    # an id never comes again: what is kept by it outside the database would be somebody else's
    sqlite_autoincrement=True,
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

# A draw of many: a job fills a source that nobody sees, and lets it be seen as a whole.
bank_draw = Table(
    "bank_draw",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("project_id", BigId, ForeignKey("project.id"), nullable=False, index=True),
    # guiju.bank.drawing.Choice as JSON
    Column("chosen", Text, nullable=False),
    # drawing | done | failed: nothing of it was kept
    Column("state", String(8), nullable=False),
    Column("job_id", BigId, nullable=True),
    # what it fills: a source, and a round that holds the answers
    Column("source_id", BigId, ForeignKey("source.id"), nullable=True),
    Column("round_id", BigId, ForeignKey("round.id"), nullable=True),
    # under which the answers are settled
    Column("rulebook_id", BigId, ForeignKey("rulebook.id"), nullable=True),
    # guiju.bank.drawing.Drawn as JSON, once it is done
    Column("result", Text, nullable=True),
    Column("asked_by", BigId, ForeignKey("account.id"), nullable=False),
    Column("asked_at", Micros, nullable=False),
)

# What such a draw chose when it began, and what became of each; emptied when it is over.
bank_draw_pick = Table(
    "bank_draw_pick",
    metadata,
    Column("draw_id", BigId, ForeignKey("bank_draw.id"), primary_key=True),
    # no foreign key: a deposit may be withdrawn meanwhile, and is then left out
    Column("deposit_id", BigId, primary_key=True),
    # the item that it became, where it came anew, and its answer there: guiju.bank.drawing.Fit
    Column("item_id", BigId, ForeignKey("item.id"), nullable=True, index=True),
    Column("fit", String(8), nullable=True),
    Column("answers", Text, nullable=True),
    # labels that a mapping could not carry, with lines between
    Column("lost", Text, nullable=True),
)

# What the labels of one rulebook are in another, as a trainer decided.
label_map = Table(
    "label_map",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("from_rulebook_id", BigId, ForeignKey("rulebook.id"), nullable=False),
    Column("to_rulebook_id", BigId, ForeignKey("rulebook.id"), nullable=False),
    # labels that have no counterpart, which the trainer named one by one, comma-separated
    Column("given_up", Text, nullable=False),
    Column("decided_by", BigId, ForeignKey("account.id"), nullable=False),
    Column("decided_at", Micros, nullable=False),
    # the newest decision of a pair holds; the earlier ones stay
    Column("holds", Boolean, nullable=False),
    Index(None, "from_rulebook_id", "to_rulebook_id"),
)

label_map_line = Table(
    "label_map_line",
    metadata,
    Column("map_id", BigId, ForeignKey("label_map.id"), primary_key=True),
    Column("field", String(64), primary_key=True),
    Column("label", String(64), primary_key=True),
    # becomes | none: it has no counterpart | recheck: it becomes `to_label`, and somebody should look
    Column("how", String(8), nullable=False),
    Column("to_field", String(64), nullable=True),
    Column("to_label", String(64), nullable=True),
    # the label's name in Chinese or English, in lower case: how the decision is found for another rulebook
    Column("name", String(120), nullable=False, index=True),
)

# Somebody took a consent back: what is to go, and what came of it.
withdrawal = Table(
    "withdrawal",
    metadata,
    Column("id", BigId, primary_key=True),
    # customer | project | item
    Column("scope", String(8), nullable=False),
    # general: what others got of it, their copies and draws | all: its own project's too
    Column("extent", String(8), nullable=False),
    # the customer's name; the project; or the item from which the others were found
    Column("customer", String(120), nullable=True),
    Column("project_id", BigId, ForeignKey("project.id"), nullable=True),
    Column("item_id", BigId, ForeignKey("item.id"), nullable=True),
    Column("reason", Text, nullable=False),
    # asked | finding | removing | done
    Column("state", String(8), nullable=False),
    Column("job_id", BigId, nullable=True),
    # guiju.bank.withdrawing.model.Removed as JSON, once it is done
    Column("report", Text, nullable=True),
    Column("asked_by", BigId, ForeignKey("account.id"), nullable=False),
    Column("asked_at", Micros, nullable=False),
    Column("done_at", Micros, nullable=True),
)

# Every item that a withdrawal removes, and how it was found.
withdrawal_item = Table(
    "withdrawal_item",
    metadata,
    Column("withdrawal_id", BigId, ForeignKey("withdrawal.id"), primary_key=True),
    Column("item_id", BigId, ForeignKey("item.id"), primary_key=True, index=True),
    Column("project_id", BigId, ForeignKey("project.id"), nullable=False),
    # origin | copy: the same content | draw: drawn from the bank | derived: made of another
    Column("how", String(8), nullable=False),
    # the content's hash, until it is removed
    Column("hash", String(64), nullable=False),
    Column("removed", Boolean, nullable=False),
)

# Packages that held any of it: they lie outside the house, with whom they were delivered to.
withdrawal_package = Table(
    "withdrawal_package",
    metadata,
    Column("withdrawal_id", BigId, ForeignKey("withdrawal.id"), primary_key=True),
    Column("delivery_id", BigId, ForeignKey("delivery.id"), primary_key=True),
    Column("items", Integer, nullable=False),
    # the package's own hash, by which a copy is known, and whether it was removed from the house
    Column("sha256", String(64), nullable=False),
    Column("removed", Boolean, nullable=False),
)


deposit_words = WordIndex("deposit_words", deposit, phrases=True)
