"""From what a file says to answers under the rulebook, or the reason why not. Pure."""

from typing import Final

from guiju.annotations.imports import errors
from guiju.annotations.imports.model import Answers, ItemRow, Mark, RawBox, RefusedMark
from guiju.kinds import Box, Boxes, Choice, FieldShape, ItemShape, check_answers, encode_answers, normalise_answers
from guiju.kit import Refusal
from guiju.rulebooks import CompiledRulebook

CHOICE: Final = "choice"
BOX: Final = "box"


def refuse(mark: Mark, refusal: Refusal) -> RefusedMark:
    """A refusal of one record, as it is listed."""
    said = refusal.problem if isinstance(refusal, errors.AnswerNotAllowed) else refusal
    return RefusedMark(mark.position, mark.item, mark.annotator, said.code, said.sentence, dict(refusal.details))


def label_names(rulebook: CompiledRulebook, field: FieldShape) -> dict[str, str]:
    """What a file may call each label of the field: its id, or its name in either language if no two share it."""
    names: dict[str, str] = {}
    twice: set[str] = set()
    for label in field.labels:
        for name in {_plain(text) for text in rulebook.labels[label].name.values() if text}:
            if names.setdefault(name, label) != label:
                twice.add(name)
    known = {name: label for name, label in names.items() if name not in twice}
    return {**known, **{_plain(label): label for label in field.labels}, **{label: label for label in field.labels}}


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()


class Answering:
    """Turns marks into stored answers under one rulebook; equal choices are looked at once."""

    def __init__(self, rulebook: CompiledRulebook, *, field: str = "", clip: bool = False) -> None:
        self._rulebook = rulebook
        self._field, self._clip = field, clip
        self._names = {shape.id: label_names(rulebook, shape) for shape in rulebook.fields}
        self._known: dict[tuple[str, str, tuple[str, ...]], str] = {}

    def answers_of(self, mark: Mark, item: ItemRow) -> str:
        """The mark's answers as JSON. Raises `Refusal` (of this one record)."""
        if mark.labels is None:
            return self._stored(self._boxes(mark, item), item)
        key = (mark.field, item.media, mark.labels)
        if key not in self._known:
            self._known[key] = self._stored(self._choice(mark.field, mark.labels), item)
        return self._known[key]

    def gold_of(self, mark: Mark, item: ItemRow) -> str | None:
        """The right answer that the record knows, or `None`; one outside of the rulebook is no right answer."""
        if not mark.gold or mark.labels is None:
            return None
        try:
            return self.answers_of(Mark(mark.position, mark.item, "", (mark.gold,), field=mark.field), item)
        except Refusal:
            return None

    def find_field(self, wanted: str, kind: str) -> FieldShape | None:
        """The field meant: the one told for all, else the one that the file names, else the first of that kind."""
        fitting = [shape for shape in self._rulebook.fields if shape.kind == kind]
        if self._field:
            return next((shape for shape in fitting if shape.id == self._field), None)
        return next((shape for shape in fitting if shape.id == wanted), fitting[0] if fitting else None)

    def _meant(self, wanted: str, kind: str) -> FieldShape:
        found = self.find_field(wanted, kind)
        if found is None:
            raise errors.WrongFieldKind(field=self._field or wanted or "–", kind=kind)
        return found

    def _choice(self, wanted: str, labels: tuple[str, ...]) -> Answers:
        field = self._meant(wanted, CHOICE)
        return {field.id: Choice(tuple(self._label(field, label) for label in labels))}

    def _label(self, field: FieldShape, text: str) -> str:
        names = self._names[field.id]
        found = names.get(text) or names.get(_plain(text))
        if found is None:
            raise errors.LabelNotInRulebook(label=text[:80], field=field.id)
        return found

    def _boxes(self, mark: Mark, item: ItemRow) -> Answers:
        field = self._meant(mark.field, BOX)
        drawn = [in_pixels(box, item) for box in mark.boxes or ()]
        placed = [clipped(box, item) for box in drawn] if self._clip else drawn
        named = (
            Box(f"i{number}", self._label(field, box.label), box.x, box.y, box.w, box.h)
            for number, box in enumerate(placed, start=1)
        )
        return {field.id: Boxes(tuple(named))}

    def _stored(self, answers: Answers, item: ItemRow) -> str:
        shape = ItemShape("image" if item.media == "image" else "text", item.size, item.width, item.height)
        problems = check_answers(answers, self._rulebook.fields, shape)
        if problems:
            raise errors.AnswerNotAllowed(problems[0])
        return encode_answers(normalise_answers(answers, self._rulebook.fields)).decode()


def in_pixels(box: RawBox, item: ItemRow) -> RawBox:
    """A box in percent of the image (Label Studio) as pixels."""
    if not box.percent:
        return box
    across, down = item.width / 100, item.height / 100
    return RawBox(box.label, box.x * across, box.y * down, box.w * across, box.h * down)


def clipped(box: RawBox, item: ItemRow) -> RawBox:
    """The part of a box that lies inside the image."""
    left, top = max(0.0, box.x), max(0.0, box.y)
    right, bottom = min(float(item.width), box.x + box.w), min(float(item.height), box.y + box.h)
    return RawBox(box.label, left, top, right - left, bottom - top)
