"""Where everything is kept: one home folder with a database, content-addressed blobs, a journal and a job table.

`open_house(home)` gives the `House` that every action takes. Writing is `house.write(fn)`: on SQLite one writer thread
puts the transactions that wait at that moment into one durable commit; on PostgreSQL the same call is one pooled
transaction. A write is answered only after it is durable. Slices own their tables; this room owns the journal, the
receipts that make a repeated request harmless, and the jobs.
"""

from guiju.storage.actor import Actor
from guiju.storage.blobs import BlobMissing, Blobs
from guiju.storage.engine import Database, Tx
from guiju.storage.full import StorageFull
from guiju.storage.fulltext import WordIndex
from guiju.storage.house import House, open_house, opened_house
from guiju.storage.jobs import (
    Job,
    JobCancelled,
    JobNotFound,
    JobRun,
    JobState,
    ask_for_job,
    cancel_job,
    find_job,
    find_live_job,
    list_jobs,
    work_jobs,
)
from guiju.storage.journal import Event, JournalRow, Subscriber, find_event, last_event, pump, recent_events
from guiju.storage.prepared import Prepared
from guiju.storage.tables import BigId, Micros, metadata

__all__ = [
    "Actor",
    "BigId",
    "BlobMissing",
    "Blobs",
    "Database",
    "Event",
    "House",
    "Job",
    "JobCancelled",
    "JobNotFound",
    "JobRun",
    "JobState",
    "JournalRow",
    "Micros",
    "Prepared",
    "StorageFull",
    "Subscriber",
    "Tx",
    "WordIndex",
    "ask_for_job",
    "cancel_job",
    "find_event",
    "find_job",
    "find_live_job",
    "last_event",
    "list_jobs",
    "metadata",
    "open_house",
    "opened_house",
    "pump",
    "recent_events",
    "work_jobs",
]
