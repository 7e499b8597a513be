"""The rulebook as a value: fields, labels, clauses, examples, checks, each with the line it stands on.

The `source` of an entry is the rulebook and version that it was taken over from.
"""

import enum
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as entry

from guiju.kit import N_
from guiju.kit.words import Bilingual

DRAFT = "draft"


class Polarity(enum.StrEnum):
    POSITIVE = "positive"
    NEGATIVE = "negative"
    BOUNDARY = "boundary"


POLARITY_NAMES = {
    Polarity.POSITIVE: N_("Positive example"),
    Polarity.NEGATIVE: N_("Negative example"),
    Polarity.BOUNDARY: N_("Boundary example"),
}


class Severity(enum.StrEnum):
    """An error keeps a rulebook from being published; a warning is for the trainer to weigh."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Label:
    """`parent` is the label under which it stands where the labels make a tree; `attributes` are the fields that are
    asked of what carries it, and of nothing else.

    `aliases` are ids that it had, or that were merged into it: answers of earlier versions are read by them.
    """

    id: str
    name: Bilingual
    definition: Bilingual
    color: str
    hotkey: str | None = None
    parent: str | None = None
    attributes: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    source: str = ""
    line: int = entry(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Field:
    """One thing asked of an item; `labels` are ids, in the order in which they are offered.

    `options` are what its kind can be told, as they were written. `target` is the `item`, each `turn`, or the id of a
    field above whose marked things it is asked about; `when` is the condition under which it is asked, `carried` the
    other one: that what is asked about carries a label of which this is an attribute.
    """

    id: str
    kind: str
    labels: tuple[str, ...]
    title: Bilingual
    target: str = "item"
    required: bool = True
    options: Mapping[str, object] = entry(default_factory=dict[str, object])
    when: str | None = None
    carried: str | None = None
    line: int = entry(default=0, compare=False)

    @property
    def condition(self) -> str | None:
        """All that must hold for it to be asked."""
        if self.when and self.carried:
            return f"{self.carried} && ({self.when})"
        return self.carried or self.when


@dataclass(frozen=True, slots=True)
class Check:
    """`expect` must hold for every answer (of a box field: every box) for which `when` holds."""

    id: str
    field: str
    expect: str
    message: Bilingual
    when: str | None = None
    clause: str | None = None
    source: str = ""
    line: int = entry(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Example:
    """A known answer and the clause it shows: a `text` of its own, or the `item` of that name in the project.

    `answer` is `{field: short form}`: a list of label ids, or of `{label, x, y, width, height}` in pixels.
    """

    id: str
    polarity: Polarity
    note: Bilingual
    label: str | None = None
    clause: str | None = None
    text: str | None = None
    item: str | None = None
    answer: Mapping[str, object] | None = None
    source: str = ""
    line: int = entry(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Clause:
    """A numbered rule: `C3.2`, its text in Markdown in both languages. `level` is 2, or 3 for a sub-clause.

    `over` are the clauses that it wins over where both would decide a case, `condition` is the question under which it
    decides at all; a sub-clause is only looked at where its clause decides.
    """

    id: str
    title: Bilingual
    text: Bilingual
    labels: tuple[str, ...] = ()
    level: int = 2
    over: tuple[str, ...] = ()
    condition: Bilingual | None = None
    source: str = ""
    line: int = entry(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Rulebook:
    """A whole document. `preface` is what stands above the first clause, as it was written."""

    title: Bilingual
    version: str
    fields: tuple[Field, ...]
    labels: tuple[Label, ...]
    checks: tuple[Check, ...] = ()
    examples: tuple[Example, ...] = ()
    clauses: tuple[Clause, ...] = ()
    preface: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with a rulebook: a code, msgids with places filled from `details`, and the line if known."""

    code: str
    severity: Severity
    sentence: str
    next_step: str
    details: Mapping[str, object]
    line: int = 0


@dataclass(frozen=True, slots=True)
class RulebookVersion:
    """A row of the rulebook's history; the one whose version is `draft` is still being written."""

    id: int
    project_id: int
    version: str
    document: str
    digest: str
    revision: int
    based_on: int | None
    created_by: int
    created_at: int
    published_by: int | None
    published_at: int | None

    @property
    def is_draft(self) -> bool:
        return self.version == DRAFT
