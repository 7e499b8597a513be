"""A mapping of labels, a line for each; what is suggested and why; an answer said in other labels."""

import enum
from collections.abc import Mapping as Map
from dataclasses import dataclass

from guiju.kinds import Answer, kind_of, relabel_answers, same_everywhere
from guiju.kinds.model import Swap
from guiju.kit import N_


class How(enum.StrEnum):
    BECOMES = "becomes"
    RECHECK = "recheck"
    NONE = "none"


HOW_NAMES = {
    How.BECOMES: N_("becomes"),
    How.RECHECK: N_("becomes, and somebody looks at it again"),
    How.NONE: N_("has no counterpart"),
}


class Because(enum.StrEnum):
    DECIDED = "decided"
    REMEMBERED = "remembered"
    TOGETHER = "together"
    SAME = "same"
    NAMED = "named"
    ALIKE = "alike"
    NOTHING = "nothing"


BECAUSE_NAMES = {
    Because.DECIDED: N_("decided"),
    Because.REMEMBERED: N_("so it was decided for labels of these names before"),
    Because.TOGETHER: N_("items that lie under both have both"),
    Because.SAME: N_("the same id and name"),
    Because.NAMED: N_("the same name"),
    Because.ALIKE: N_("names or definitions that read alike"),
    Because.NOTHING: N_("nothing like it was found"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """What one label of one field is in the other rulebook."""

    field: str
    label: str
    how: How
    to_field: str | None = None
    to_label: str | None = None


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A line with its reason; `deposits` carry the label, `together` items say so under both rulebooks."""

    line: Line
    because: Because
    deposits: int = 0
    together: int = 0


@dataclass(frozen=True, slots=True)
class Applied:
    """An answer in the other rulebook's labels: nothing where nothing of it is left. `lost` labels had none."""

    answers: dict[str, Answer] | None
    recheck: bool
    lost: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mapping:
    """Decided lines by `(field, label)`, and the field that each field becomes."""

    lines: Map[tuple[str, str], Line]
    fields: Map[str, str]

    def apply(self, answers: Map[str, Answer]) -> Applied:
        """The answers in the other rulebook's labels. What has no counterpart is taken out, and named."""
        kept, lost, recheck = dict[str, Answer](), list[str](), False
        for field, answer in answers.items():
            kind = kind_of(answer)
            used = kind.labels_of(answer)
            gone = [label for label in used if self.how(field, label) is How.NONE]
            recheck = recheck or any(self.how(field, label) is How.RECHECK for label in used)
            for label in gone:
                answer = kind.without(answer, label)  # noqa: PLW2901 - the answer with less and less in it
            lost += gone
            if not used or kind.labels_of(answer):
                kept[field] = answer
        swapped = relabel_answers(kept, {field: self._swap(field) for field in kept if field in self.fields})
        said = {self.fields.get(field, field): answer for field, answer in swapped.items()}
        return Applied(said or None, recheck or bool(lost), tuple(sorted(set(lost))))

    def how(self, field: str, label: str) -> How:
        line = self.lines.get((field, label))
        return line.how if line else How.NONE

    def _swap(self, field: str) -> Swap:
        names = {label: line.to_label or label for (of, label), line in self.lines.items() if of == field}
        return same_everywhere(names)


@dataclass(frozen=True, slots=True)
class Known:
    """A rulebook of the bank, seen from a project: what was decided, how much lies under it."""

    rulebook_id: int
    project_id: int
    project: str
    version: str
    deposits: int
    is_mapped: bool
