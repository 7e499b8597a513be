"""Others' work on its way in: what a file says, what is asked of the job, how far it is."""

import enum
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import msgspec

from guiju.kinds import Answer, Media
from guiju.kinds.points import Points


class Format(enum.StrEnum):
    """The formats that others' work comes in."""

    CSV = "csv"
    LABEL_STUDIO = "label-studio"
    COCO = "coco"
    VOC = "voc"
    CVAT = "cvat"
    SPACY = "spacy"
    BRAT = "brat"
    RTTM = "rttm"
    TEXTGRID = "textgrid"
    JSONL = "jsonl"
    PREFERENCE = "preference"
    TURNS = "turns"
    YOLO = "yolo"
    MASKS = "masks"
    MESSAGES = "messages"
    PARQUET = "parquet"
    ARROW = "arrow"


class RawBox(msgspec.Struct, frozen=True, gc=False):
    """A rectangle as its file has it: top left corner and size, in pixels, or in percent of the image; turned
    clockwise by `angle` degrees about its centre, or, in percent, about that corner; or, in the place of all that, its
    four `corners`. `told` are its attributes by name: what fields of that name ask of each thing drawn.
    """

    label: str
    x: float
    y: float
    w: float
    h: float
    percent: bool = False
    score: float | None = None
    angle: float = 0.0
    told: Mapping[str, Any] = {}
    corners: Points | None = None


class RawOutline(msgspec.Struct, frozen=True, gc=False):
    """An outline as its file has it: rings of points, in pixels, or in percent of the image; a polygon has one.

    Or in their place COCO's run lengths, for a picture of `size` (height, width).
    """

    label: str
    rings: tuple[Points, ...]
    percent: bool = False
    score: float | None = None
    runs: str | None = None
    size: tuple[int, int] = (0, 0)
    told: Mapping[str, Any] = {}


class RawFigure(msgspec.Struct, frozen=True, gc=False):
    """A figure as its file has it: by the names of its points their place in pixels, and whether each is seen (2) or
    hidden (1).
    """

    label: str
    points: dict[str, tuple[float, float, int]]
    score: float | None = None
    told: Mapping[str, Any] = {}


class RawSpan(msgspec.Struct, frozen=True, gc=False):
    """A stretch of the text as its file has it, in code points, with its `pieces` where it has several; of a sound in
    milliseconds."""

    label: str
    start: int
    end: int
    score: float | None = None
    pieces: tuple[tuple[int, int], ...] = ()


class RawLink(msgspec.Struct, frozen=True, gc=False):
    """A link from one of the record's spans to another, by their places among them from 0."""

    label: str
    origin: int
    goal: int
    score: float | None = None


class Said(msgspec.Struct, frozen=True, gc=False):
    """The answer to one field, as its file has it: `labels` of a choice, or what was drawn; the others are `None`.

    A file that has both `boxes` and `outlines` says the same thing twice. `cell` is the cell of a table that `labels`
    were read from, for fields that it is no label to. `kinds`, where the file knows, are the kinds of field it is for.
    """

    field: str
    labels: tuple[str, ...] | None = None
    boxes: tuple[RawBox, ...] | None = None
    outlines: tuple[RawOutline, ...] | None = None
    spans: tuple[RawSpan, ...] | None = None
    lines: tuple[RawOutline, ...] | None = None
    figures: tuple[RawFigure, ...] | None = None
    order: tuple[tuple[int, ...], ...] | None = None
    cell: str | None = None
    kinds: tuple[str, ...] = ()


class Mark(msgspec.Struct, frozen=True, gc=False):
    """One annotator's answer to one item, as its file has it.

    `position` is the row, task or file, from 1. `labels`, `boxes`, `outlines`, `cell` are as in `Said`; what the file
    says of further fields is in `more`. `text` is the item's own content, if the file has it. `at` in microseconds.
    `gold` is the right answer, if the file knows it. `confidence` in [0, 1] is of the whole, shapes bear a `score` of
    their own. A file in the house's own form has its `answers` whole, with the `scores` of their parts. `order` ranks
    the answers of a comparison, which `text` is.
    `turns` are the labels of a dialogue's turns, by their numbers. `links` join the `spans` of the record.
    """

    position: int
    item: str
    annotator: str
    labels: tuple[str, ...] | None = None
    boxes: tuple[RawBox, ...] | None = None
    field: str = ""
    text: str | None = None
    gold: str = ""
    active_ms: int | None = None
    at: int | None = None
    more: tuple[Said, ...] = ()
    outlines: tuple[RawOutline, ...] | None = None
    spans: tuple[RawSpan, ...] | None = None
    lines: tuple[RawOutline, ...] | None = None
    figures: tuple[RawFigure, ...] | None = None
    confidence: float | None = None
    answers: dict[str, Answer] | None = None
    scores: dict[str, dict[str, float]] | None = None
    on_image: bool = False
    order: tuple[tuple[int, ...], ...] | None = None
    cell: str | None = None
    kinds: tuple[str, ...] = ()
    turns: dict[str, tuple[str, ...]] | None = None
    links: tuple[RawLink, ...] | None = None

    @property
    def is_drawn(self) -> bool:
        """Whether shapes are part of it, so that the item can only be an image."""
        own = (self.boxes, self.outlines, self.lines, self.figures)
        others = (part for one in self.more for part in (one.boxes, one.outlines, one.lines, one.figures))
        return self.on_image or any(part is not None for part in (*own, *others))


class RefusedMark(msgspec.Struct, frozen=True):
    """What was not taken, and why: a code, a msgid and its places."""

    position: int
    item: str
    annotator: str
    code: str
    sentence: str
    details: dict[str, object]


Read: TypeAlias = Mark | RefusedMark


@dataclass(frozen=True, slots=True)
class Opened:
    """A file ready to be read; `total` marks at a guess. Reading it again gives the same marks in the same order."""

    total: int
    marks: Callable[[], Iterator[Read]]


class Columns(msgspec.Struct, frozen=True):
    """Which columns hold what. `header` names the columns of a file that has no header of its own."""

    header: tuple[str, ...] = ()
    item: str = ""
    annotator: str = ""
    label: str = ""
    text: str = ""


class ImportOptions(msgspec.Struct, frozen=True):
    """How a file is to be read. `annotator` names whoever made a file that does not say who.

    `predictions`: a model's, which hold for nothing by themselves and are there to be suggested and compared.
    """

    format: Format
    round_kind: str = "import"
    columns: Columns = Columns()
    annotator: str = ""
    field: str = ""
    create_items: bool = False
    clip: bool = False
    predictions: bool = False


class ImportPayload(msgspec.Struct, frozen=True):
    """What the job is told. `uploaded` is the folder of the server's own copy, removed when the job is over."""

    round: int
    rulebook: int
    path: str
    name: str
    options: ImportOptions
    source: int | None = None
    uploaded: str | None = None


class Progress(msgspec.Struct, frozen=True):
    """The job's checkpoint: how many marks lie behind it, and whether the round is closed already."""

    behind: int = 0
    closed: bool = False


class ItemRow(msgspec.Struct, frozen=True, gc=False):
    """As much of an item as an import needs; `length` is in characters, in bytes of a text that lies in a blob."""

    id: int
    media: Media
    length: int
    width: int
    height: int
    parts: int = 0
    duration: int = 0
    speakers: str | None = None


class Ready(msgspec.Struct, frozen=True, gc=False):
    """A mark that can be stored."""

    mark: Mark
    item_id: int
    answers: str
    scores: str | None = None


Gold: TypeAlias = Mapping[int, str]
"""The right answers that a file knows, as JSON, by item."""


@dataclass(frozen=True, slots=True)
class Batch:
    """What became of some marks: those to be stored, those refused, the right answers among them."""

    ready: list[Ready] = field(default_factory=list[Ready])
    refused: list[RefusedMark] = field(default_factory=list[RefusedMark])
    gold: dict[int, str] = field(default_factory=dict[int, str])


Answers: TypeAlias = dict[str, Answer]
