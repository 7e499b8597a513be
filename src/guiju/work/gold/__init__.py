"""Items whose right answer is known, mixed unseen into production; who is stopped by them, and how they come back.

What is mixed in is answered through the production round and kept in a round of its own of kind `gold`: nothing that
reads production resolves it, seals it, delivers it or banks it. Nobody can tell it by number, order or look.
"""

from guiju.work.gold.actions import Halted, admit, change_gold, open_gold, read_gold, who_is_stopped
from guiju.work.gold.errors import WorkStopped
from guiju.work.gold.met import add_met
from guiju.work.gold.mixing import check_going_on, come_back, find_gold
from guiju.work.gold.model import Gold, GoldLine, GoldWish, Record, Returns, Stop
from guiju.work.gold.rules import MOST_PRACTISED, decide_back, decide_rate, decide_stop
from guiju.work.gold.store import stopped_in
from guiju.work.gold.veiling import given_to, hides_counts, kept_from

__all__ = [
    "MOST_PRACTISED",
    "Gold",
    "GoldLine",
    "GoldWish",
    "Halted",
    "Record",
    "Returns",
    "Stop",
    "WorkStopped",
    "add_met",
    "admit",
    "change_gold",
    "check_going_on",
    "come_back",
    "decide_back",
    "decide_rate",
    "decide_stop",
    "find_gold",
    "given_to",
    "hides_counts",
    "kept_from",
    "open_gold",
    "read_gold",
    "stopped_in",
    "who_is_stopped",
]
