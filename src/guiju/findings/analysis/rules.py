"""From counts to figures. Pure."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence

from guiju.findings.analysis.model import Contrary, Cross, LabelRow, Scene, Together, Wanted

MOST_ROWS = 30
MOST_PAIRS = 40
# Fewer items than this say nothing about a scene; from this share of one label on it is called pure.
SMALLEST = 10
PURE = 0.9


def label_rows(counts: Mapping[str, tuple[int, int]], items: int) -> list[LabelRow]:
    """Each label's `(items, uses)` as a row, the commonest first; shares of `items` with Wilson's interval.

    >>> [(row.label, row.share) for row in label_rows({"a": (3, 3), "b": (1, 2)}, 4)]
    [('a', 0.75), ('b', 0.25)]
    """
    from guiju.stats.intervals import wilson  # noqa: PLC0415 - SciPy, which only the job needs

    ordered = sorted(counts.items(), key=lambda one: (-one[1][0], one[0]))
    return [LabelRow(label, n, uses, n / items, *wilson(n, items)) for label, (n, uses) in ordered]


def wanted_of(
    mix: Mapping[str, float], scenes: Mapping[str, int], labels: Mapping[str, int], items: int, resolved: int
) -> list[Wanted]:
    """The parts of a mix beside what is present, by name: a scene's of all items, else a label's of all answers.

    >>> [(row.of, row.items, row.all) for row in wanted_of({"x": 0.5, "y": 0.1}, {"x": 3}, {"y": 2}, 6, 4)]
    [('scene', 3, 6), ('label', 2, 4)]
    """
    from guiju.stats.intervals import wilson  # noqa: PLC0415 - SciPy, which only the job needs

    rows: list[Wanted] = []
    for name, share in mix.items():
        of = "scene" if name in scenes else "label" if name in labels else ""
        n, whole = (scenes[name], items) if of == "scene" else (labels.get(name, 0), resolved)
        low, high = wilson(n, whole) if whole else (0.0, 1.0)
        rows.append(Wanted(name, of, share, n, whole, low, high))
    return rows


def balance_of(counts: Sequence[int]) -> float:
    """Pielou's evenness: the entropy of the labels by the largest that so many could have.

    >>> balance_of([5, 5]), balance_of([9]), round(balance_of([9, 1]), 2)
    (1.0, 0.0, 0.47)
    """
    total = sum(counts)
    if len(counts) < 2 or not total:
        return 0.0
    shares = [count / total for count in counts if count]
    return -sum(share * math.log(share) for share in shares) / math.log(len(counts))


def cross_of(
    of: str, cells: Mapping[tuple[str, str], int], names: Mapping[str, str], labels: Sequence[str]
) -> Cross | None:
    """A table from `(key, label) → items`: the largest rows first; `None` where there is only one row."""
    sizes: Counter[str] = Counter()
    for (key, _), n in cells.items():
        sizes[key] += n
    keys = [key for key, _ in sizes.most_common(MOST_ROWS)]
    if len(keys) < 2:
        return None
    table = [[cells.get((key, label), 0) for label in labels] for key in keys]
    return Cross(of, [names.get(key, key) for key in keys], keys, list(labels), table)


def together_of(pairs: Mapping[tuple[str, str], int], alone: Mapping[str, int], items: int) -> list[Together]:
    """Pairs of labels, the one farthest above what chance would give first.

    >>> together_of({("a", "b"): 4}, {"a": 5, "b": 4}, 10)
    [Together(one='a', other='b', items=4, expected=2.0)]
    """
    rows = [Together(one, other, n, alone[one] * alone[other] / items) for (one, other), n in pairs.items()]
    rows.sort(key=lambda row: (-(row.items - row.expected) / math.sqrt(row.expected + 1), row.one, row.other))
    return rows[:MOST_PAIRS]


def mixed_scenes(cells: Mapping[tuple[str, str], int], names: Mapping[str, str]) -> list[Scene]:
    """Scenes of `SMALLEST` items and more in which no label has nine tenths: the rules are vague there.

    >>> [(one.name, one.purity) for one in mixed_scenes({("1", "a"): 6, ("1", "b"): 4, ("2", "a"): 9}, {"1": "x"})]
    [('x', 0.6)]
    """
    inside: dict[str, Counter[str]] = {}
    for (scene, label), n in cells.items():
        inside.setdefault(scene, Counter())[label] += n
    rows: list[Scene] = []
    for scene, found in inside.items():
        total = found.total()
        purity = max(found.values()) / total
        if total >= SMALLEST and purity < PURE:
            rows.append(Scene(int(scene), names.get(scene, scene), total, purity, found.most_common(5)))
    return sorted(rows, key=lambda row: (row.purity, -row.items))[:MOST_ROWS]


def wide_labels(cells: Mapping[tuple[str, str], int]) -> list[tuple[str, int, float]]:
    """Labels spread over several scenes: `(label, scenes, share of its commonest scene)`, the widest first.

    >>> wide_labels({("x", "a"): 5, ("y", "a"): 5, ("x", "b"): 1})
    [('a', 2, 0.5)]
    """
    spread: dict[str, Counter[str]] = {}
    for (scene, label), n in cells.items():
        spread.setdefault(label, Counter())[scene] += n
    rows = [(one, len(over), max(over.values()) / over.total()) for one, over in spread.items() if len(over) > 1]
    rows = [row for row in rows if row[2] < PURE]
    return sorted(rows, key=lambda row: (row[2], row[0]))[:MOST_ROWS]


def contrary_of(rows: Sequence[tuple[int, int, str]]) -> list[Contrary]:
    """Groups of `(group, item, label)` as items with their labels.

    >>> contrary_of([(1, 7, "a"), (1, 9, "b")])
    [Contrary(items=[7, 9], labels=['a', 'b'])]
    """
    groups: dict[int, dict[int, list[str]]] = {}
    for group, item, label in rows:
        groups.setdefault(group, {}).setdefault(item, []).append(label)
    return [Contrary(list(each), [" + ".join(said) for said in each.values()]) for each in groups.values()]
