"""One set of spans from several annotators': matched, merged, and with nothing lost in silence.

Formula: marks of an item are clustered, best pair first, by iou = shared / (length_a + length_b - shared); two clusters
join if they hold no annotator in common and the mean iou over their pairs is at least `overlap` (pairs of other labels
count `other_label` of their iou). A cluster of k annotators out of the m who answered the item is
    confidence = k / m;   kept if confidence > `share`
    start, end = the medians of its members', label = the most frequent
Where a member is in several pieces, the merged mark has what at least half of the members hold (or as many as any place
has): of marks in one piece that is the same as the medians of whole ends.
Assumes: one mark of an annotator stands for one thing, so two of them never join; annotators weigh alike; those who
answered and marked nothing vote against every mark.
Source: average linkage is Sokal & Michener 1958, A statistical method for evaluating systematic relationships, here
with the constraint of one mark an annotator; medians and majorities as for `consensus.majority`.
"""

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import NamedTuple

import numpy as np

from guiju.kit import N_, Sentence
from guiju.stats.agreement.marks import Answer, Marks, Piece, Span, encode_marks, overlaps
from guiju.stats.agreement.structured_errors import BadParameter
from guiju.stats.columns import in_order


class Member(NamedTuple):
    """One annotator's mark."""

    annotator: Hashable
    mark: Span


@dataclass(frozen=True, slots=True)
class MergedSpan:
    """A mark that several made; `label` is `None` at a tie, whose labels are `tied`."""

    start: float
    end: float
    label: Hashable | None
    confidence: float
    members: tuple[Member, ...]
    tied: tuple[Hashable, ...] = ()
    pieces: tuple[Piece, ...] = ()

    def to_dict(self) -> dict[str, object]:
        members = [{"annotator": m.annotator, "mark": list(m.mark)} for m in self.members]
        place = {"start": self.start, "end": self.end, "label": self.label, "tied": list(self.tied)}
        place |= {"pieces": [list(piece) for piece in self.pieces]} if self.pieces else {}
        return {**place, "confidence": self.confidence, "members": members}


@dataclass(frozen=True, slots=True)
class ItemSpans:
    """The consensus of one item: what was `kept`, and what too few marked (`dropped`), each by place."""

    item: Hashable
    annotators: int
    kept: tuple[MergedSpan, ...]
    dropped: tuple[MergedSpan, ...]

    def to_dict(self) -> dict[str, object]:
        kept, dropped = [one.to_dict() for one in self.kept], [one.to_dict() for one in self.dropped]
        return {"item": self.item, "annotators": self.annotators, "kept": kept, "dropped": dropped}

    @property
    def meaning(self) -> tuple[Sentence, ...]:
        said = N_("{kept} marks were made by enough of the {annotators} annotators; {dropped} were not and are listed.")
        caution = N_(
            "The place of a mark is the middle of its makers' places: nobody need have drawn exactly this one."
        )
        places = {"kept": len(self.kept), "annotators": self.annotators, "dropped": len(self.dropped)}
        return (Sentence(said, places), Sentence(caution))


@dataclass(frozen=True, slots=True)
class Merging:
    """How marks are matched and kept: see the module."""

    overlap: float = 0.3
    share: float = 0.5
    other_label: float = 0.5
    whole: bool = True


def span_consensus(
    item: Sequence[Hashable],
    annotator: Sequence[Hashable],
    spans: Sequence[Answer],
    merging: Merging | None = None,
) -> tuple[ItemSpans, ...]:
    """The merged spans of every item, in the order of items; the same answers in any order give the same result.

    With `merging.whole` ends are whole characters: of an even number the lower of the middle starts and the upper of
    the middle ends. Raises `BadParameter` and what `encode_marks` raises. An item whose annotators all marked nothing
    has an empty consensus.

    >>> ann, bob, eve = [Span(0, 4, "PER")], [Span(0, 5, "PER")], [Span(1, 5, "ORG"), Span(9, 12, "LOC")]
    >>> found = span_consensus([1, 1, 1], ["ann", "bob", "eve"], [ann, bob, eve])[0]
    >>> [(m.start, m.end, m.label, m.confidence) for m in found.kept], [m.label for m in found.dropped]
    ([(0.0, 5.0, 'PER', 1.0)], ['LOC'])
    """
    how = Merging() if merging is None else merging
    _demand(how)
    marks = encode_marks(item, annotator, spans)
    cluster = _clusters(marks, how)
    answers = np.bincount(marks.answer_item, minlength=len(marks.items)).tolist()
    found: list[list[MergedSpan]] = [[] for _ in marks.items]
    for rows in _by_cluster(cluster):
        place = int(marks.item[rows[0]])
        found[place].append(_merged(marks, rows, answers[place], how.whole))
    return tuple(
        _item(name, answers[place], found[place], how.share) for place, name in enumerate(marks.items) if answers[place]
    )


def _item(name: Hashable, annotators: int, merged: list[MergedSpan], share: float) -> ItemSpans:
    ordered = sorted(merged, key=lambda one: (one.start, one.end, str(one.label)))
    kept = tuple(one for one in ordered if one.confidence > share)
    return ItemSpans(name, annotators, kept, tuple(one for one in ordered if one.confidence <= share))


def _clusters(marks: Marks, how: Merging) -> list[int]:
    """A cluster number for each mark: the first of its marks."""
    found = overlaps(marks, same_label=False)
    same = marks.label[found.left] == marks.label[found.right]
    iou = found.shared / (marks.length[found.left] + marks.length[found.right] - found.shared)
    iou = np.where(same, iou, how.other_label * iou)
    order = np.lexsort((found.right, found.left, -iou))
    lefts, rights, likes = found.left[order].tolist(), found.right[order].tolist(), iou[order].tolist()
    forest = _Forest(marks, dict(zip(zip(lefts, rights, strict=True), likes, strict=True)))
    for left, right, like in zip(lefts, rights, likes, strict=True):
        if like < how.overlap:
            break
        forest.join(left, right, how.overlap)
    return forest.of


class _Forest:
    """Clusters that grow by joining: `of` names the cluster of each mark, `members` its marks."""

    def __init__(self, marks: Marks, likeness: dict[tuple[int, int], float]) -> None:
        self.of = list(range(len(marks.start)))
        self.members = {mark: [mark] for mark in self.of}
        self.answer: list[int] = marks.answer.tolist()
        self.likeness = likeness

    def join(self, left: int, right: int, least: float) -> None:
        """Join the clusters of two marks if nobody is in both and they are alike on the whole."""
        one, other = sorted((self.of[left], self.of[right]))
        if one == other:
            return
        mine, theirs = self.members[one], self.members[other]
        if {self.answer[mark] for mark in mine} & {self.answer[mark] for mark in theirs}:
            return
        total = sum(self.likeness.get((min(a, b), max(a, b)), 0.0) for a in mine for b in theirs)
        if total < least * len(mine) * len(theirs) - 1e-12:
            return
        for mark in theirs:
            self.of[mark] = one
        mine.extend(self.members.pop(other))


def _by_cluster(cluster: list[int]) -> list[list[int]]:
    rows: dict[int, list[int]] = {}
    for mark, one in enumerate(cluster):
        rows.setdefault(one, []).append(mark)
    return list(rows.values())


def _merged(marks: Marks, rows: list[int], annotators: int, whole: bool) -> MergedSpan:
    start, end = (
        _middle(sorted(marks.start[rows].tolist()), whole, False),
        _middle(sorted(marks.end[rows].tolist()), whole, True),
    )
    pieces = _pieces_of(marks, rows) if any(row in marks.pieces for row in rows) else ()
    if pieces:
        start, end = pieces[0][0], pieces[-1][1]
    votes = Counter(marks.labels[code] for code in marks.label[rows].tolist())
    most = max(votes.values())
    first = in_order({label for label, count in votes.items() if count == most})
    label, tied = (first[0], ()) if len(first) == 1 else (None, tuple(first))
    members = tuple(
        Member(
            marks.annotators[int(marks.answer_annotator[marks.answer[row]])],
            Span(
                float(marks.start[row]),
                float(marks.end[row]),
                marks.labels[int(marks.label[row])],
                marks.pieces.get(row, ()),
            ),
        )
        for row in rows
    )
    return MergedSpan(start, end, label, len(rows) / annotators, members, tied, pieces if len(pieces) > 1 else ())


def _pieces_of(marks: Marks, rows: list[int]) -> tuple[Piece, ...]:
    """Where at least half of the members are, or as many as are anywhere together."""
    changes = Counter[float]()
    for row in rows:
        for start, end in marks.stretches(row):
            changes[start] += 1
            changes[end] -= 1
    places = sorted(place for place, change in changes.items() if change)
    held = list(accumulate(changes[place] for place in places))
    least = min((len(rows) + 1) // 2, max(held))
    found: list[Piece] = []
    for (start, end), count in zip(pairwise(places), held, strict=False):
        if count < least:
            continue
        if found and found[-1][1] == start:
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return tuple(found)


def _middle(values: list[float], whole: bool, upper: bool) -> float:
    """The median; of an even number, if it must be `whole`, the lower or the upper middle: no mark shrinks away."""
    half = len(values) // 2
    if len(values) % 2:
        return values[half]
    return values[half if upper else half - 1] if whole else (values[half - 1] + values[half]) / 2


def _demand(how: Merging) -> None:
    for name, value in (("overlap", how.overlap), ("share", how.share), ("other_label", how.other_label)):
        if not 0 <= value <= 1:
            raise BadParameter(name=name, value=value, wanted="0 … 1")
    if how.overlap == 0:
        raise BadParameter(name="overlap", value=how.overlap, wanted="> 0")
