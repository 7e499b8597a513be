"""How far two ratings are apart, and one rating from several."""

from collections.abc import Iterable, Sequence

from guiju.kinds.model import FieldShape, Level, Merged
from guiju.kinds.rating.scale import scale_of
from guiju.kinds.rating.shape import Rating


def distance(a: Rating, b: Rating) -> float:
    """d / (1 + d) of the difference d, a metric that needs no scale: 1 apart is .5, 3 apart .75; rated or not is 1.

    A trial's report knows the scale and reads the values themselves, by rank or as distances.
    """
    if a.value is None or b.value is None:
        return float(a.value is not b.value)
    difference = abs(a.value - b.value)
    return difference / (1 + difference)


def merge(answers: Sequence[Rating]) -> Merged[Rating] | None:
    """The median of those who rated, if more than half did; `None` where two values share the middle.

    The confidence is the share of all answers that are the median itself.
    """
    values = sorted(answer.value for answer in answers if answer.value is not None)
    unrated = len(answers) - len(values)
    if not answers or 2 * unrated == len(answers):
        return None
    if unrated > len(values):
        return Merged(Rating(None), unrated / len(answers), len(answers))
    low, high = values[(len(values) - 1) // 2], values[len(values) // 2]
    return None if low != high else Merged(Rating(low), values.count(low) / len(answers), len(answers))


def level(field: FieldShape, _answers: Iterable[Rating]) -> Level | None:
    """By rank or by distance, as the field's scale says."""
    scale = scale_of(field)
    return scale.apart if scale else None


def value(answer: Rating) -> float | None:
    return answer.value
