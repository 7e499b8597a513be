"""How far two distributions are apart, and one distribution from several.

Distance: Jensen-Shannon divergence in bits (`stats.agreement.soft`), in [0, 1]. What an answer did not give out is a
share of its own: nothing given at all is as far as can be from everything given, and one label alone is compared as it
against all else, which is how the trial's report reads each label.

Merge: the mean share of each label. Its confidence is the mean over the answers of 1 - divergence from that mean. There
is always one: that people differ is what soft labels are there to keep.
"""

from collections.abc import Sequence
from math import fsum

from guiju.kinds.marked import NOTHING
from guiju.kinds.model import Merged
from guiju.kinds.soft.shape import Soft, by_share, labels_in, tidy


def distance(a: Soft, b: Soft) -> float:
    from guiju.stats.agreement.soft import jensen_shannon  # noqa: PLC0415 - NumPy, which only comparing needs

    labels = labels_in((a, b))
    return jensen_shannon(_with_rest(a, labels), _with_rest(b, labels)).divergence


def _with_rest(answer: Soft, labels: Sequence[str]) -> list[float]:
    shares = [max(0.0, answer.weights.get(label, 0.0)) for label in labels]
    rest = 1 - fsum(shares)
    return [*shares, rest if rest > 1e-6 else 0.0]


def merge(answers: Sequence[Soft]) -> Merged[Soft] | None:
    """The mean of them, or `None` of nothing."""
    n = len(answers)
    if n == 0:
        return None
    labels = labels_in(answers)
    mean = tidy(Soft({label: fsum(answer.weights.get(label, 0.0) for answer in answers) / n for label in labels}))
    behind = fsum(1 - distance(answer, mean) for answer in answers) / n
    return Merged(mean, behind, n)


def only(answer: Soft, label: str) -> Soft:
    return Soft({label: answer.weights[label]} if label in answer.weights else {})


def without(answer: Soft, label: str) -> Soft:
    return Soft({one: share for one, share in answer.weights.items() if one != label})


def confused(one: Soft, other: Soft) -> list[tuple[str, str]]:
    """The two labels with the largest share, where they differ."""
    a, b = _first(one), _first(other)
    return [] if a == b else [(a, b)]


def _first(answer: Soft) -> str:
    given = by_share(answer)
    return given[0][0] if given else NOTHING
