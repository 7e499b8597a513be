"""From what a file says to answers under the rulebook, or the reason why not. Pure."""

from collections.abc import Collection, Iterator, Mapping
from math import isfinite
from typing import Any

import msgspec

from guiju.annotations.imports import errors
from guiju.annotations.imports.drawn import clipped, in_pixels, mask_in_pixels, outline_in_pixels, points_of
from guiju.annotations.imports.model import (
    Answers,
    ItemRow,
    Mark,
    RawBox,
    RawFigure,
    RawOutline,
    RawSpan,
    RefusedMark,
    Said,
)
from guiju.annotations.imports.parts import (
    CHOICE,
    KEYPOINT,
    MASK,
    POLYGON,
    RATING,
    RELATION,
    SOFT,
    SPAN,
    TEXT,
    TOLD,
    drawn_of,
    first_of,
    kinds_of,
    labels_told,
    relating,
    strength_of,
)
from guiju.data import shape_of_item
from guiju.kinds import (
    ITEM,
    TURN,
    Answer,
    Box,
    Boxes,
    Choice,
    Each,
    FieldShape,
    Figure,
    Figures,
    Link,
    Mask,
    Masks,
    Polygon,
    Polygons,
    Polyline,
    Polylines,
    Ranking,
    Rating,
    Relations,
    Segment,
    Segments,
    Soft,
    Spans,
    TextSpan,
    Written,
    encode_answers,
    normalise_answers,
)
from guiju.kinds.keypoint.options import joints_of
from guiju.kinds.soft.shape import scaled
from guiju.kit import Refusal
from guiju.rulebooks import CompiledRulebook

SHORT = (CHOICE, RATING)
"""Kinds of which a file says the same few answers again and again."""


def refuse(mark: Mark, refusal: Refusal) -> RefusedMark:
    """A refusal of one record, as it is listed."""
    code, sentence = refusal.code, refusal.sentence
    if isinstance(refusal, errors.AnswerNotAllowed):
        code, sentence = refusal.problem["code"], refusal.problem["message"]
    return RefusedMark(mark.position, mark.item, mark.annotator, code, sentence, dict(refusal.details))


def refusal_of(problem: Mapping[str, Any]) -> Refusal:
    """What `check_answers` found, as the refusal of a record: a kind's own problem, or a check of the rulebook."""
    if isinstance(problem["message"], str):
        return errors.AnswerNotAllowed(problem)
    named = {name: problem[name] for name in ("field", "shape", "clause", "message")}
    return errors.CheckFailed(check=problem["details"]["check"], **named)


def label_names(rulebook: CompiledRulebook, field: FieldShape) -> dict[str, str]:
    """What a file may call each label of the field: its id, one that it had before, or its name in either language if
    no two share it."""
    names: dict[str, str] = {}
    twice: set[str] = set()
    for label in field.labels:
        for name in {_plain(text) for text in rulebook.labels[label].name.values() if text}:
            if names.setdefault(name, label) != label:
                twice.add(name)
    known = {name: label for name, label in names.items() if name not in twice}
    before = {alias: label for alias, label in rulebook.aliases.items() if label in field.labels}
    known = {**known, **{_plain(alias): label for alias, label in before.items()}, **before}
    return {**known, **{_plain(label): label for label in field.labels}, **{label: label for label in field.labels}}


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()


class Answering:
    """Turns marks into stored answers under one rulebook; equal choices are looked at once.

    That one look serves all items of a medium holds since nothing that a choice is checked by, neither its kind nor
    what the rulebook's checks may ask of it (how many were chosen), depends on the item itself.
    """

    def __init__(
        self, rulebook: CompiledRulebook, *, field: str = "", clip: bool = False, predictions: bool = False
    ) -> None:
        self._rulebook = rulebook
        self._field, self._clip, self._predictions = field, clip, predictions
        self._names = {shape.id: label_names(rulebook, shape) for shape in rulebook.fields}
        self._known: dict[tuple[str, str, tuple[str, ...]], str] = {}
        self._long: dict[str, bool] = {}

    def answers_of(self, mark: Mark, item: ItemRow) -> str:
        """The mark's answers as JSON. Raises `Refusal` (of this one record)."""
        if mark.labels is None or mark.answers is not None or mark.more:
            return self._stored(self._answers(mark, item), item)
        if mark.cell is not None and self._is_long(mark.field):
            return self._stored(self._answers(mark, item), item)
        key = (mark.field, item.media, mark.labels)
        if key not in self._known:
            self._known[key] = self._stored(self._answers(mark, item), item)
        return self._known[key]

    def _is_long(self, wanted: str) -> bool:
        """Whether each answer of the field that is meant is likely another one."""
        if wanted not in self._long:
            part = Said(wanted, (), cell="")
            fields = (self.find_field(wanted, kind) for kind in kinds_of(part))
            meant = next((field for field in fields if field), None)
            self._long[wanted] = meant is not None and meant.kind not in SHORT
        return self._long[wanted]

    def gold_of(self, mark: Mark, item: ItemRow) -> str | None:
        """The right answer that the record knows, or `None`; one outside of the rulebook is no right answer."""
        if not mark.gold or mark.labels is None:
            return None
        try:
            return self.answers_of(
                Mark(mark.position, mark.item, "", (mark.gold,), field=mark.field, cell=mark.gold), item
            )
        except Refusal:
            return None

    def find_field(self, wanted: str, kind: str, others: Collection[str] = ()) -> FieldShape | None:
        """The field meant: the one told for all, else the one that the file names, else the first of that kind.

        What goes by a name of its own leaves alone the fields that `others` of the same record name.
        """
        fitting = [shape for shape in self._rulebook.fields if shape.kind == kind and shape.target == ITEM]
        if self._field:
            return next((shape for shape in fitting if shape.id == self._field), None)
        named = next((shape for shape in fitting if shape.id == wanted), None)
        return named or next((shape for shape in fitting if shape.id not in others), fitting[0] if fitting else None)

    def _answers(self, mark: Mark, item: ItemRow) -> Answers:
        """Each field's answer. Raises `FieldAnsweredTwice` where two parts of the file mean one field."""
        if mark.answers is not None:
            return dict(mark.answers)
        if mark.turns is not None:
            return self._turns(mark.turns)
        answers, meant = Answers(), dict[str, str]()
        for part, field in self._placed(mark):
            if field.id in meant:
                raise errors.FieldAnsweredTwice(first=meant[field.id], second=part.field or "–", field=field.id)
            meant[field.id] = part.field or "–"
            answers[field.id] = self._answer(part, field, item)
            answers |= self._of_each(part, field)
            answers |= self._between(part, field, mark)
        return answers

    def _between(self, part: Said, field: FieldShape, mark: Mark) -> Answers:
        """The links between the spans of the record. Raises `NoFieldForWork` where there is nowhere to put them."""
        if mark.links is None or part.spans is None:
            return Answers()
        asked = relating(self._rulebook.fields, field)
        if asked is None and mark.links:
            raise errors.NoFieldForWork(field=field.id, kind=RELATION)
        if asked is None:
            return Answers()
        links = (
            Link(f"i{number}", self._label(asked, one.label), f"i{one.origin + 1}", f"i{one.goal + 1}")
            for number, one in enumerate(mark.links, start=1)
        )
        return {asked.id: Relations(tuple(links))}

    def _of_each(self, part: Said, field: FieldShape) -> Answers:
        """What the file says of each thing drawn, by the fields that the rulebook asks of each."""
        told = [(f"i{number}", one.told) for number, one in enumerate(drawn_of(part, field.kind), start=1) if one.told]
        answers = Answers()
        for asked in self._rulebook.fields if told else ():
            if asked.target == field.id and asked.kind in TOLD:
                found = {name: labels_told(said, asked) for name, said in told}
                each = {
                    name: self._said(Said(asked.id, labels, cell="|".join(labels)), asked)
                    for name, labels in found.items()
                    if labels is not None
                }
                answers |= {asked.id: Each(field.id, each)} if each else {}
        return answers

    def turn_field(self) -> FieldShape:
        """The field that labels of turns answer: the one told, else the first. Raises `NoFieldForWork`."""
        fields = [field for field in self._rulebook.fields if field.target == TURN and field.kind in TOLD]
        found = next((field for field in fields if self._field in {"", field.id}), None)
        if found is None:
            raise errors.NoFieldForWork(field=self._field or "–", kind=CHOICE)
        return found

    def _turns(self, turns: Mapping[str, tuple[str, ...]]) -> Answers:
        field = self.turn_field()
        each = {
            turn: self._said(Said(field.id, labels, cell="|".join(labels)), field) for turn, labels in turns.items()
        }
        return {field.id: Each(TURN, each)}

    def _placed(self, mark: Mark) -> Iterator[tuple[Said, FieldShape]]:
        """Each part of a record with the field that it answers."""
        parts = self._wanted((first_of(mark), *mark.more))
        for part in parts:
            yield part, self._meant(part, {other.field for other in parts if other is not part})

    def scores_of(self, mark: Mark) -> str | None:
        """The scores of the record's shapes as JSON, by field and by the id that each shape gets.

        Raises `ScoreOutOfRange`, for the confidence of the whole too.
        """
        scores = mark.scores or {field.id: found for part, field in self._placed_scores(mark) if (found := part)}
        for score in (mark.confidence, *(score for field in scores.values() for score in field.values())):
            if score is not None and not 0 <= score <= 1:
                raise errors.ScoreOutOfRange(score=score)
        return msgspec.json.encode(scores, order="sorted").decode() if scores else None

    def _placed_scores(self, mark: Mark) -> Iterator[tuple[dict[str, float], FieldShape]]:
        if mark.answers is not None or mark.labels is not None or mark.turns is not None:
            return
        for part, field in self._placed(mark):
            numbered = enumerate(part.spans or drawn_of(part, field.kind), start=1)
            yield {f"i{number}": one.score for number, one in numbered if one.score is not None}, field
            asked = relating(self._rulebook.fields, field) if mark.links and part.spans else None
            if asked is not None:
                linked = enumerate(mark.links or (), start=1)
                yield {f"i{number}": one.score for number, one in linked if one.score is not None}, asked

    def _wanted(self, parts: tuple[Said, ...]) -> tuple[Said, ...]:
        """Of several parts the one that has the name of the field told for all, if one has."""
        return tuple(part for part in parts if self._field and part.field == self._field) or parts

    def _meant(self, part: Said, others: Collection[str]) -> FieldShape:
        kinds = kinds_of(part)
        for kind in kinds:
            found = self.find_field(part.field, kind, others)
            if found is not None:
                return found
        kind = CHOICE if part.labels is not None else kinds[-1]
        raise errors.WrongFieldKind(field=self._field or part.field or "–", kind=kind)

    def _answer(self, part: Said, field: FieldShape, item: ItemRow) -> Answer:
        if part.order is not None:
            return Ranking(part.order)
        if part.spans is not None:
            return self._spans(part.spans, field) if field.kind == SPAN else self._segments(part.spans, field)
        if part.lines is not None:
            return self._lines(part.lines, field, item)
        if part.figures is not None and field.kind == KEYPOINT:
            return self._figures(part.figures, field)
        if part.outlines is not None and field.kind in {POLYGON, MASK}:
            made = self._polygons if field.kind == POLYGON else self._masks
            return made(part.outlines, field, item)
        if part.boxes is not None:
            return self._boxes(part.boxes, field, item)
        return self._said(part, field)

    def _said(self, part: Said, field: FieldShape) -> Choice | Rating | Written | Soft:
        """What stands in a cell, read as the field's kind reads it."""
        labels = part.labels or ()
        if field.kind == RATING:
            return _rating(labels, field)
        if field.kind == TEXT:
            return Written(" ".join(labels) if part.cell is None else part.cell)
        if field.kind == SOFT:
            return self._shares(labels, field)
        return Choice(tuple(self._label(field, label) for label in labels))

    def _shares(self, told: tuple[str, ...], field: FieldShape) -> Soft:
        """`joy:60|fear:40` or `joy|fear`: strengths of any scale, as shares of their sum; an empty cell is none."""
        weights: dict[str, float] = {}
        for name, strength in (strength_of(each) for each in told if each):
            if not (isfinite(strength) and strength >= 0):
                raise errors.NotAStrength(value=f"{strength:g}", field=field.id)
            label = self._label(field, name)
            weights[label] = weights.get(label, 0.0) + strength
        if weights and not any(weights.values()):
            raise errors.NoStrength(field=field.id)
        return scaled(weights) if weights else Soft({})

    def _label(self, field: FieldShape, text: str) -> str:
        names = self._names[field.id]
        found = names.get(text) or names.get(_plain(text))
        if found is None:
            raise errors.LabelNotInRulebook(label=text[:80], field=field.id)
        return found

    def _boxes(self, drawn: tuple[RawBox, ...], field: FieldShape, item: ItemRow) -> Boxes:
        placed = [in_pixels(box, item) for box in drawn]
        named = (
            Box(f"i{number}", self._label(field, box.label), box.x, box.y, box.w, box.h, box.angle)
            for number, box in enumerate((clipped(box, item) for box in placed) if self._clip else placed, start=1)
        )
        return Boxes(tuple(named))

    def _spans(self, marked: tuple[RawSpan, ...], field: FieldShape) -> Spans:
        named = (
            TextSpan(f"i{number}", self._label(field, span.label), span.start, span.end, span.pieces)
            for number, span in enumerate(marked, start=1)
        )
        return Spans(tuple(named))

    def _segments(self, marked: tuple[RawSpan, ...], field: FieldShape) -> Segments:
        named = (
            Segment(f"i{number}", self._label(field, one.label), one.start, one.end)
            for number, one in enumerate(marked, start=1)
        )
        return Segments(tuple(named))

    def _polygons(self, drawn: tuple[RawOutline, ...], field: FieldShape, item: ItemRow) -> Polygons:
        if any(len(outline.rings) != 1 for outline in drawn):
            raise errors.NotOneOutline(field=field.id)
        named = (
            Polygon(f"i{number}", self._label(field, outline.label), outline_in_pixels(outline, item, clip=self._clip))
            for number, outline in enumerate(drawn, start=1)
        )
        return Polygons(tuple(named))

    def _masks(self, drawn: tuple[RawOutline, ...], field: FieldShape, item: ItemRow) -> Masks:
        if any(outline.runs is None and not outline.rings for outline in drawn):
            raise errors.NoPixels(field=field.id)
        named = (
            Mask(f"i{number}", self._label(field, outline.label), *mask_in_pixels(outline, item))
            for number, outline in enumerate(drawn, start=1)
        )
        return Masks(tuple(named))

    def _lines(self, drawn: tuple[RawOutline, ...], field: FieldShape, item: ItemRow) -> Polylines:
        named = (
            Polyline(f"i{number}", self._label(field, line.label), outline_in_pixels(line, item, clip=self._clip))
            for number, line in enumerate(drawn, start=1)
        )
        return Polylines(tuple(named))

    def _figures(self, drawn: tuple[RawFigure, ...], field: FieldShape) -> Figures:
        joints = [joint.id for joint in joints_of(field)]
        named = (
            Figure(f"i{number}", self._label(field, figure.label), points_of(figure, joints, field.id))
            for number, figure in enumerate(drawn, start=1)
        )
        return Figures(tuple(named))

    def _stored(self, answers: Answers, item: ItemRow) -> str:
        measures = {"parts": item.parts, "duration": item.duration}
        shape = shape_of_item(item.media, item.length, item.width, item.height, **measures, speakers=item.speakers)
        problems = self._rulebook.check_answers(answers, shape)
        if self._predictions:
            problems = [problem for problem in problems if not _is_left_to_people(problem)]
        if problems:
            raise refusal_of(problems[0])
        return encode_answers(normalise_answers(answers, self._rulebook.fields)).decode()


def _is_left_to_people(problem: Mapping[str, Any]) -> bool:
    """A model may answer some of the fields, and break a check: whoever it is suggested to is told so."""
    return problem["code"] in {"field-missing", "parts-missing"} or not isinstance(problem["message"], str)


def _rating(labels: tuple[str, ...], field: FieldShape) -> Rating:
    """The one number of the record; an empty cell is no rating."""
    try:
        return Rating(float(labels[0]) if any(labels) else None)
    except ValueError:
        raise errors.NotARating(value=labels[0][:40], field=field.id) from None
