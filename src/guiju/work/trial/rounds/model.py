"""What changed between two rounds, of every field that both asked."""

from dataclasses import dataclass

from guiju.kit import Sentence


@dataclass(frozen=True, slots=True)
class Moved:
    """Agreement before and after over items, with the difference, its 95% interval and p; `None` of too few items.

    `verdict` is better, worse, unshown or too-few; `paired` says whether the same items were compared one by one.
    """

    verdict: str
    paired: bool
    n_before: int
    n_after: int
    before: float | None
    after: float | None
    difference: float | None
    low: float | None
    high: float | None
    p: float | None
    meaning: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class LabelChange:
    """One label: agreement on the things that anybody gave it to. p is adjusted for the number of labels (Holm)."""

    label: str
    moved: Moved


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field, with its labels: what got better first, then what got worse."""

    field: str
    moved: Moved
    alpha_before: float | None
    alpha_after: float | None
    labels: tuple[LabelChange, ...]


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two rounds: its id and number, the rulebook's version, and how much was answered."""

    round_id: int
    number: int
    version: str
    items: int
    annotators: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """The earlier round against the later one. `shared` items stand in both."""

    before: Side
    after: Side
    shared: int
    fields: tuple[FieldChange, ...]
