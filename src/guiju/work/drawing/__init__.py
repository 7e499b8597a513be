"""A trial's items: advice on how many, strata, a draw that is looked at first and that anybody can repeat.

The draw is on record with its seed. What an earlier trial drew is left out, or is chosen on purpose: then both trials
are compared item by item.
"""

from guiju.work.drawing.actions import draw_again, open_trial, preview_draw, read_draw
from guiju.work.drawing.advising import advise_trial, know_of_trials
from guiju.work.drawing.model import Advice, By, Draw, Earlier, Share, Wish
from guiju.work.drawing.rules import MOST_ITEMS, share_out
from guiju.work.drawing.store import read_undrawn

__all__ = [
    "MOST_ITEMS",
    "Advice",
    "By",
    "Draw",
    "Earlier",
    "Share",
    "Wish",
    "advise_trial",
    "draw_again",
    "know_of_trials",
    "open_trial",
    "preview_draw",
    "read_draw",
    "read_undrawn",
    "share_out",
]
