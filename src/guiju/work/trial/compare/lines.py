"""What a table of answers says, line by line: by annotator, pair, clause and confusion. Pure: columns in, lines out."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from guiju.kinds.marked import NOTHING
from guiju.stats.agreement.causes import Cause, Ground, find_cause
from guiju.stats.agreement.slips import Incidence
from guiju.stats.agreement.without import people_figures
from guiju.stats.figure import Figure, figure_t
from guiju.stats.intervals import wilson
from guiju.work.trial.compare.table import Floats, Ints, Table
from guiju.work.trial.model import (
    Blame,
    ClauseLine,
    ConfusionLine,
    ItemLine,
    Matrix,
    Measured,
    PairLine,
    StandingLine,
)

SHOWN = 50
EXPLAINED = 20
"""Confusions that get a cause: the most frequent ones, which is more than anybody amends at once."""
MOST_PAIRS = 1_000
MOST_LABELS = 40


def measured(figure: Figure) -> Measured:
    return Measured(figure.value, figure.low, figure.high, figure.n, figure.why)


def pair_lines(table: Table, kappas: Mapping[tuple[int, int], float | None]) -> tuple[PairLine, ...]:
    """Each two annotators, most common items first."""
    people = max(1, len(table.people))
    low, high = np.minimum(table.pairs.one, table.pairs.other), np.maximum(table.pairs.one, table.pairs.other)
    code, place, count = np.unique(low * people + high, return_inverse=True, return_counts=True)
    share = 1 - table.apart
    mean = np.bincount(place, share, minlength=len(code)) / np.maximum(1, count)
    square = np.bincount(place, np.square(share), minlength=len(code)) / np.maximum(1, count)
    order: list[int] = np.lexsort((code, -count))[:MOST_PAIRS].tolist()
    found: list[PairLine] = []
    for at in order:
        a, b = (table.people[side] for side in divmod(int(code[at]), people))
        n, value = int(count[at]), float(mean[at])
        ends = _ends(value, float(square[at]), n)
        found.append(PairLine(a, b, n, value, kappas.get((a, b), kappas.get((b, a))), *ends))
    return tuple(found)


def _ends(mean: float, square: float, n: int) -> tuple[float | None, float | None]:
    """Wilson's interval of a share of equal answers; of distances, t on the standard error."""
    if abs(square - mean) < 1e-12:
        return wilson(mean * n, n)
    error = (max(0.0, square - mean * mean) / (n - 1)) ** 0.5 if n > 1 else float("nan")
    found = figure_t(mean, error, n)
    return (None if found.low is None else max(0.0, found.low), found.high)


def standing_lines(
    table: Table, alpha: float | None, without: Mapping[int, float | None] | None = None
) -> tuple[StandingLine, ...]:
    """Each annotator, first the one without whom alpha rises most. `without` is alpha without each, if it is known."""
    who, mine, theirs, count = table.slips.by_person()
    nothing, width = table.slips.nothing, len(table.people)
    slips = np.bincount(who, count, minlength=width)
    missed = np.bincount(who, count * (mine == nothing), minlength=width)
    extra = np.bincount(who, count * (theirs == nothing), minlength=width)
    found: list[StandingLine] = []
    for one in people_figures(table.pairs, table.apart, table.at_large):
        person = table.people[one.annotator]
        left = one.without if without is None else without.get(person)
        gain = None if left is None or alpha is None else left - alpha
        counts = (int(each[one.annotator]) for each in (slips, missed, extra))
        found.append(StandingLine(person, measured(one.observed), left, gain, *counts))
    return tuple(sorted(found, key=lambda line: (-(line.gain or 0.0), line.observed.value or 0.0, line.annotator_id)))


def clause_lines(table: Table) -> tuple[ClauseLine, ...]:
    """Each clause that an answer cites, the one with the lowest agreement first."""
    cited = {clause for row in table.rows for clause in row.clauses}
    found = [_clause_line(table, clause) for clause in sorted(cited)]
    return tuple(sorted(found, key=lambda one: (one.observed.value is None, one.observed.value or 0.0, one.clause)))


def _clause_line(table: Table, clause: str) -> ClauseLine:
    citing = np.fromiter((clause in row.clauses for row in table.rows), bool, len(table.rows))
    left, right = citing[table.left], citing[table.right]
    share = 1 - table.apart
    among, against = left & right, left ^ right
    item, place, count = np.unique(table.pairs.item[among], return_inverse=True, return_counts=True)
    mean = np.bincount(place, share[among], minlength=len(item)) / np.maximum(1, count)
    others = float(share[against].mean()) if against.any() else None
    return ClauseLine(clause, int(citing.sum()), measured(_mean_of(mean)), others)


def _mean_of(values: Floats) -> Figure:
    n = len(values)
    if not n:
        return Figure(None)
    error = float(values.std(ddof=1) / n**0.5) if n > 1 else float("nan")
    found = figure_t(float(values.mean()), error, n)
    return Figure(found.value, None if found.low is None else max(0.0, found.low), found.high, n)


def worst_lines(table: Table) -> tuple[ItemLine, ...]:
    """The items on which annotators agree least, those with more answers first."""
    answers = Counter(row.item_id for row in table.rows)
    lines = [ItemLine(item, share, answers[item]) for item, share in table.by_item.items() if share < 1]
    return tuple(sorted(lines, key=lambda line: (line.observed, -line.answers, line.item_id))[:SHOWN])


# Confusions


def confusion_lines(table: Table) -> tuple[ConfusionLine, ...]:
    """Which label is taken for which, most often first; the most frequent with their cause."""
    used = Incidence(table.row_item[table.given.row], table.given.label)
    ranked = table.slips.ranked()
    ground = Ground.of(table.slips, table.pairs, used)
    whole = max(1, len(table.slips.item))
    found: list[ConfusionLine] = []
    for place, (a, b, count) in enumerate(ranked):
        cause = find_cause(ground, a, b) if place < EXPLAINED else None
        mine = table.slips.of(a, b)
        items = tuple(sorted(table.items[one] for one in _costliest(mine.item)))
        first, second = sorted((table.labels[a], table.labels[b]))
        found.append(ConfusionLine(first, second, count, items, count / whole, _blame(cause, table)))
    return tuple(sorted(found, key=lambda line: (-line.count, line.a, line.b)))


def _costliest(item: Ints) -> list[int]:
    """The items with the most of them, at most 50."""
    code, count = np.unique(item, return_counts=True)
    order: list[int] = code[np.lexsort((code, -count))][:SHOWN].tolist()
    return order


def _blame(cause: Cause | None, table: Table) -> Blame | None:
    if cause is None:
        return None
    return Blame(cause.name.value, tuple(table.people[one] for one in cause.people), cause.sentence())


def with_clauses(
    lines: Iterable[ConfusionLine], table: Table, labels_of: Sequence[tuple[str, tuple[str, ...]]]
) -> tuple[ConfusionLine, ...]:
    """The lines with the clause to amend: the one that the answers in conflict cite, else the one about their labels.

    `labels_of` are the rulebook's clauses, in its order, with the labels that each is about.
    """
    cited = _cited(table)
    return tuple(
        ConfusionLine(
            line.a,
            line.b,
            line.count,
            line.items,
            line.share,
            line.cause,
            _clause(line, cited.get((line.a, line.b), Counter()), labels_of),
        )
        for line in lines
    )


def _cited(table: Table) -> dict[tuple[str, str], Counter[str]]:
    """How often answers that slipped between two labels cite each clause."""
    if not any(row.clauses for row in table.rows):
        return {}
    said = {(row.item_id, row.annotator_id): row.clauses for row in table.rows}
    found: dict[tuple[str, str], Counter[str]] = {}
    slips = table.slips
    every = (slips.item, slips.one, slips.other, slips.a, slips.b)
    columns: list[list[int]] = [one.tolist() for one in every]
    for place, item in enumerate(columns[0]):
        one, other, a, b = (column[place] for column in columns[1:])
        low, high = min(table.labels[a], table.labels[b]), max(table.labels[a], table.labels[b])
        counted = found.setdefault((low, high), Counter())
        for who in (one, other):
            counted.update(said.get((table.items[item], table.people[who]), ()))
    return found


def _clause(line: ConfusionLine, cited: Counter[str], labels_of: Sequence[tuple[str, tuple[str, ...]]]) -> str | None:
    known = {clause for clause, _ in labels_of}
    named = [(clause, n) for clause, n in cited.most_common() if clause in known]
    if named and named[0][1] >= line.count / 2:
        return named[0][0]
    wanted = {line.a, line.b} - {NOTHING}
    about = [clause for clause, labels in labels_of if wanted <= set(labels)]
    either = [clause for clause, labels in labels_of if wanted & set(labels)]
    return next(iter([*about, *(clause for clause, _ in named), *either]), None)


def matrix_of(table: Table) -> Matrix | None:
    """The labels that were given, against one another; `None` where they are too many to be read as a table."""
    given, width = table.given, len(table.labels)
    per_row = np.bincount(given.row * width + given.label, given.count, minlength=len(table.rows) * width)
    if width > 4 * MOST_LABELS:
        return None
    rows = per_row.reshape(len(table.rows), width)
    both = rows[table.left].sum(0) + rows[table.right].sum(0)
    counts = np.zeros((width, width), np.int64)
    np.add.at(counts, (table.slips.a, table.slips.b), 1)
    counts = counts + counts.T
    agreed = np.maximum(0, (both - counts.sum(1)) // 2).astype(np.int64)
    if table.slips.nothing >= 0:
        agreed[table.slips.nothing] = 0
    counts[np.arange(width), np.arange(width)] = agreed
    used = np.flatnonzero(counts.sum(1))
    if len(used) > MOST_LABELS or not len(used):
        return None
    shown: list[list[int]] = counts[np.ix_(used, used)].tolist()
    return Matrix(tuple(table.labels[code] for code in used.tolist()), tuple(map(tuple, shown)))
