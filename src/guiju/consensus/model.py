"""Several answers, and the one that they come to."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from guiju.kinds import Answer, FieldShape
from guiju.kit import Sentence


@dataclass(frozen=True, slots=True)
class Decided:
    """One answer to every field, and how much of what was said stands behind it, in [0, 1]."""

    answers: Mapping[str, Answer]
    confidence: float


@dataclass(frozen=True, slots=True)
class Said:
    """One annotator's answers (JSON) to an item."""

    annotator_id: int
    answers: str


Method: TypeAlias = Callable[[Sequence[FieldShape], Mapping[int, Sequence[Said]], str], Mapping[int, Decided | None]]
"""All answers of a round by item, and the merge of what is no label → what each comes to, or `None`."""


@dataclass(frozen=True, slots=True)
class ResolvedItem:
    """An item that its answers decide; `answers` as JSON."""

    item_id: int
    answers: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Plan:
    """What a method makes of a round: the items it decides, and those it leaves to a person: the tied ones, and those
    whose answer is less sure than was asked for (`unsure`, with what it would have been).
    """

    method: str
    resolved: tuple[ResolvedItem, ...]
    ties: tuple[int, ...]
    unsure: tuple[ResolvedItem, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a round: `ties` and the `unsure` are left open; what was ruled before (`kept`) stands."""

    method: str
    resolved: int
    ties: tuple[int, ...]
    kept: int
    unsure: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Candidate:
    """A method beside the simplest: its score (accuracy on known answers, or log-probability of hidden ones), how much
    better it is with its 95% interval, and whether that is beyond chance. `refused` says why there is no score.
    """

    method: str
    score: float | None
    difference: float | None
    low: float | None
    high: float | None
    better: bool
    worse: bool
    refused: Sentence | None


@dataclass(frozen=True, slots=True)
class Advice:
    """Which method to trust for a field with one label to choose, why, and what that rests on."""

    field: str
    recommended: str
    because: Sentence
    basis: str
    candidates: tuple[Candidate, ...]
    answers: int
    sampled: bool


@dataclass(frozen=True, slots=True)
class Merging:
    """Which rule to merge by what is no single label, why, and the table that it rests on.

    Scores are mean likenesses, in [0, 1], to known answers (`basis` gold) or to answers that were hidden.
    """

    fields: tuple[str, ...]
    recommended: str
    because: Sentence
    basis: str
    candidates: tuple[Candidate, ...]
    items: int


@dataclass(frozen=True, slots=True)
class Advised:
    """All that is advised of a round."""

    labels: list[Advice]
    merging: Merging | None


@dataclass(frozen=True, slots=True)
class Run:
    """That a round was resolved: by which method, chosen by whom, beside which advice; below what it was left open."""

    method: str
    merge: str
    recommended: str | None
    because: Sentence | None
    at_least: float
    resolved: int
    ties: int
    unsure: int
    chosen_by: int
    at: int


@dataclass(frozen=True, slots=True)
class Leaning:
    """What the answers to an item would come to (JSON), less surely than was asked for."""

    answers: str
    confidence: float
    method: str
