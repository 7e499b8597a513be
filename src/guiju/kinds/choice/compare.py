"""How far two choices are apart, and one choice from several."""

from collections import Counter
from collections.abc import Sequence

from guiju.kinds.choice.shape import Choice
from guiju.kinds.model import Merged


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
