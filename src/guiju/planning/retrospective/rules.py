"""Why it was not as planned, and what is compared. Pure."""

from collections.abc import Mapping
from math import log, sqrt

from guiju.planning.retrospective.errors import UnknownSection, WordsMissing, WorkStillOpen
from guiju.planning.retrospective.model import Reason, Section
from guiju.stats.intervals import wilson

MOST_WORDS = 10_000
LEAST_PART = 1e-9


def check_over(rounds: int, lots: int, *, is_interim: bool) -> None:
    """Raises `WorkStillOpen` where rounds or lots are not over and nobody said that it is an interim one."""
    if (rounds or lots) and not is_interim:
        raise WorkStillOpen(rounds=rounds, lots=lots)


def check_words(words: Mapping[str, str]) -> dict[str, str]:
    """The words by section, tidied. Raises `UnknownSection`."""
    known = {section.value for section in Section}
    for section in words:
        if section not in known:
            raise UnknownSection(section=section[:40], known=", ".join(sorted(known)))
    return {section: text.strip()[:MOST_WORDS] for section, text in words.items() if text.strip()}


def check_finish(words: Mapping[str, str]) -> None:
    """Raises `WordsMissing`."""
    if not any(words.values()):
        raise WordsMissing


def shares(of: str, planned: Mapping[str, float], actual: Mapping[str, float]) -> list[Reason]:
    """The difference of two products, attributed to their factors without a rest.

    Each factor's part is L(A, P) · ln(a/p), with the logarithmic mean L(A, P) = (A - P) / ln(A/P): the additive
    logarithmic mean Divisia index (B. W. Ang, Energy Policy 33, 2005, doi:10.1016/j.enpol.2003.10.010). Nothing where a
    factor is not positive.

    >>> [(one.why, round(one.amount, 2)) for one in shares("hours", {"a": 2, "b": 5}, {"a": 4, "b": 5})]
    [('a', 10.0)]
    """
    if any(not value > 0 for value in (*planned.values(), *actual.values())):
        return []
    whole, was = 1.0, 1.0
    for name in planned:
        whole, was = whole * planned[name], was * actual[name]
    mean = whole if abs(was - whole) < LEAST_PART * whole else (was - whole) / log(was / whole)
    parts = [Reason(of, name, mean * log(actual[name] / planned[name])) for name in planned]
    return [one for one in parts if abs(one.amount) > LEAST_PART * whole]


def share_difference(before: tuple[int, int], after: tuple[int, int]) -> tuple[float, float, float] | None:
    """How much more (or less, negative) of what was judged is a defect now, with its 95% interval.

    Newcombe's method 10 from Wilson intervals: R. G. Newcombe, Statistics in Medicine 17, 1998, 873–890. `None` where
    nothing was judged on one side.
    """
    (x, n), (y, m) = before, after
    if not n or not m:
        return None
    p, q, was, now = x / n, y / m, wilson(x, n), wilson(y, m)
    difference = q - p
    low = difference - sqrt((q - now.low) ** 2 + (was.high - p) ** 2)
    high = difference + sqrt((now.high - q) ** 2 + (p - was.low) ** 2)
    return difference, low, high
