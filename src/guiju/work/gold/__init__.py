"""Items whose right answer is known, mixed unseen into production; who is stopped by them, and how they come back.

What is mixed in is answered through the production round and kept in a round of its own of kind `gold`: nothing that
reads production resolves it, seals it, delivers it or banks it. Nobody can tell it by number, order or look.
"""

from guiju.work.gold.actions import admit, change_gold, open_gold, read_gold
from guiju.work.gold.errors import WorkStopped
from guiju.work.gold.mixing import check_going_on, find_gold
from guiju.work.gold.model import Gold, GoldLine, GoldWish
from guiju.work.gold.rules import decide_rate, decide_stop
from guiju.work.gold.veiling import given_to

__all__ = [
    "Gold",
    "GoldLine",
    "GoldWish",
    "WorkStopped",
    "admit",
    "change_gold",
    "check_going_on",
    "decide_rate",
    "decide_stop",
    "find_gold",
    "given_to",
    "open_gold",
    "read_gold",
]
