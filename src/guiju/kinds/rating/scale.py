"""The scale of a rating: from `low` to `high` by `step`, with words at some of its points."""

from typing import Literal, TypeAlias

import msgspec

from guiju.kinds.model import FieldShape, Options, Problem
from guiju.kinds.problems import problem
from guiju.kit import N_

Apart: TypeAlias = Literal["ordinal", "interval"]
MOST_POINTS = 101


class Anchor(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a point of the scale means, in both languages."""

    at: float
    zh: str = ""
    en: str = ""


class Scale(Options, frozen=True):
    """`apart` says how the trial's report reads differences: by rank only (`ordinal`), or as distances (`interval`)."""

    low: float
    high: float
    step: float = 1.0
    anchors: tuple[Anchor, ...] = ()
    apart: Apart = "ordinal"

    @property
    def steps(self) -> float:
        """How many steps lie between its ends; whole where the scale is sound."""
        return (self.high - self.low) / self.step if self.step else 0.0

    @property
    def is_sound(self) -> bool:
        """It rises, by whole steps, to its end, and is no longer than people can tell apart."""
        rises = self.step > 0 and self.low < self.high
        return rises and abs(self.steps - round(self.steps)) < 1e-6 and self.steps < MOST_POINTS

    def has(self, value: float) -> bool:
        """Whether `value` is a point of the scale.

        >>> Scale(1, 5).has(3), Scale(1, 5).has(3.5), Scale(1, 5, 0.5).has(3.5), Scale(1, 5).has(6)
        (True, False, True, False)
        """
        steps = (value - self.low) / self.step
        return self.low <= value <= self.high and abs(steps - round(steps)) < 1e-6


unsound = problem(
    "scale-unsound",
    N_("Field “{field}”: from {low} to {high} by {step} is no scale."),
    N_("Let it rise from low to high by at most 100 whole steps."),
)
off_scale = problem(
    "anchor-off-scale",
    N_("Field “{field}”: the anchor at {at} is at no point of the scale, or one of two there."),
    N_("Put one anchor at a point."),
)


def scale_of(field: FieldShape) -> Scale | None:
    return field.options if isinstance(field.options, Scale) else None


def faults(field: FieldShape) -> list[Problem]:
    """What is wrong with a field's scale."""
    scale = scale_of(field)
    if scale is None:
        return []
    if not scale.is_sound:
        shown = {"low": f"{scale.low:g}", "high": f"{scale.high:g}", "step": f"{scale.step:g}"}
        return [unsound(field=field.id, **shown)]
    places = [anchor.at for anchor in scale.anchors]
    return [off_scale(field=field.id, at=f"{at:g}") for at in places if not scale.has(at) or places.count(at) > 1]
