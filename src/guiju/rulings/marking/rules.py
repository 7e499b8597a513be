"""An answer against the right one, by the kinds' own distance. Pure."""

from collections.abc import Mapping, Sequence
from typing import Any

from guiju.kinds import TURN, Answer, Each, FieldShape, kind_of, match_parts, normalise_answers
from guiju.rulings.marking.model import Marked

NOTHING_RIGHT = Marked(0.0, ())


def mark_answers(given: Mapping[str, Answer], right: Mapping[str, Answer], fields: Sequence[FieldShape]) -> Marked:
    """Partial credit: the mean over the fields of the right answer of 1 - distance.

    A field that the right answer leaves out is not marked. A label's score compares that label's share of both
    answers, for each label that either gives. Things marked are known again by where they are, not by their ids.
    """
    right = normalise_answers(right, fields)
    given = _renamed(normalise_answers(given, fields), right)
    shares = [1 - _apart(given.get(name), known) for name, known in right.items()]
    labels: dict[str, list[float]] = {}
    for name, known in right.items():
        for label, score in _by_label(given.get(name), known).items():
            labels.setdefault(label, []).append(score)
    told = tuple((label, sum(scores) / len(scores)) for label, scores in sorted(labels.items()))
    return Marked(sum(shares) / len(shares) if shares else 1.0, told)


def labels_in(answers: Mapping[str, Answer]) -> tuple[str, ...]:
    """Every label that the answers give, in order."""
    return tuple(sorted({label for one in answers.values() for label in kind_of(one).labels_of(one)}))


def _apart(one: Answer | None, other: Answer | None) -> float:
    """In [0, 1]; answers of two kinds, or an answer and none, are as far apart as can be."""
    if one is None or other is None:
        return float(one is not other)
    kind = kind_of(one)
    return kind.distance(one, other) if kind is kind_of(other) else 1.0


def _by_label(given: Answer | None, right: Answer) -> dict[str, float]:
    kind = kind_of(right)
    mine = kind.labels_of(given) if given is not None and kind_of(given) is kind else {}
    labels = kind.labels_of(right).keys() | mine.keys()
    if isinstance(right, Each) or given is None or kind_of(given) is not kind:
        return dict.fromkeys(labels, 1 - _apart(given, right))
    return {label: 1 - kind.distance(kind.only(given, label), kind.only(right, label)) for label in labels}


def _renamed(given: Mapping[str, Answer], right: Mapping[str, Answer]) -> dict[str, Answer]:
    """What is said of each thing marked, under the id that the same thing has in the right answer."""
    named = dict(given)
    for name, answer in given.items():
        if not isinstance(answer, Each) or answer.of == TURN or not isinstance(right.get(name), Each):
            continue
        names = _names(given.get(answer.of), right.get(answer.of))
        named[name] = Each(answer.of, {names.get(part, f"?{part}"): one for part, one in answer.answers.items()})
    return named


def _names(given: Any, right: Any) -> dict[str, str]:
    """The id in the right answer of each thing that both mark, by its id in the given one."""
    if given is None or right is None or isinstance(given, Each) or isinstance(right, Each):
        return {}
    pairs = [{place.answer: place.part for place in group} for group in match_parts([given, right])]
    return {pair[0]: pair[1] for pair in pairs if len(pair) == 2}
