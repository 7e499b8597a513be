"""A right answer that is known, and what an answer to it is worth."""

from dataclasses import dataclass

from guiju.rulings.model import ReferenceOrigin


@dataclass(frozen=True, slots=True)
class Known:
    """A reference that can be asked about: of an item, or of a `text` that is no item yet.

    `answers` is what is right, `{field: answer}` as JSON, `labels` every label in it; `polarity` is an example's.
    """

    id: int
    origin: ReferenceOrigin
    origin_id: str
    item_id: int | None
    text: str | None
    answers: str
    labels: tuple[str, ...]
    polarity: str | None
    clause: str | None


@dataclass(frozen=True, slots=True)
class Marked:
    """What an answer is worth, in [0, 1]: as a whole, and for each label that either answer gives."""

    score: float
    labels: tuple[tuple[str, float], ...]
