"""What does not exist yet and people give: recordings, photographs, texts to a prompt, each with a consent on record.

The prompt is an item and what a person gives is an answer of the kind `contribution`, so rounds, queue, lots,
inspection, rework and pay are those of any other work. This room keeps what an answer only names: the uploads with
their measures, who agreed to what, and what became items later. A contribution is measured on the server as soon as it
comes (`receive`), and an answer's measures are written anew from here at every submit (`settle`).
"""

from guiju.collecting.actions import mark_used, receive, settle
from guiju.collecting.model import Place, Received
from guiju.collecting.store import Harvestable, find_harvestable, find_landing, keep_harvested
from guiju.collecting.tables import contribution as contribution_table

__all__ = [
    "Harvestable",
    "Place",
    "Received",
    "contribution_table",
    "find_harvestable",
    "find_landing",
    "keep_harvested",
    "mark_used",
    "receive",
    "settle",
]
