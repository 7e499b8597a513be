"""What a field of soft labels can be told: out of how many points its shares are given, and how many a key gives."""

from guiju.kinds.model import FieldShape, Options, Problem
from guiju.kinds.problems import problem
from guiju.kit import N_

MOST_POINTS = 100


class SoftOptions(Options, frozen=True):
    """`points` is the whole, 2 to 100; `step` what one press of a key gives or takes."""

    points: int = 10
    step: int = 1


unsound = problem(
    "points-unsound",
    N_("Field “{field}”: {points} points in steps of {step} cannot be given."),
    N_("Take 2 to {limit} points, and a step from 1 to half of them."),
)


def faults(field: FieldShape) -> list[Problem]:
    """What is wrong with a field's points."""
    told = field.option(SoftOptions)
    if 2 <= told.points <= MOST_POINTS and 1 <= told.step <= told.points // 2:
        return []
    return [unsound(field=field.id, points=told.points, step=told.step, limit=MOST_POINTS)]
