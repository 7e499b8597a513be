"""What a field of keypoints is told: the names of its points, and which of them are joined."""

from collections import Counter

import msgspec

from guiju.kinds.model import FieldShape, Options, Problem
from guiju.kinds.problems import problem
from guiju.kit import N_

MOST_JOINTS = 200


class Joint(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A point of the figure: its id, and its name in both languages."""

    id: str
    zh: str = ""
    en: str = ""


class KeypointOptions(Options, frozen=True):
    """`points` in the order in which they are put; `skeleton` joins them by their ids, to be seen."""

    points: tuple[Joint, ...]
    skeleton: tuple[tuple[str, str], ...] = ()


no_points = problem(
    "no-joints",
    N_("Field “{field}” names {count} points; a figure has 1 to {limit}."),
    N_("List the points of the figure, each with an id."),
)
point_twice = problem(
    "joint-twice",
    N_("Field “{field}” has two points “{joint}”."),
    N_("Give each point its own id."),
)
unknown_point = problem(
    "unknown-joint",
    N_("The skeleton of field “{field}” joins “{joint}”, which is no point of the figure."),
    N_("Write the id of a point above."),
)


def joints_of(field: FieldShape) -> tuple[Joint, ...]:
    """The points of a field's figure; none where it was given no options."""
    return field.options.points if isinstance(field.options, KeypointOptions) else ()


def limbs_of(field: FieldShape) -> tuple[tuple[str, str], ...]:
    """The pairs of points that are joined."""
    return field.options.skeleton if isinstance(field.options, KeypointOptions) else ()


def faults(field: FieldShape) -> list[Problem]:
    """What is wrong with a field's figure."""
    if not isinstance(field.options, KeypointOptions):
        return []
    names = [joint.id for joint in field.options.points]
    if not 1 <= len(names) <= MOST_JOINTS:
        return [no_points(field=field.id, count=len(names), limit=MOST_JOINTS)]
    twice = [point_twice(field=field.id, joint=name[:40]) for name, n in Counter(names).items() if n > 1]
    ends = dict.fromkeys(end for pair in field.options.skeleton for end in pair)
    return twice + [unknown_point(field=field.id, joint=end[:40]) for end in ends if end not in names]
