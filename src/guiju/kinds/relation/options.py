"""What a field of relations can be told: whose spans it joins, and which of them a label may join."""

from collections.abc import Mapping
from functools import cached_property

import msgspec

from guiju.kinds.model import FieldShape, Options, Problem
from guiju.kinds.problems import problem
from guiju.kit import N_


class Allowed(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"origin": "from", "goal": "to"}):
    """The labels of spans that a label may go `from` and `to`, all where none is named; `symmetric` has none."""

    origin: tuple[str, ...] = ()
    goal: tuple[str, ...] = ()
    symmetric: bool = False

    def joins(self, origin: str, goal: str) -> bool:
        return self._fits(origin, goal) or (self.symmetric and self._fits(goal, origin))

    def _fits(self, origin: str, goal: str) -> bool:
        return (not self.origin or origin in self.origin) and (not self.goal or goal in self.goal)


ANY = Allowed()


class RelationOptions(Options, frozen=True, dict=True):
    """`of` is the field whose spans are joined; `ends` what each label may join, anything where it is not named."""

    of: str = ""
    ends: Mapping[str, Allowed] = msgspec.field(default_factory=dict[str, Allowed])

    @cached_property
    def undirected(self) -> frozenset[str]:
        return frozenset(label for label, rule in self.ends.items() if rule.symmetric)


of_missing = problem(
    "of-missing",
    N_("Field “{field}” does not say whose spans it relates."),
    N_("Write options: of: and the id of a span field above it."),
)
of_unknown = problem(
    "of-unknown",
    N_("Field “{field}” relates the spans of “{other}”, which is no span field above it."),
    N_("Write the id of a field of kind span that stands above this one and is asked of the whole item."),
)
ends_of_other_label = problem(
    "ends-of-other-label",
    N_("Field “{field}” says what “{label}” may join, which is none of its labels."),
    N_("Take it away, or list the label in the field."),
)
ends_unknown_label = problem(
    "ends-unknown-label",
    N_("Field “{field}”: “{label}” may join “{end}”, which is no label of field “{other}”."),
    N_("Write the id of a label of that field."),
)


def faults(field: FieldShape) -> list[Problem]:
    """What is wrong with a field's options in themselves."""
    options = field.option(RelationOptions)
    return [
        *([] if options.of else [of_missing(field=field.id)]),
        *(ends_of_other_label(field=field.id, label=label) for label in options.ends if label not in field.rank),
    ]


def faults_beside(field: FieldShape, parent: FieldShape | None) -> list[Problem]:
    """What is wrong with them given the field whose spans are joined; `None` where there is no such field."""
    options = field.option(RelationOptions)
    if not options.of:
        return []
    if parent is None:
        return [of_unknown(field=field.id, other=options.of)]
    return [
        ends_unknown_label(field=field.id, label=label, end=end, other=parent.id)
        for label, rule in options.ends.items()
        for end in dict.fromkeys((*rule.origin, *rule.goal))
        if end not in parent.rank
    ]
