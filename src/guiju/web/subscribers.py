"""Who acts on the journal."""

from guiju.rulings import SUBSCRIBERS as RULINGS
from guiju.storage import Subscriber

SUBSCRIBERS: list[Subscriber] = [*RULINGS]
