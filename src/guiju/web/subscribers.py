"""Who acts on the journal."""

from guiju.storage import Subscriber

SUBSCRIBERS: list[Subscriber] = []
