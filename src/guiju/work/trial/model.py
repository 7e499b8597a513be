"""What a trial says: agreement with its interval, where it is lost, who is how far, and how the gate reads it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from guiju.kinds import Answer
from guiju.kit import N_, Sentence, Words

LIST_SEPARATOR = N_(", ")


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
    """One annotation: all its answers, how long it took, and the clauses that it cites."""

    item_id: int
    annotator_id: int
    answers: Mapping[str, Answer]
    active_ms: int | None = None
    clauses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answered:
    """One annotator's answer to one field of one item."""

    item_id: int
    annotator_id: int
    answer: Answer
    clauses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LabelLine:
    """Agreement on one label; `n` answers used it. `observed` is known where answers are sets of shapes.

    `low` and `high` are alpha's interval; `without` is the field's alpha with this label left out of every answer, and
    `gain` what that adds to it.
    """

    label: str
    n: int
    alpha: float | None
    observed: float | None = None
    low: float | None = None
    high: float | None = None
    without: float | None = None
    gain: float | None = None


@dataclass(frozen=True, slots=True)
class PairLine:
    """Two annotators (ids) on the `n` items that both answered; `kappa` where chance can be told from answers.

    `low` and `high` are the interval of `observed`.
    """

    a: int
    b: int
    n: int
    observed: float
    kappa: float | None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class StandingLine:
    """How one annotator stands to the others: agreement with them, and the field's alpha `without` them.

    `slips` are the things to which they gave another label than somebody else; of those, `missed` had none of theirs
    and `extra` none of the other's.
    """

    annotator_id: int
    observed: Measured
    without: float | None
    gain: float | None
    slips: int
    missed: int
    extra: int


@dataclass(frozen=True, slots=True)
class ClauseLine:
    """Agreement among `answers` that cite a clause, and between those and answers that do not."""

    clause: str
    answers: int
    observed: Measured
    against_others: float | None


@dataclass(frozen=True, slots=True)
class Blame:
    """The cause of a confusion: rule, person, item or unclear; its evidence, and whom it names (`people`, ids)."""

    name: str
    people: tuple[int, ...]
    evidence: Sentence

    def sentence(self, words: Words, names: Mapping[int, str]) -> str:
        """The evidence in the reader's language, with the people by name: the first three of them."""
        told = [names.get(one, str(one)) for one in self.people]
        shown = words(LIST_SEPARATOR).join(told[:3]) + (" …" if len(told) > 3 else "")
        return words(self.evidence.msgid, **{**self.evidence.places, "people": shown})


@dataclass(frozen=True, slots=True)
class ConfusionLine:
    """Two labels given to the same thing; `items` names at most 50. An empty label says that one saw nothing there.

    `share` is its part in all slips; `clause` the one to amend, where one can be told.
    """

    a: str
    b: str
    count: int
    items: tuple[int, ...]
    share: float = 0.0
    cause: Blame | None = None
    clause: str | None = None


@dataclass(frozen=True, slots=True)
class Matrix:
    """`counts[i][j]` things to which one gave `labels[i]` and another `labels[j]`, in pairs of answers; symmetric.

    The diagonal is where they agree. The empty label is last and says that one saw nothing there.
    """

    labels: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]


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
    standing: tuple[StandingLine, ...] = ()
    clauses: tuple[ClauseLine, ...] = ()
    matrix: Matrix | None = None


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
