"""How far two texts are apart, and one text from several.

Distance: insertions, deletions and replacements of characters (code points) that turn one into the other, by the length
of the longer: Levenshtein / max(|a|, |b|). 0 for equal texts, 1 for texts that share no character in order.

Merge: the text that more than half wrote. Else, of three answers or more, the medoid: the one that is nearest to all
others on average, if there is one such text and it is at least `ALIKE` to them; its confidence is that likeness. Texts
that differ more (free translations do) are no consensus, and go to a person.
"""

from collections import Counter
from collections.abc import Sequence
from math import fsum

from guiju.kinds.model import Merged
from guiju.kinds.text.shape import Written, tidied

ALIKE = 0.8


def distance(a: Written, b: Written) -> float:
    return apart(tidied(a.text), tidied(b.text))


def apart(one: str, other: str) -> float:
    """
    >>> apart("on its way", "on its day"), apart("好", "好"), apart("", "好")
    (0.1, 0.0, 1.0)
    """
    if one == other:
        return 0.0
    from rapidfuzz.distance import Levenshtein  # noqa: PLC0415 - only comparing needs it

    return Levenshtein.normalized_distance(one, other)


def merge(answers: Sequence[Written]) -> Merged[Written] | None:
    """The majority's text, else the medoid, or `None`."""
    if not answers:
        return None
    n = len(answers)
    (first, count), *_ = Counter(tidied(answer.text) for answer in answers).most_common(1)
    return Merged(Written(first), count / n, n) if 2 * count > n else _medoid(answers)


def _medoid(answers: Sequence[Written]) -> Merged[Written] | None:
    texts = Counter(tidied(answer.text) for answer in answers)
    n = texts.total()
    if n < 3:
        return None
    away = {one: fsum(apart(one, other) * times for other, times in texts.items()) / (n - 1) for one in texts}
    nearest = min(away.values())
    found = [text for text, far in away.items() if far == nearest]
    if len(found) > 1 or 1 - nearest < ALIKE:
        return None
    return Merged(Written(found[0]), 1 - nearest, n)
