"""What all kinds share: what a field asks, what an item is, what can be wrong, and what a kind must be able to do."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Generic, Literal, TypeAlias, TypeVar

from guiju.kinds.scale import Scale
from guiju.kit import Words

Media: TypeAlias = Literal["text", "image"]
Column: TypeAlias = list[float] | list[str]
A = TypeVar("A")


@dataclass(frozen=True)
class FieldShape:
    """What a field of a rulebook asks, as far as an answer can be checked against it.

    `labels` are ids in the rulebook's order; `scale` is what a rating is a point of. Not slotted, since `rank` is
    computed once and kept.
    """

    id: str
    kind: str
    labels: tuple[str, ...]
    required: bool = True
    multiple: bool = False
    nested: bool = True
    scale: Scale | None = None

    @cached_property
    def rank(self) -> Mapping[str, int]:
        """The place of each label in the rulebook's order."""
        return {label: place for place, label in enumerate(self.labels)}


@dataclass(frozen=True, slots=True)
class ItemShape:
    """What an answer must fit: a text of `length` characters, or an image in pixels after EXIF orientation."""

    media: Media
    length: int = 0
    width: int = 0
    height: int = 0


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


@dataclass(frozen=True, slots=True)
class Kind(Generic[A]):
    """A kind of answer, as functions on it.

    `title` is a msgid; `icon` names the picture and `hotkey` the key that picks its tool; `media` what it fits.
    `tidy` brings an answer into the form that is stored (idempotent). `is_finite` says whether its numbers are.
    `normalise` orders it as the rulebook does. `check` finds every problem of an answer to a field on an item.
    `distance` is symmetric, 0 for equal answers, in [0, 1]. `merge` gives `None` when the answers do not decide.
    `labels_of` counts the labels used. `columns` are the variables of rule checks, equally long lists. `summary` is
    one short line for lists, in no language.
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


AnyKind: TypeAlias = Kind[Any]
