"""What all kinds share: what a field asks, what an item is, what can be wrong, and what a kind must be able to do."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Generic, Literal, Protocol, TypeAlias, TypeVar

import msgspec

from guiju.kit import Words

Media: TypeAlias = Literal["text", "image", "dialogue", "comparison", "audio"]
Column: TypeAlias = list[float] | list[str]
Asked: TypeAlias = Literal["number", "text", "truth"]
Level: TypeAlias = Literal["nominal", "ordinal", "interval"]
Condition: TypeAlias = Callable[[Mapping[str, Any]], Any]
Rect: TypeAlias = tuple[str, float, float, float, float]
"""A part as a rectangle: its label, left, top, right and bottom."""
Swap: TypeAlias = Callable[[str, str], str]
"""The label that stands from now on where another stood, given that label and the id of the part ("" of none)."""
A = TypeVar("A")

ITEM = "item"
TURN = "turn"
"""What a field can be asked of, beside the things that another field marks."""


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a field of a kind can be told beside its labels; a kind that takes options derives from it."""


OptionsOf = TypeVar("OptionsOf", bound=Options)
NO_OPTIONS = Options()


@dataclass(frozen=True)
class FieldShape:
    """What a field of a rulebook asks, as far as an answer can be checked against it.

    `labels` are ids in the rulebook's order; `options` are of the type that the kind names. `target` is what it is
    asked of: the `item`, each `turn` of a dialogue, or each thing that the field of that id marks. `when` says where
    it is asked at all, from the variables that `guiju.kinds.asking` gives; `None` is everywhere. Not slotted, since
    `rank` is computed once and kept.
    """

    id: str
    kind: str
    labels: tuple[str, ...]
    required: bool = True
    options: Options = NO_OPTIONS
    target: str = ITEM
    when: Condition | None = None

    @cached_property
    def rank(self) -> Mapping[str, int]:
        """The place of each label in the rulebook's order."""
        return {label: place for place, label in enumerate(self.labels)}

    def option(self, of: type[OptionsOf]) -> OptionsOf:
        """The options as those of one kind; its defaults where the field was given none."""
        return self.options if isinstance(self.options, of) else of()


@dataclass(frozen=True, slots=True)
class ItemShape:
    """What an answer must fit: a text of `length` characters, an image in pixels after EXIF orientation, a dialogue of
    `parts` turns, a comparison of `parts` answers, or a sound of `duration` milliseconds. `speakers` are those of a
    dialogue, turn for turn.
    """

    media: Media
    length: int = 0
    width: int = 0
    height: int = 0
    parts: int = 0
    duration: int = 0
    speakers: tuple[str, ...] = ()


class Part(Protocol):
    """What an answer is made of where it marks several things: each with an id of its own and a label."""

    @property
    def id(self) -> str: ...
    @property
    def label(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with an answer: a code for programs, msgids for people, and the places to fill in.

    `details` always name the `field`, and the `shape` where one shape is at fault.
    """

    code: str
    sentence: str
    next_step: str
    details: Mapping[str, object]

    def describe(self, words: Words) -> dict[str, object]:
        """In the reader's language, in the one shape of an error."""
        return {
            "code": self.code,
            "message": words(self.sentence, **self.details),
            "next": words(self.next_step, **self.details),
            "details": dict(self.details),
        }


@dataclass(frozen=True, slots=True)
class Merged(Generic[A]):
    """One answer from `n`, and how much of what was said stands behind it, in [0, 1]."""

    answer: A
    confidence: float
    n: int


def _no_parts(_answer: object) -> tuple[Part, ...]:
    return ()


def _as_it_is(answer: A, _label: str) -> A:
    return answer


def _written(value: object) -> object:
    return value


def _no_labels(answer: A, _swap: Swap) -> A:
    return answer


def _never_confused(_one: object, _other: object) -> list[tuple[str, str]]:
    return []


def _no_level(_field: FieldShape, _answers: Iterable[object]) -> Level | None:
    return None


def _no_value(_answer: object) -> str | float | None:
    return None


def _sound(_field: FieldShape) -> list[Problem]:
    return []


@dataclass(frozen=True, slots=True)
class Leaning(Generic[A]):
    """How a kind leans on another field's answer, as relations do on the spans that they join.

    `on` is the kind that the other field must be of, and `of` names it. `faults` is what is wrong with a field beside
    the other (`None` where there is none), `check` what is wrong with an answer beside the other's. `resolve` writes
    into an answer what it reads in the other, and `rewire` makes a merged answer one of the merged other; `None` where
    that cannot be.
    """

    on: str
    of: Callable[[FieldShape], str]
    faults: Callable[[FieldShape, FieldShape | None], list[Problem]]
    check: Callable[[A, FieldShape, object], list[Problem]]
    resolve: Callable[[A, FieldShape, object], A]
    rewire: Callable[[A, object], A | None]


@dataclass(frozen=True, slots=True)
class Kind(Generic[A]):
    """A kind of answer, as functions on it.

    `title` is a msgid; `icon` names the picture and `hotkey` the key that picks its tool; `media` what it fits.
    `tidy` brings an answer into the form that is stored (idempotent). `is_finite` says whether its numbers are.
    `normalise` orders it as the rulebook does. `check` finds every problem of an answer to a field on an item.
    `distance` is symmetric, 0 for equal answers, in [0, 1]. `merge` gives `None` when the answers do not decide.
    `labels_of` counts the labels used. `columns` are the variables of rule checks, equally long lists, and `asks` the
    types of those variables. `summary` is one short line for lists, in no language.

    `options` is what its fields can be told, `hint` an example of them, `faults` what is wrong with a field as a whole;
    `labelled` says whether it needs labels. `parts` are the things marked, `expand` turns the short form that examples
    write into the wire's. For the trial's report: `only` leaves one label's share of an answer and `without` all
    but that, `confused` names the labels that two answers give to one thing ("" where only one saw it), and where all
    answers of a field are single values, `level` says how they compare and `value` gives them. `exactly` is a stricter
    distance, told beside the other. `flat` gives the parts as rectangles, and whether their IoU is all that `distance`
    and `confused` go by; else they are bounds, and parts whose bounds share nothing share nothing. `shares` gives
    an answer as the share of each label, where `distance` is the divergence of these and of what is left. `relabel`
    puts other labels in their places; where two become one, nothing that an answer says of either is lost. `leans` is
    there where an answer can only be read beside another field's.
    """

    name: str
    title: str
    icon: str
    hotkey: str
    media: frozenset[Media]
    answer_type: type[A]
    tidy: Callable[[A], A]
    is_finite: Callable[[A], bool]
    normalise: Callable[[A, FieldShape], A]
    check: Callable[[A, FieldShape, ItemShape], list[Problem]]
    distance: Callable[[A, A], float]
    merge: Callable[[Sequence[A]], Merged[A] | None]
    labels_of: Callable[[A], dict[str, int]]
    columns: Callable[[A, ItemShape], dict[str, Column]]
    summary: Callable[[A], str]
    asks: Mapping[str, Asked] = field(default_factory=dict[str, Asked])
    options: type[Options] = Options
    hint: str = ""
    faults: Callable[[FieldShape], list[Problem]] = _sound
    labelled: bool = True
    parts: Callable[[A], Sequence[Part]] = _no_parts
    expand: Callable[[Any], object] = _written
    only: Callable[[A, str], A] = _as_it_is
    without: Callable[[A, str], A] = _as_it_is
    relabel: Callable[[A, Swap], A] = _no_labels
    confused: Callable[[A, A], list[tuple[str, str]]] = _never_confused
    level: Callable[[FieldShape, Iterable[A]], Level | None] = _no_level
    value: Callable[[A], str | float | None] = _no_value
    exactly: Callable[[A, A], float] | None = None
    flat: Callable[[A], tuple[bool, list[Rect]]] | None = None
    shares: Callable[[A], Mapping[str, float]] | None = None
    leans: Leaning[A] | None = None

    @property
    def marks(self) -> bool:
        """Whether an answer is made of things marked on the item, each of which can be asked about."""
        return self.parts is not _no_parts


AnyKind: TypeAlias = Kind[Any]
