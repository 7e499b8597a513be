"""Sources and items: import of pictures and texts, what was not taken and why, the items themselves and their files.

A source's items are seen only when it has landed, so nothing is ever half-imported. Slices above read items through
`find_items`, `find_items_by_name`, `item_ids` and `count_items`; `item_table` and `source_table` are for joins in
reads. An item set aside (`set_aside`) stays and is seen, but no new round gives it out. The bank fills a source of
another project with `open_source`, `insert_drawn_items` and `land_source`.
"""

from guiju.data.actions import (
    insert_drawn_items,
    land_source,
    list_project_sources,
    open_source,
    read_text,
)
from guiju.data.asides import AsideReason, bring_back, bring_items_back, count_asides, is_aside, set_aside
from guiju.data.errors import ItemNotFound, SourceInUse, SourceNotFound
from guiju.data.intake.actions import CLEAR, IMPORT, Started, cancel_import, run_clear, start_import, take_back_source
from guiju.data.intake.comparisons import Comparison, Reply, read_comparison
from guiju.data.intake.model import Columns, Origin
from guiju.data.listening import AHEAD, LISTEN, prepare_voices, run_ahead, run_listening
from guiju.data.model import (
    Counts,
    Item,
    ItemFilter,
    Leftover,
    Media,
    Rights,
    Source,
    SourceState,
    is_tiled,
    shape_of_item,
)
from guiju.data.store import count_items, find_items, find_items_by_name, find_source, item_ids, list_sources
from guiju.data.tables import aside as aside_table
from guiju.data.tables import item as item_table
from guiju.data.tables import source as source_table
from guiju.data.taking import run_import

JOBS = {IMPORT: run_import, CLEAR: run_clear, LISTEN: run_listening, AHEAD: run_ahead}

__all__ = [
    "JOBS",
    "AsideReason",
    "Columns",
    "Comparison",
    "Counts",
    "Item",
    "ItemFilter",
    "ItemNotFound",
    "Leftover",
    "Media",
    "Origin",
    "Reply",
    "Rights",
    "Source",
    "SourceInUse",
    "SourceNotFound",
    "SourceState",
    "Started",
    "aside_table",
    "bring_back",
    "bring_items_back",
    "cancel_import",
    "count_asides",
    "count_items",
    "find_items",
    "find_items_by_name",
    "find_source",
    "insert_drawn_items",
    "is_aside",
    "is_tiled",
    "item_ids",
    "item_table",
    "land_source",
    "list_project_sources",
    "list_sources",
    "open_source",
    "prepare_voices",
    "read_comparison",
    "read_text",
    "run_ahead",
    "run_clear",
    "run_import",
    "run_listening",
    "set_aside",
    "shape_of_item",
    "source_table",
    "start_import",
    "take_back_source",
]
