"""What a recipe makes of an item, what a preview says of it, and whether somebody must confirm it. Pure."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

import msgspec

from guiju.cleaning.recipes import errors
from guiju.cleaning.recipes.model import Around, Counts, Outcome, Piece, StepSaid, Tally
from guiju.cleaning.recipes.steps import STEPS, Step
from guiju.cleaning.recipes.steps.model import length_of, texts_of
from guiju.data import Media
from guiju.data.intake.errors import ImportRefused, RecordRefused
from guiju.kit import Mark, compare_texts

MOST_STEPS = 30
MOST_PIECES = 5_000
CONFIRMED_FROM = 0.5
SHOWN = 1_200
_AROUND = 60


@dataclass(frozen=True, slots=True)
class ReadyStep:
    """A step with its options read."""

    step: Step
    options: msgspec.Struct


def ready(said: Sequence[StepSaid]) -> list[ReadyStep]:
    """The steps with their options. Raises `RecipeEmpty`, `StepUnknown`, `StepOptionWrong`, `RecipeUnreadable`."""
    if not said:
        raise errors.RecipeEmpty
    if len(said) > MOST_STEPS:
        raise errors.RecipeUnreadable(fault=f"{len(said)} > {MOST_STEPS} steps")
    return [_ready(place, one) for place, one in enumerate(said, 1)]


def _ready(place: int, said: StepSaid) -> ReadyStep:
    step = STEPS.get(said.step)
    if step is None:
        raise errors.StepUnknown(step=said.step[:60], known=", ".join(STEPS))
    try:
        return ReadyStep(step, msgspec.convert(said.options, step.options))
    except msgspec.ValidationError as error:
        raise errors.StepOptionWrong(place=place, step=said.step, fault=str(error)[:200]) from error


def plan_first_steps(media: Collection[Media]) -> list[StepSaid]:
    """What a new recipe begins with, for items of these kinds; the steps for texts where there are none.

    >>> [each.step for each in plan_first_steps([Media.IMAGE])]
    ['fit', 'picture']
    """
    files = [code for code, one in (("picture", Media.IMAGE), ("sound", Media.AUDIO)) if one in media]
    written = not files or any(one.is_written for one in media)
    codes = (*(["fit"] if files else []), *files, *(("mojibake", "width", "spaces", "mask") if written else ()))
    return [StepSaid(code) for code in codes]


def tidy(steps: Iterable[ReadyStep]) -> tuple[StepSaid, ...]:
    """What the steps are told, every option with its value: the same recipe is the same document."""
    return tuple(StepSaid(one.step.code, msgspec.json.decode(msgspec.json.encode(one.options))) for one in steps)


def media_of(steps: Iterable[ReadyStep]) -> frozenset[Media]:
    """What the recipe can change: only of such items the files are read."""
    return frozenset(media for one in steps for media in one.step.media)


@dataclass(frozen=True, slots=True)
class Made:
    """What became of one item: the pieces that stand for it, and what each step did."""

    outcome: Outcome
    pieces: list[Piece]
    tallies: list[Tally]
    masked: bool
    lost: int
    fault: RecordRefused | ImportRefused | None = None


def carry_out(piece: Piece, steps: Sequence[ReadyStep], key: bytes) -> Made:
    """Let a piece go through the steps. A step that fails leaves the item as it was, with the reason named."""
    around = Around(key)
    tallies = [Tally() for _ in steps]
    pieces = [piece]
    for place, one in enumerate(steps):
        try:
            pieces = _through(pieces, one, around, tallies[place])
            if len(pieces) > MOST_PIECES:
                raise errors.StepFailed(place=place + 1, step=one.step.code, fault=f"> {MOST_PIECES} pieces")
        except RecordRefused as refusal:
            return _failed(piece, tallies, place, refusal)
        except Exception as fault:  # noqa: BLE001 - a step is a plug-in: whatever it raises stops at its item
            said = f"{type(fault).__name__}: {fault}"[:200]
            return _failed(piece, tallies, place, errors.StepFailed(place=place + 1, step=one.step.code, fault=said))
    return Made(_outcome(piece, pieces), pieces, tallies, around.masked > 0, _lost(piece, pieces, around))


def _failed(piece: Piece, tallies: list[Tally], place: int, refusal: RecordRefused) -> Made:
    tallies[place].failed += 1
    return Made(Outcome.FAILED, [piece], tallies, masked=False, lost=0, fault=refusal)


def _through(pieces: list[Piece], one: ReadyStep, around: Around, tally: Tally) -> list[Piece]:
    out: list[Piece] = []
    for piece in pieces:
        if piece.media not in one.step.media:
            out.append(piece)
            continue
        made = one.step.run(piece, one.options, around)
        tally.seen += 1
        tally.dropped += not made
        tally.split += len(made) > 1
        tally.changed += len(made) == 1 and made[0] != piece
        out += made
    return out


def _outcome(piece: Piece, pieces: list[Piece]) -> Outcome:
    if not pieces:
        return Outcome.DROPPED
    if len(pieces) > 1:
        return Outcome.SPLIT
    return Outcome.UNCHANGED if pieces[0] == piece else Outcome.CHANGED


def _lost(piece: Piece, pieces: list[Piece], around: Around) -> int:
    """Characters that are gone: what was masked, and what came out shorter. A dropped item counts as an item only."""
    before = length_of(piece)
    if not pieces:
        return 0
    return min(before, max(around.lost, before - sum(map(length_of, pieces))))


def must_confirm(erased: float, dropped: float) -> bool:
    """Whether so much would be lost that somebody has to say that it is meant."""
    return erased >= CONFIRMED_FROM or dropped >= CONFIRMED_FROM


def add_up(counts: Counts, made: Made) -> None:
    """Take one item's outcome into the counts."""
    setattr(counts, made.outcome.value, getattr(counts, made.outcome.value) + 1)
    if not made.tallies:  # it never came to the steps
        return
    if not counts.steps:
        counts.steps = [Tally() for _ in made.tallies]
    for total, tally in zip(counts.steps, made.tallies, strict=True):
        total.add(tally)


def marks_of(before: Piece, after: Sequence[Piece]) -> list[Mark]:
    """The text before and after with the differences marked; of a long one the part around the first of them."""
    old = "\n".join(texts_of(before))
    new = "\n\n".join("\n".join(texts_of(piece)) for piece in after)
    start = _common(old, new)
    low = max(0, start - _AROUND)
    marks = compare_texts(old[low : low + SHOWN], new[low : low + SHOWN])
    head = [Mark("same", "…")] if low else []
    tail = [Mark("same", "…")] if max(len(old), len(new)) > low + SHOWN else []
    return [*head, *marks, *tail]


def _common(old: str, new: str) -> int:
    for place, (a, b) in enumerate(zip(old, new, strict=False)):
        if a != b:
            return place
    return min(len(old), len(new))
