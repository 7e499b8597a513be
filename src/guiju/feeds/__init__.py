"""Data that is not uploaded: feeds draw it from connections that an administrator named and granted to the project.

A feed is a query of a database, or the files below a folder of an object store or of the server. A look stages what is
new to the server's own disk and imports it as a source, like any file; files are brought once, and again when they
changed. `ask_for_due` asks for the looks that are due, at every beat of the server's pulse.
"""

from guiju.feeds.actions import LOOK, ask_for_due, create_feed, list_feeds, map_feed
from guiju.feeds.connections.actions import add_connection, grant_connection
from guiju.feeds.connections.model import ConnectionKind
from guiju.feeds.model import Asked
from guiju.feeds.running import run_look

JOBS = {LOOK: run_look}

__all__ = [
    "JOBS",
    "LOOK",
    "Asked",
    "ConnectionKind",
    "add_connection",
    "ask_for_due",
    "create_feed",
    "grant_connection",
    "list_feeds",
    "map_feed",
    "run_look",
]
