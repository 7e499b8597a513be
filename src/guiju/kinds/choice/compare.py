"""How far two choices are apart, and one choice from several."""

from collections import Counter
from collections.abc import Iterable, Sequence

from guiju.kinds.choice.shape import Choice, ChoiceOptions
from guiju.kinds.marked import NOTHING
from guiju.kinds.model import FieldShape, Level, Merged


def distance(a: Choice, b: Choice) -> float:
    """Jaccard distance of the two sets of labels: for single choices 0 or 1; none chosen twice is agreement."""
    first, second = set(a.labels), set(b.labels)
    union = len(first | second)
    return 1 - len(first & second) / union if union else 0.0


def merge(answers: Sequence[Choice]) -> Merged[Choice] | None:
    """The majority, or `None` at a tie and of nothing.

    Of single choices the most frequent (none chosen counts as an answer). If anyone chose several, each label that
    more than half chose; a label that exactly half chose is a tie. The confidence is the smallest share of answers
    that stand behind any one decision.
    """
    if not answers:
        return None
    single = all(len(answer.labels) <= 1 for answer in answers)
    return _most_frequent(answers) if single else _label_by_label(answers)


def _most_frequent(answers: Sequence[Choice]) -> Merged[Choice] | None:
    (first, count), *rest = Counter(answer.labels for answer in answers).most_common(2)
    if rest and rest[0][1] == count:
        return None
    return Merged(Choice(first), count / len(answers), len(answers))


def _label_by_label(answers: Sequence[Choice]) -> Merged[Choice] | None:
    n = len(answers)
    votes = Counter(label for answer in answers for label in set(answer.labels))
    if any(count * 2 == n for count in votes.values()):
        return None
    kept = tuple(sorted(label for label, count in votes.items() if count * 2 > n))
    return Merged(Choice(kept), min(max(count, n - count) for count in votes.values()) / n, n)


def only(answer: Choice, label: str) -> Choice:
    return Choice(tuple(one for one in answer.labels if one == label))


def without(answer: Choice, label: str) -> Choice:
    return Choice(tuple(one for one in answer.labels if one != label))


def confused(one: Choice, other: Choice) -> list[tuple[str, str]]:
    """Each label that only the one chose with each that only the other chose."""
    left, right = set(one.labels) - set(other.labels), set(other.labels) - set(one.labels)
    return [(a, b) for a in sorted(left) or [NOTHING] for b in sorted(right) or [NOTHING] if a != b]


def level(field: FieldShape, answers: Iterable[Choice]) -> Level | None:
    """Names, where nobody could choose or chose more than one."""
    single = not field.option(ChoiceOptions).multiple and all(len(answer.labels) <= 1 for answer in answers)
    return "nominal" if single else None


def value(answer: Choice) -> str:
    """The label of a single choice; none chosen is a value of its own."""
    return "".join(answer.labels)
