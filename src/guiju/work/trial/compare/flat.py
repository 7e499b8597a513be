"""Many pairs of answers made of rectangles compared at once: the same distances and slips as the kinds' own, faster.

Where the parts of two answers meet one to one, arithmetic on columns gives what the kind's distance gives. Where one
part meets two of the other answer's, only the kind can tell which belongs to which, and it is asked. Of parts that are
more than rectangles (outlines, turned boxes) their bounds say at once which pairs share nothing.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from guiju.kinds.marked import SAME_PLACE
from guiju.kinds.model import AnyKind
from guiju.work.trial.compare.shared import Shared

Ints: TypeAlias = NDArray[np.int64]
Floats: TypeAlias = NDArray[np.float64]
Truths: TypeAlias = NDArray[np.bool_]
Apart: TypeAlias = Callable[[Any, Any], float]
Seen: TypeAlias = Callable[[Any], Any]
_CELLS = 4_000_000


def _all_of_it(answer: Any) -> Any:
    return answer


@dataclass(frozen=True, slots=True)
class Flat:
    """Answers as rectangles: `first` and `count` say which parts are an answer's; `exact` where they are all of it."""

    labels: tuple[str, ...]
    first: Ints
    count: Ints
    exact: Truths
    label: Ints
    sides: Floats

    @classmethod
    def of(cls, kind: AnyKind, answers: Sequence[Any]) -> "Flat | None":
        """`None` for a kind whose answers have no rectangles."""
        if kind.flat is None:
            return None
        told = [kind.flat(answer) for answer in answers]
        rects = [rect for _, parts in told for rect in parts]
        labels = tuple(sorted({rect[0] for rect in rects}))
        code = {label: place for place, label in enumerate(labels)}
        count = np.array([len(parts) for _, parts in told], np.int64)
        sides = np.array([rect[1:] for rect in rects], np.float64).reshape(-1, 4)
        area = (sides[:, 2] - sides[:, 0]) * (sides[:, 3] - sides[:, 1])
        exact = np.array([exact for exact, _ in told], bool)
        empty = np.bincount(np.repeat(np.arange(len(told)), count)[area <= 0], minlength=len(told))
        label = np.array([code[rect[0]] for rect in rects], np.int64)
        return cls(labels, np.cumsum(count) - count, count, exact & (empty == 0), label, sides)

    def kept(self, parts: Truths) -> "Flat":
        """The same answers with some of their parts only."""
        owner = np.repeat(np.arange(len(self.count)), self.count)[parts]
        count = np.bincount(owner, minlength=len(self.count))
        return Flat(self.labels, np.cumsum(count) - count, count, self.exact, self.label[parts], self.sides[parts])

    def code(self, label: str) -> int:
        return self.labels.index(label) if label in self.labels else -1


class Met(NamedTuple):
    """Parts that share area: the pair of answers, the part on either side, and their IoU."""

    pair: Ints
    one: Ints
    other: Ints
    iou: Floats


@dataclass(frozen=True, slots=True)
class Compared:
    """For each pair of answers: what met, and whether `unsure` pairs need the kind's own judgement."""

    flat: Flat
    left: Ints
    right: Ints
    met: Met

    @classmethod
    def of(cls, flat: Flat, left: Ints, right: Ints) -> "Compared":
        found = [_meeting(flat, left, right, block) for block in _blocks(flat.count[left] * flat.count[right])]
        columns = [np.concatenate(each) for each in zip(*found, strict=True)] if found else []
        none = np.empty(0, np.int64)
        return cls(flat, left, right, Met(*columns) if columns else Met(none, none, none, np.empty(0)))

    @property
    def exact(self) -> Truths:
        return self.flat.exact[self.left] & self.flat.exact[self.right]

    def distances(self) -> tuple[Floats, Truths]:
        """The distance of each pair, and which pairs it is not known of."""
        met, parts = self.met, self.flat.label
        same = parts[met.one] == parts[met.other]
        pairs = len(self.left)
        close = same & (met.iou >= SAME_PLACE)
        total = np.bincount(met.pair[close], met.iou[close], minlength=pairs)
        both = self.flat.count[self.left] + self.flat.count[self.right]
        apart = np.where(both > 0, np.maximum(0.0, 1 - 2 * total / np.maximum(1, both)), 0.0)
        touching = np.bincount(met.pair[same], minlength=pairs) > 0
        return apart, np.where(self.exact, self._crowded(close), touching)

    def slips(self) -> tuple[Ints, Ints, Ints, Truths]:
        """Pair and codes of labels (-1: nothing) of each slip, and which pairs they are not known of."""
        met, parts, pairs = self.met, self.flat.label, len(self.left)
        close = met.iou >= SAME_PLACE
        unsure = np.where(self.exact, self._crowded(close), np.bincount(met.pair, minlength=pairs) > 0)
        kept = close & self.exact[met.pair] & ~unsure[met.pair]
        one, other, pair = met.one[kept], met.other[kept], met.pair[kept]
        differ = parts[one] != parts[other]
        sure = np.flatnonzero(~unsure)
        missed = self._alone(sure, self.left, pair, one)
        extra = self._alone(sure, self.right, pair, other)
        nothing = [np.full(len(each), -1) for _, each in (missed, extra)]
        found = np.concatenate([pair[differ], missed[0], extra[0]])
        a = np.concatenate([parts[one[differ]], parts[missed[1]], nothing[1]])
        b = np.concatenate([parts[other[differ]], nothing[0], parts[extra[1]]])
        return found, a, b, unsure

    def _crowded(self, close: Truths) -> Truths:
        """Pairs in which a part is close to two of the other answer's."""
        crowded = np.zeros(len(self.left), bool)
        width = max(1, len(self.flat.label))
        for side in (self.met.one, self.met.other):
            key = np.sort(self.met.pair[close] * width + side[close])
            crowded[key[1:][key[1:] == key[:-1]] // width] = True
        return crowded

    def _alone(self, sure: Ints, side: Ints, pair: Ints, part: Ints) -> tuple[Ints, Ints]:
        """The parts on one side of the sure pairs that met nothing."""
        count = self.flat.count[side[sure]]
        pairs = np.repeat(sure, count)
        parts = np.repeat(self.flat.first[side[sure]] - np.cumsum(count) + count, count) + np.arange(len(pairs))
        width = max(1, len(self.flat.label))
        met, here = np.sort(pair * width + part), pairs * width + parts
        at = np.minimum(np.searchsorted(met, here), max(0, len(met) - 1))
        alone = met[at] != here if len(met) else np.ones(len(here), bool)
        return pairs[alone], parts[alone]


def _blocks(cells: Ints) -> Iterator[Ints]:
    """Numbers of pairs, so many at a time that a block has some million pairs of parts."""
    some = np.flatnonzero(cells)
    block = np.cumsum(cells[some]) // _CELLS
    yield from np.split(some, np.flatnonzero(np.diff(block)) + 1) if len(some) else ()


def _meeting(flat: Flat, left: Ints, right: Ints, pairs: Ints) -> Met:
    mine, theirs = flat.count[left[pairs]], flat.count[right[pairs]]
    cells = mine * theirs
    pair = np.repeat(np.arange(len(pairs)), cells)
    place = np.arange(len(pair)) - np.repeat(np.cumsum(cells) - cells, cells)
    one = flat.first[left[pairs]][pair] + place // theirs[pair]
    other = flat.first[right[pairs]][pair] + place % theirs[pair]
    a, b = flat.sides[one], flat.sides[other]
    wide = np.minimum(a[:, 2], b[:, 2]) - np.maximum(a[:, 0], b[:, 0])
    high = np.minimum(a[:, 3], b[:, 3]) - np.maximum(a[:, 1], b[:, 1])
    common = np.maximum(0.0, wide) * np.maximum(0.0, high)
    kept = common > 0
    area = [(side[:, 2] - side[:, 0]) * (side[:, 3] - side[:, 1]) for side in (a[kept], b[kept])]
    iou = np.minimum(1.0, common[kept] / (area[0] + area[1] - common[kept]))
    return Met(pairs[pair[kept]], one[kept], other[kept], iou)


class Judge:
    """The answers to one field, and how far any two of them are apart: all at once where that can be, else by the kind.

    `seen` says what of an answer is compared: all of it, one label's share, or all but that.
    """

    def __init__(
        self,
        kind: AnyKind,
        answers: Sequence[Any],
        flat: Flat | None,
        shared: Shared | None,
        seen: Seen = _all_of_it,
    ) -> None:
        self.kind, self.answers, self.flat, self.shared, self.seen = kind, answers, flat, shared, seen
        self._told: dict[int, Any] = {}

    @classmethod
    def of(cls, kind: AnyKind, answers: Sequence[Any]) -> "Judge":
        return cls(kind, answers, Flat.of(kind, answers), Shared.of(kind, answers))

    def only(self, label: str) -> "Judge":
        """Of one label's share of the answers."""
        flat = self.flat.kept(self.flat.label == self.flat.code(label)) if self.flat else None
        shared = self.shared.kept(label, alone=True) if self.shared else None
        return Judge(self.kind, self.answers, flat, shared, lambda answer: self.kind.only(answer, label))

    def without(self, label: str) -> "Judge":
        """Of the answers as they would be had nobody given the label."""
        flat = self.flat.kept(self.flat.label != self.flat.code(label)) if self.flat else None
        shared = self.shared.kept(label, alone=False) if self.shared else None
        return Judge(self.kind, self.answers, flat, shared, lambda answer: self.kind.without(answer, label))

    def distances(self, left: Ints, right: Ints, apart: Apart | None = None) -> Floats:
        """The distance of each pair of rows; by `apart` instead of the kind's own, one by one, if that is given."""
        if self.shared is not None and apart is None and len(self.answers):
            return self.shared.distances(left, right)
        if self.flat is None or apart is not None:
            return self._one_by_one(left, right, apart or self.kind.distance)
        found, unsure = Compared.of(self.flat, left, right).distances()
        found[unsure] = self._one_by_one(left[unsure], right[unsure], self.kind.distance)
        return found

    def _one_by_one(self, left: Ints, right: Ints, apart: Apart) -> Floats:
        """Each two answers compared once; two that are one object are equal."""
        known: dict[tuple[int, int], float] = {}
        found = np.empty(len(left))
        lefts: list[int] = left.tolist()
        rights: list[int] = right.tolist()
        for place, (a, b) in enumerate(zip(lefts, rights, strict=True)):
            one, other = id(self.answers[a]), id(self.answers[b])
            key = (one, other) if one <= other else (other, one)
            if key not in known:
                known[key] = 0.0 if one == other else apart(self._of(a), self._of(b))
            found[place] = known[key]
        return found

    def _of(self, row: int) -> Any:
        answer = self.answers[row]
        key = id(answer)
        if key not in self._told:
            self._told[key] = self.seen(answer)
        return self._told[key]
