"""How much is mixed in for somebody, and when they are stopped: from intervals, never from a bare share. Pure."""

from guiju.kit import N_
from guiju.stats.intervals import wilson
from guiju.work.gold.errors import BadGoldShare, BadLine
from guiju.work.gold.model import GoldWish, Rate, Record, Verdict

# The latest answers of which the answer is known are what somebody is judged by.
WINDOW = 40
# Fewer stop nobody.
LEAST = 8
# For whoever surely errs so many times as much is mixed in; never more than this share of their items.
STEEP = 3.0
MOST = 0.3
LOW_SHARE, HIGH_SHARE = 0.01, 0.2
LOW_LINE, HIGH_LINE = 0.3, 0.99

# Who was stopped comes back by practice after so many different known answers, of the latest at most so many.
LEAST_PRACTISED, MOST_PRACTISED = 10, 20

NEW = N_("nothing is known yet, so more is mixed in")
GOOD = N_("surely no more errors than are tolerated: the usual share")
UNSURE = N_("not sure yet: more is mixed in, the more of the interval lies beyond what is tolerated")
BAD = N_("surely more errors than are tolerated: the most is mixed in")


def check_wish(wish: GoldWish) -> GoldWish:
    """Raises `BadGoldShare`, `BadLine`."""
    if not LOW_SHARE <= wish.base <= HIGH_SHARE:
        raise BadGoldShare(share=f"{wish.base:.0%}", low=f"{LOW_SHARE:.0%}", high=f"{HIGH_SHARE:.0%}")
    if not LOW_LINE <= wish.line <= HIGH_LINE:
        raise BadLine(line=f"{wish.line:.0%}", low=f"{LOW_LINE:.0%}", high=f"{HIGH_LINE:.0%}")
    return wish


def decide_rate(wish: GoldWish, record: Record) -> Rate:
    """The share of known answers among somebody's next items.

    It is `base` times 1 to 4: the more of the 95% interval of their share of errors lies beyond what is tolerated
    (1 - `line`), the more. So it rises with errors, and falls back to the base once they are surely few.
    """
    errors = wilson(max(0.0, record.n - record.right), record.n)
    tolerated = 1 - wish.line
    beyond = min(1.0, max(0.0, (errors.high - tolerated) / (errors.high - errors.low)))
    share = min(MOST, wish.base * (1 + STEEP * beyond))
    why = NEW if record.n == 0 else GOOD if beyond == 0 else BAD if beyond == 1 else UNSURE
    return Rate(share, why, {"low": errors.low, "high": errors.high})


def decide_stop(wish: GoldWish, record: Record) -> Verdict:
    """Whether somebody is stopped: from `LEAST` answers on, when the upper end of the 95% interval of their share of
    right answers lies below the line.
    """
    right = wilson(min(record.right, record.n), record.n)
    return Verdict(wish.stops and record.n >= LEAST and right.high < wish.line, right.low, right.high)


def decide_back(line: float, practised: Record) -> bool:
    """Whether practice since the stop lets somebody back in: of ten different known answers at least, as large a share
    right as the round asks for. A bare share here, since so few cannot put an interval's lower end there: who comes
    back too soon is stopped again by what is mixed in.
    """
    return practised.n >= LEAST_PRACTISED and practised.right >= line * practised.n
