"""The answers to one field as columns: pairs of answers, how far apart each is, and the slips in them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from guiju.kinds import Answer, FieldShape, get_kind, kind_of
from guiju.kinds.marked import NOTHING
from guiju.stats.agreement.pairwise import chance_pairs
from guiju.stats.agreement.slips import Pairs, Slips, pairs_of, slips_of
from guiju.stats.agreement.without import AtLarge
from guiju.stats.columns import Columns, pairs_within
from guiju.work.trial.compare.flat import Compared, Judge
from guiju.work.trial.model import Answered

Ints: TypeAlias = NDArray[np.int64]
Floats: TypeAlias = NDArray[np.float64]
Said: TypeAlias = tuple[int, str, str]
"""A slip: the pair of answers, and what the one said where the other said something else."""


@dataclass(frozen=True, slots=True)
class Given:
    """Which label was given in which row, and how often (a row is one answer)."""

    row: Ints
    label: Ints
    count: Ints


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of answers to items with two answers or more. `left`, `right` and `apart` are there for each pair."""

    rows: tuple[Answered, ...]
    row_item: Ints
    items: tuple[int, ...]
    people: tuple[int, ...]
    labels: tuple[str, ...]
    pairs: Pairs
    left: Ints
    right: Ints
    apart: Floats
    slips: Slips
    given: Given
    at_large: AtLarge
    judge: Judge | None = None

    @property
    def by_item(self) -> dict[int, float]:
        """Each item's agreement: the mean over its pairs of answers of 1 - distance."""
        codes, place, count = np.unique(self.pairs.item, return_inverse=True, return_counts=True)
        share: list[float] = (1 - np.bincount(place, self.apart, minlength=len(codes)) / count).tolist()
        return {self.items[code]: one for code, one in zip(codes.tolist(), share, strict=True)}


def table_of_values(columns: Columns, rows: Sequence[Answered], labels: Sequence[str]) -> Table:
    """Of single values: `rows` in the order of `columns`, whose labels are called `labels`."""
    pairs, left, right = pairs_of(columns)
    code = columns.label.astype(np.int64)
    apart = (code[left] != code[right]).astype(np.float64)
    kept = np.arange(len(columns))
    nobody = np.empty(0, np.int64)
    return Table(
        rows=tuple(rows),
        row_item=columns.item.astype(np.int64),
        items=tuple(int(str(one)) for one in columns.items),
        people=tuple(int(one) for one in columns.annotators),
        labels=tuple(labels),
        pairs=pairs,
        left=left,
        right=right,
        apart=apart,
        slips=slips_of(columns),
        given=Given(kept, code, np.ones(len(kept), np.int64)),
        at_large=AtLarge(nobody, nobody, nobody, nobody, np.empty(0)),
    )


def table_of_answers(field: FieldShape, rows: Iterable[Answered]) -> Table:
    """Of anything else, by the kind's own distance; items with one answer are left out."""
    ordered = sorted(rows, key=lambda row: (row.item_id, row.annotator_id))
    items, item, many = np.unique([row.item_id for row in ordered], return_inverse=True, return_counts=True)
    kept = np.flatnonzero(many[item] >= 2) if ordered else np.empty(0, np.int64)
    answers = [ordered[row] for row in kept.tolist()]
    item = item[kept].astype(np.int64) if ordered else kept
    ids = np.array([row.annotator_id for row in answers], np.int64)
    people, who = np.unique(ids, return_inverse=True)
    found = pairs_within(item)
    pairs = Pairs(found.item.astype(np.int64), who[found.left], who[found.right], len(people), len(items))
    chance = chance_pairs(len(answers))
    plain = [row.answer for row in answers]
    judge = Judge.of(get_kind(field.kind), plain)
    said = _said(judge, found.left, found.right)
    labels = _labels(field, plain, said)
    return Table(
        rows=tuple(answers),
        row_item=item,
        items=tuple(int(one) for one in items.tolist()),
        people=tuple(int(one) for one in people.tolist()),
        labels=labels,
        pairs=pairs,
        left=found.left,
        right=found.right,
        apart=judge.distances(found.left, found.right),
        slips=_slips(said, pairs, labels),
        given=_given(plain, labels),
        at_large=AtLarge(
            chance.left,
            chance.right,
            who[chance.left],
            who[chance.right],
            judge.distances(chance.left, chance.right),
        ),
        judge=judge,
    )


def _labels(field: FieldShape, answers: Iterable[Answer], said: Iterable[Said]) -> tuple[str, ...]:
    """The rulebook's in its order, what else was given or taken for something else, and NOTHING as the last."""
    given = {label for answer in answers for label in kind_of(answer).labels_of(answer)}
    given |= {label for _, a, b in said for label in (a, b)}
    return (*field.labels, *sorted(given - set(field.labels) - {NOTHING}), NOTHING)


def _given(answers: Sequence[Answer], labels: Sequence[str]) -> Given:
    code = {label: place for place, label in enumerate(labels)}
    found = [
        (row, code[label], count)
        for row, answer in enumerate(answers)
        for label, count in kind_of(answer).labels_of(answer).items()
    ]
    table = np.array(found, np.int64).reshape(-1, 3)
    return Given(table[:, 0], table[:, 1], table[:, 2])


def _said(judge: Judge, left: Ints, right: Ints) -> list[Said]:
    """The slips of each pair."""
    answers = judge.answers
    if judge.flat is None:
        return _said_one_by_one(answers, left, right, np.arange(len(left)))
    pair, a, b, unsure = Compared.of(judge.flat, left, right).slips()
    names = (*judge.flat.labels, NOTHING)
    pairs: list[int] = pair.tolist()
    ones: list[int] = a.tolist()
    others: list[int] = b.tolist()
    found = [(at, names[one], names[other]) for at, one, other in zip(pairs, ones, others, strict=True)]
    return found + _said_one_by_one(answers, left, right, np.flatnonzero(unsure))


def _said_one_by_one(answers: Sequence[Answer], left: Ints, right: Ints, among: Ints) -> list[Said]:
    """The slips of the pairs `among` all, each two answers compared once."""
    known: dict[tuple[int, int], list[tuple[str, str]]] = {}
    found: list[Said] = []
    lefts: list[int] = left[among].tolist()
    rights: list[int] = right[among].tolist()
    for pair, one, other in zip(among.tolist(), lefts, rights, strict=True):
        mine, theirs = answers[one], answers[other]
        if mine is theirs:
            continue
        key = (id(mine), id(theirs))
        if key not in known:
            known[key] = confused(mine, theirs)
        found += [(pair, a, b) for a, b in known[key]]
    return found


def _slips(said: Iterable[Said], pairs: Pairs, labels: Sequence[str]) -> Slips:
    code = {label: place for place, label in enumerate(labels)}
    table = np.array([(pair, code[a], code[b]) for pair, a, b in said], np.int64).reshape(-1, 3)
    at = table[:, 0]
    return Slips(pairs.item[at], pairs.one[at], pairs.other[at], table[:, 1], table[:, 2], len(labels), code[NOTHING])


def confused(one: Answer, other: Answer) -> list[tuple[str, str]]:
    """The labels that two answers of one kind give to the same thing; "" where only one of them saw it."""
    kind = kind_of(one)
    return kind.confused(one, other) if kind is kind_of(other) else []
