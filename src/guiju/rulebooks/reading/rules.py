"""Clauses in the order in which they decide: each before those that it wins over, sub-clauses below their clause."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from guiju.rulebooks.model import Clause, Example, Rulebook
from guiju.rulebooks.reading.model import Reading, Step

LEAST_STEPS = 2


def read_through(rulebook: Rulebook) -> Reading:
    """Everything at the place where it is read. A clause or label that stands twice is there the first time."""
    known = {clause.id for clause in rulebook.clauses}
    examples: dict[str | None, list[Example]] = defaultdict(list)
    for example in rulebook.examples:
        examples[example.clause if example.clause in known else None].append(example)
    labels = {label.id: label for label in reversed(rulebook.labels)}
    return Reading(rulebook, labels, dict(examples), order_steps(rulebook.clauses))


def order_steps(clauses: Sequence[Clause]) -> tuple[tuple[Step, ...], ...]:
    """The decision trees among clauses: those that say when they decide (`if`) or what they win over (`over`).

    Clauses that nothing binds together are apart; a way of a single step is none. Circles, which `completeness`
    refuses, are cut where they close.
    """
    named = {clause.id: clause for clause in reversed(clauses)}
    parents = {name: _parent(name, named) for name in named}
    wins = [(one.id, other) for one in named.values() for other in one.over if other in named]
    deciding = {clause.id for clause in clauses if clause.condition} | {each for pair in wins for each in pair}
    taken = {name for one in deciding for name in _upwards(one, parents)}
    places = {clause.id: place for place, clause in reversed([*enumerate(clauses)])}
    order = sorted(taken, key=places.__getitem__)
    ahead: dict[str, set[str]] = defaultdict(set)
    for winner, loser in wins:
        first, second = _siblings([*_upwards(winner, parents)][::-1], [*_upwards(loser, parents)][::-1])
        if first != second:
            ahead[first].add(second)
    below: dict[str | None, list[str]] = defaultdict(list)
    for name in order:
        below[parents[name]].append(name)

    def steps(names: Sequence[str]) -> tuple[Step, ...]:
        return tuple(Step(named[name], steps(below[name])) for name in _sorted(names, ahead))

    ways = (steps(group) for group in _bound(below[None], ahead, named))
    return tuple(way for way in ways if sum(1 for _ in numbered(way)) >= LEAST_STEPS)


def numbered(way: Sequence[Step], above: str = "") -> Iterator[tuple[str, Step]]:
    """Each step with its number on its way: 1, 1.1, 2."""
    for place, step in enumerate(way, 1):
        yield f"{above}{place}", step
        yield from numbered(step.below, f"{above}{place}.")


def _parent(name: str, named: Mapping[str, Clause]) -> str | None:
    above = name.rpartition(".")[0]
    while above and above not in named:
        above = above.rpartition(".")[0]
    return above or None


def _upwards(name: str, parents: Mapping[str, str | None]) -> Iterator[str]:
    at: str | None = name
    while at is not None:
        yield at
        at = parents[at]


def _siblings(one: Sequence[str], other: Sequence[str]) -> tuple[str, str]:
    """Where two ways down from the top part; equal where one leads to the other."""
    for left, right in zip(one, other, strict=False):
        if left != right:
            return left, right
    return one[0], one[0]


def _bound(names: Sequence[str], ahead: Mapping[str, set[str]], named: Mapping[str, Clause]) -> list[list[str]]:
    """Clauses that win over one another come together, and so do those that each say when they decide."""
    groups: list[list[str]] = []
    for name in names:
        mine = [name]
        apart: list[list[str]] = []
        for group in groups:
            tied = any(_tied(name, other, ahead, named) for other in group)
            mine, apart = ([*group, *mine], apart) if tied else (mine, [*apart, group])
        groups = [*apart, mine]
    return groups


def _tied(one: str, other: str, ahead: Mapping[str, set[str]], named: Mapping[str, Clause]) -> bool:
    asked = named[one].condition is not None and named[other].condition is not None
    return asked or other in ahead.get(one, ()) or one in ahead.get(other, ())


def _sorted(names: Sequence[str], ahead: Mapping[str, set[str]]) -> list[str]:
    """Winners first; the document's order where neither wins."""
    left = list(names)
    found: list[str] = []
    while left:
        free = (name for name in left if not any(name in ahead.get(other, ()) for other in left if other != name))
        chosen = next(free, left[0])
        left.remove(chosen)
        found.append(chosen)
    return found
