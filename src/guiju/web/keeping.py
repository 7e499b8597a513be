"""What keeping the house needs to know of the slices: which rows name blobs, and what is made anew after a restore."""

from sqlalchemy import select

from guiju.bank import consent_table, refill_words
from guiju.collecting import contribution_table
from guiju.data import item_table
from guiju.delivery import delivery_table
from guiju.findings.search import refill_words as refill_item_words
from guiju.storage.checking import BlobReference
from guiju.storage.restore import Rebuild
from guiju.web import routes

REFERENCES = [
    BlobReference("item", select(item_table.c.hash).where(item_table.c.body.is_(None))),
    BlobReference("contribution", select(contribution_table.c.hash).where(contribution_table.c.state.in_((1, 2)))),
    BlobReference("delivery", select(delivery_table.c.blob)),
    BlobReference("delivery", select(delivery_table.c.ledger)),
    BlobReference("bank_consent", select(consent_table.c.paper)),
]
# Indexes of words that are kept beside the tables.
REBUILD: list[Rebuild] = [refill_words, refill_item_words]

# With the routes every slice is here, and with it every table: a backup must not lack one.
EVERY_SLICE = routes

__all__ = ["EVERY_SLICE", "REBUILD", "REFERENCES"]
