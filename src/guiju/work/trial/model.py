"""What a trial says: agreement with its interval, where it is lost, who is how far, and how the gate reads it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from guiju.kinds import Answer
from guiju.kit import Words


@dataclass(frozen=True, slots=True)
class Measured:
    """A figure over `n` items with its 95% interval; when there is none, `why` (a msgid) says why not."""

    value: float | None
    low: float | None = None
    high: float | None = None
    n: int = 0
    why: str | None = None


@dataclass(frozen=True, slots=True)
class Given:
    """One annotation: all its answers, and how long it took."""

    item_id: int
    annotator_id: int
    answers: Mapping[str, Answer]
    active_ms: int | None = None


@dataclass(frozen=True, slots=True)
class Answered:
    """One annotator's answer to one field of one item."""

    item_id: int
    annotator_id: int
    answer: Answer


@dataclass(frozen=True, slots=True)
class LabelLine:
    """Agreement on one label; `n` answers used it. `observed` is known where answers are sets of shapes."""

    label: str
    n: int
    alpha: float | None
    observed: float | None = None


@dataclass(frozen=True, slots=True)
class PairLine:
    """Two annotators (ids) on the `n` items that both answered; `kappa` where chance can be told from answers."""

    a: int
    b: int
    n: int
    observed: float
    kappa: float | None


@dataclass(frozen=True, slots=True)
class ConfusionLine:
    """Two labels given to the same thing; `items` names at most 50. An empty label says that one saw nothing there."""

    a: str
    b: str
    count: int
    items: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ItemLine:
    """An item and how far its annotators agree on it, in [0, 1]."""

    item_id: int
    observed: float
    answers: int


@dataclass(frozen=True, slots=True)
class PersonLine:
    """How far one annotator is: `answers` of the `items` that the round asks of them, and their median time."""

    annotator_id: int
    answers: int
    items: int
    median_ms: int | None


@dataclass(frozen=True, slots=True)
class FieldReport:
    """Agreement on one field of the rulebook, by its kind's own distance; `exact` is the observed agreement by its
    stricter one, where it has one."""

    field: str
    kind: str
    observed: Measured
    alpha: Measured
    labels: tuple[LabelLine, ...] = ()
    pairs: tuple[PairLine, ...] = ()
    confusions: tuple[ConfusionLine, ...] = ()
    worst: tuple[ItemLine, ...] = ()
    exact: Measured | None = None


@dataclass(frozen=True, slots=True)
class MajorityLine:
    """What the majority would resolve, and how right it is where the right answer is known (a tie counts its share)."""

    resolved: int
    ties: int
    accuracy: Measured


@dataclass(frozen=True, slots=True)
class GateReading:
    """What the gate reads from a figure, and why it opens or not. `reason` and `warning` are msgids with `places`."""

    passed: bool
    measure: str
    rule: str
    at_least: float
    figure: float | None
    low: float | None
    high: float | None
    n: int
    reason: str
    warning: str | None = None
    places: Mapping[str, object] = field(default_factory=dict[str, object])

    def sentence(self, words: Words) -> str:
        """The reason in the reader's language, and the warning behind it."""
        said = words(self.reason, **self.places)
        return f"{said} {words(self.warning, **self.places)}" if self.warning else said


@dataclass(frozen=True, slots=True)
class TrialReport:
    """All that a round with several annotators an item says. `last` names the answers that it was computed from."""

    round_id: int
    items: int
    annotators: int
    annotations: int
    last: int
    gate: GateReading
    fields: tuple[FieldReport, ...]
    people: tuple[PersonLine, ...] = ()
    majority: MajorityLine = MajorityLine(0, 0, Measured(None))

    def with_people(self, people: tuple[PersonLine, ...], majority: MajorityLine) -> "TrialReport":
        """The report with how far the annotators are, and what their majority says."""
        return replace(self, people=people, majority=majority)


@dataclass(frozen=True, slots=True)
class GateDecision:
    """A gate as it was decided; `reason` is signed by whoever opened a gate that had not passed."""

    round_id: int
    measure: str
    figure: float
    at_least: float
    passed: bool
    reason: str | None
    decided_by: int
    at: int
