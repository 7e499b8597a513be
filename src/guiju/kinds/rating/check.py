"""What can be wrong with a rating."""

from math import isfinite

from guiju.kinds.model import FieldShape, ItemShape, Problem
from guiju.kinds.problems import problem
from guiju.kinds.rating.scale import scale_of
from guiju.kinds.rating.shape import Rating, written
from guiju.kit import N_

not_rated = problem("not-rated", N_("“{field}” is not rated."), N_("Choose a point of its scale."))
off_scale = problem(
    "off-scale",
    N_("{value} is no point of the scale of “{field}”: {low} to {high} by {step}."),
    N_("Choose a point of the scale."),
)


def check(answer: Rating, field: FieldShape, _item: ItemShape) -> list[Problem]:
    """A point of the scale, or none where the field may be left out."""
    scale = scale_of(field)
    if answer.value is None:
        return [not_rated(field=field.id)] if field.required else []
    if scale is None or (isfinite(answer.value) and scale.has(answer.value)):
        return []
    low, high, step = (written(each) for each in (scale.low, scale.high, scale.step))
    return [off_scale(field=field.id, value=written(answer.value), low=low, high=high, step=step)]
