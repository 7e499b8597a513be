"""How answers that are no single label become one: boxes, spans, texts, ratings, rankings. One line a rule in `MERGES`.

`merge` is the kind's own: parts are matched, those stay that a majority marked, their places are the middle. `closest`
takes one person's whole answer, the one that the others are closest to: nothing is put together that nobody said.
`trusted` does the same and lets those count for more who are closer to the others over the whole round.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

from guiju.consensus.adjudication.rules import distance
from guiju.consensus.methods.majority import decide_by_majority
from guiju.consensus.model import Decided
from guiju.kinds import Answer

Given: TypeAlias = Sequence[tuple[int, Mapping[str, Answer]]]
"""Annotator and answers of an item, once a person."""
Decide: TypeAlias = Callable[[Given], Decided | None]
Merge: TypeAlias = Callable[[Mapping[int, Given]], Decide]
"""All answers of a round, by item → what decides one item."""

SHRINK = 4.0
"""Who is compared on few items counts as the average; of so many items half."""
NEARLY = 1e-9


def likeness(one: Mapping[str, Answer], other: Mapping[str, Answer]) -> float:
    """1 less the mean distance of the fields that either answers; of two that answer none 1."""
    names = one.keys() | other.keys()
    return 1 - sum(distance(one.get(name), other.get(name)) for name in names) / len(names) if names else 1.0


def own_merge(_given: Mapping[int, Given]) -> Decide:
    return lambda given: decide_by_majority([answers for _, answers in given])


def closest(_given: Mapping[int, Given]) -> Decide:
    return lambda given: _closest(given, {})


def trusted(given: Mapping[int, Given]) -> Decide:
    weights = learn_weights(given)
    return lambda one: _closest(one, weights)


def learn_weights(given: Mapping[int, Given]) -> dict[int, float]:
    """How close each annotator's answers are to the others', in [0, 1], drawn towards what all are together."""
    found: dict[int, list[float]] = {}
    for said in given.values():
        for place, (who, answers) in enumerate(said):
            others = [likeness(answers, other) for at, (_, other) in enumerate(said) if at != place]
            if others:
                found.setdefault(who, []).append(sum(others) / len(others))
    every = [one for mine in found.values() for one in mine]
    pooled = sum(every) / len(every) if every else 1.0
    return {who: (sum(mine) + SHRINK * pooled) / (len(mine) + SHRINK) for who, mine in found.items()}


def _closest(given: Given, weights: Mapping[int, float]) -> Decided | None:
    """`None` at a tie of different answers. The confidence is how close the others are to it, by weight."""
    if len(given) == 1:
        return Decided(given[0][1], 1.0)
    scores = [_support(place, given, weights) for place in range(len(given))]
    top = max(score for score, _ in scores)
    tied = [given[place][1] for place, (score, _) in enumerate(scores) if score > top - NEARLY]
    if any(likeness(tied[0], other) < 1 - NEARLY for other in tied[1:]):
        return None
    return Decided(tied[0], next(close for score, close in scores if score > top - NEARLY))


def _support(place: int, given: Given, weights: Mapping[int, float]) -> tuple[float, float]:
    """The weight behind an answer, its own giver's with it, and how close the others are to it."""
    own = weights.get(given[place][0], 1.0)
    others = [
        (weights.get(who, 1.0), likeness(given[place][1], answers))
        for at, (who, answers) in enumerate(given)
        if at != place
    ]
    whole = sum(weight for weight, _ in others)
    close = sum(weight * alike for weight, alike in others)
    return own + close, close / whole if whole else 0.0


OWN = "merge"
MERGES: dict[str, Merge] = {OWN: own_merge, "closest": closest, "trusted": trusted}
"""Simplest first: another takes its place in the advice only where it is better by more than chance."""
