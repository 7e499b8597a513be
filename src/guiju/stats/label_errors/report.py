"""Labels that are probably wrong, the most suspect first, each with its reason.

Formula: the items of `filters.suspects`, by rising `ranking.label_quality`; of equal quality the earlier row first.
Assumes: what `confident_joint` assumes: probabilities of a model that did not learn from the item's own label.
Source: Northcutt, Jiang & Chuang 2021, doi:10.1613/jair.1.12125.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from guiju.kit import N_, Sentence
from guiju.stats.columns import Codes, Floats
from guiju.stats.label_errors.confident import ConfidentJoint, count_confident
from guiju.stats.label_errors.errors import UnevenLabels, UnknownChoice
from guiju.stats.label_errors.filters import WAYS, By, suspect_rows
from guiju.stats.label_errors.probabilities import Checked, checked
from guiju.stats.label_errors.ranking import SCORES, Score, quality

_REASON = N_("Labelled “{given}”, which the model gives {own}; it gives “{suggested}” {other}.")
_REASON_WEAK = N_("Labelled “{given}”, which the model gives only {own}, though no other class is more probable.")
_MEANING = N_("{found} of {n} labels ({share}) should be looked at again, beginning with the first of the list.")


@dataclass(frozen=True, slots=True)
class LabelIssue:
    """One suspect label: its row, the label as given, what the model would say, and why it is listed."""

    row: int
    item: Hashable
    given: str
    suggested: str | None
    quality: float
    reason: Sentence

    def to_dict(self) -> dict[str, object]:
        return {
            "row": self.row,
            "item": str(self.item),
            "given": self.given,
            "suggested": self.suggested,
            "quality": self.quality,
            "reason": str(self.reason),
        }


@dataclass(frozen=True, slots=True, eq=False)
class LabelErrors:
    """`rows` are the suspects, the worst first, with their `quality`, and the model's favourite beside each."""

    joint: ConfidentJoint
    by: By
    rows: Codes
    quality: Floats
    given: Codes
    favourite: Codes
    own: Floats
    best: Floats
    names: tuple[str, ...]
    items: Sequence[Hashable] | None = None

    def __len__(self) -> int:
        return len(self.rows)

    def issues(self, limit: int | None = None) -> tuple[LabelIssue, ...]:
        """The first `limit` suspects in full."""
        return tuple(self._issue(place) for place in range(len(self.rows[:limit])))

    def _issue(self, place: int) -> LabelIssue:
        row, given = int(self.rows[place]), self.names[int(self.given[place])]
        favourite = self.names[int(self.favourite[place])]
        suggested = None if favourite == given else favourite
        places = {"given": given, "own": _plain(self.own[place])}
        other = {"suggested": suggested, "other": _plain(self.best[place])}
        reason = Sentence(_REASON_WEAK, places) if suggested is None else Sentence(_REASON, {**places, **other})
        item = row if self.items is None else self.items[row]
        return LabelIssue(row, item, given, suggested, float(self.quality[place]), reason)

    def to_dict(self, limit: int | None = None) -> dict[str, object]:
        issues = [issue.to_dict() for issue in self.issues(limit)]
        return {"n": self.joint.n, "found": len(self), "by": self.by, "joint": self.joint.to_dict(), "issues": issues}

    @property
    def meaning(self) -> tuple[Sentence, ...]:
        share = f"{100 * len(self) / self.joint.n:.1f}%"
        places = {"found": len(self), "n": self.joint.n, "share": share}
        return (Sentence(_MEANING, places), *self.joint.told(self.names))


def find_label_errors(
    labels: Sequence[int] | NDArray[Any],
    probabilities: ArrayLike,
    by: By = "prune-by-noise-rate",
    *,
    rank: Score = "self-confidence",
    names: Sequence[str] | None = None,
    items: Sequence[Hashable] | None = None,
) -> LabelErrors:
    """The suspect labels of n items, ranked, from labels (column numbers) and an n x K table of probabilities.

    `names` are the classes', `items` the items' own; without them they go by number. Time grows with n K, memory
    beyond the arguments with n. Raises `UnknownChoice`, `UnevenLabels`, and what `confident_joint` raises.

    >>> p = [[0.9, 0.1], [0.8, 0.2], [0.7, 0.3], [0.2, 0.8], [0.1, 0.9], [0.3, 0.7], [0.4, 0.6], [0.85, 0.15]]
    >>> found = find_label_errors([0, 0, 0, 0, 1, 1, 1, 1], p, names=["cat", "dog"])
    >>> for issue in found.issues():
    ...     print(issue.row, issue.reason)
    7 Labelled “dog”, which the model gives .150; it gives “cat” .850.
    3 Labelled “cat”, which the model gives .200; it gives “dog” .800.
    """
    for value, known, what in ((by, WAYS, N_("find label errors")), (rank, SCORES, N_("rank labels"))):
        if value not in known:
            raise UnknownChoice(value=value, what=what, known=", ".join(known))
    data = checked(labels, probabilities)
    known_as = tuple(names) if names is not None else tuple(map(str, range(data.classes)))
    _demand_even(data, known_as, items)
    confident = count_confident(data)
    rows = np.flatnonzero(suspect_rows(data, confident, by))
    some = Checked(data.labels[rows], data.probabilities[rows])
    score = quality(some, rank)
    order = np.argsort(score, kind="stable")
    shown = Checked(some.labels[order], some.probabilities[order])
    return LabelErrors(
        joint=confident.joint,
        by=by,
        rows=rows[order],
        quality=score[order],
        given=shown.labels,
        favourite=shown.probabilities.argmax(axis=1),
        own=quality(shown, "self-confidence"),
        best=shown.probabilities.max(axis=1),
        names=known_as,
        items=items,
    )


def _demand_even(data: Checked, names: tuple[str, ...], items: Sequence[Hashable] | None) -> None:
    if len(names) != data.classes:
        raise UnevenLabels(labels=data.classes, others=len(names), what=N_("names"))
    if items is not None and len(items) != len(data.labels):
        raise UnevenLabels(labels=len(data.labels), others=len(items), what=N_("items"))


def _plain(probability: float) -> str:
    return f"{probability:.3f}".removeprefix("0")
