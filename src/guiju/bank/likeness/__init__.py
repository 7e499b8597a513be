"""What is like what in the bank: the vectors of deposits in files beside the database, and the jobs that keep them.

The database has the last word: a number that the files give is only a deposit while its row stands, may be seen, and
has the content that the vector was made of. `making` brings NumPy and is imported where something is compared.
"""

from guiju.bank.likeness.actions import (
    COMPACT,
    INDEX,
    JOBS,
    SUBSCRIBERS,
    ask_to_index,
    choose_way,
    keep_picture,
    point_of,
    read_likeness,
)
from guiju.bank.likeness.errors import NotCompared, PictureForgotten, PictureUnreadable, WouldGoOut
from guiju.bank.likeness.model import Likeness, Nearest

__all__ = [
    "COMPACT",
    "INDEX",
    "JOBS",
    "SUBSCRIBERS",
    "Likeness",
    "Nearest",
    "NotCompared",
    "PictureForgotten",
    "PictureUnreadable",
    "WouldGoOut",
    "ask_to_index",
    "choose_way",
    "keep_picture",
    "point_of",
    "read_likeness",
]
