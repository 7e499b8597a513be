"""Every slice's job handlers."""

from guiju.storage.jobs import Handler

HANDLERS: dict[str, Handler] = {}
