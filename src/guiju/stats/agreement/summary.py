"""Agreement of answers that lie in many places: a small summary of each part, which add up.

Formula: items are dealt out to parts whole, so patterns of label counts, sums by annotator and tables of two annotators
of the whole are the sums of those of the parts.
Assumes: every answer to an item is in the same part. Parts may name items, annotators and labels as they like, as long
as the same name means the same; items are only counted.
Source: the same figures as from one table (`guiju.stats.agreement.report`), equal to rounding.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce

from guiju.stats.agreement.annotators import People
from guiju.stats.agreement.errors import NothingToMerge
from guiju.stats.agreement.pairs import Crossings
from guiju.stats.agreement.patterns import Patterns
from guiju.stats.columns import Columns

PAIRED = 100
"""Annotators up to whom a summary counts every pair: 4,950 tables of two."""
_PARTS = 64


@dataclass(frozen=True, slots=True)
class Summary:
    """All that the figures of agreement need of one part of the items.

    Kilobytes for few labels; with labels or numbers nearly all different it is as large as the answers themselves.
    `crossings` is `None` where pairs of annotators were not counted.
    """

    patterns: Patterns
    people: People
    crossings: Crossings | None

    @property
    def items(self) -> int:
        """Items with at least one answer."""
        return self.patterns.items

    @property
    def answers(self) -> int:
        return self.patterns.answers

    def merge(self, other: "Summary") -> "Summary":
        """The summary of both parts together."""
        return merged((self, other))


def summarise(columns: Columns, *, pairs: bool | None = None) -> Summary:
    """The summary of one part; `pairs` of annotators are counted if asked for, by default up to 100 annotators.

    >>> from guiju.stats.columns import encode
    >>> part = summarise(encode([1, 1, 2, 2], ["a", "b"] * 2, ["x", "x", "x", "y"]))
    >>> part.items, part.answers, part.merge(part).items
    (2, 4, 4)
    """
    counted = len(columns.annotators) <= PAIRED and Crossings.countable(columns) if pairs is None else pairs
    return Summary(Patterns.of(columns), People.of(columns), Crossings.of(columns) if counted else None)


def merged(summaries: Iterable[Summary]) -> Summary:
    """The summary of all parts, in whatever order they come; some are held at a time. Raises `NothingToMerge`.

    Pairs of annotators are dropped where one part did not count them.

    >>> from guiju.stats.columns import encode
    >>> parts = [summarise(encode([i, i], ["a", "b"], ["x", label])) for i, label in enumerate("xyz")]
    >>> whole = merged(parts)
    >>> whole.items, whole.patterns.labels
    (3, ('x', 'y', 'z'))
    """
    held: list[Summary] = []
    for summary in summaries:
        held.append(summary)
        held = [_joined(held)] if len(held) == _PARTS else held
    if not held:
        raise NothingToMerge
    return _joined(held)


def _joined(parts: list[Summary]) -> Summary:
    if len(parts) == 1:
        return parts[0]
    crossings = reduce(_known, (part.crossings for part in parts), list[Crossings]())
    return Summary(
        Patterns.merged([part.patterns for part in parts]),
        People.merged([part.people for part in parts]),
        None if crossings is None else Crossings.merged(crossings),
    )


def _known(found: list[Crossings] | None, one: Crossings | None) -> list[Crossings] | None:
    return None if found is None or one is None else [*found, one]
