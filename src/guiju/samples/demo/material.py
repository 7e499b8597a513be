"""What the demo annotates: items in files, and apart from them what is true of each item, known by its name."""

import csv
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from guiju.kinds import Box, Boxes, Choice, kind_of
from guiju.samples.messages import Message, messages
from guiju.samples.steel import DOUBLES, Surface, draw_surface, item_name
from guiju.samples.stories import Doubt

CROWDED = 3
"""So many defects on one surface make it a boundary case: the eye tires."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is true of an item. `second` is the label that a boundary message tempts to.

    `doubts` are what can be taken for something else where no rule tells the two apart, by the id of the mark.
    """

    answers: Mapping[str, Choice | Boxes]
    boundary: bool = False
    second: str | None = None
    doubts: Mapping[str, Doubt] = field(default_factory=dict[str, Doubt])

    def is_between(self, labels: tuple[str, str]) -> bool:
        """Whether somebody could be in doubt between these two: a message that has both, a picture that shows one."""
        used = {label for answer in self.answers.values() for label in kind_of(answer).labels_of(answer)}
        if any(isinstance(answer, Choice) for answer in self.answers.values()):
            return {*used, self.second} == set(labels)
        return not used.isdisjoint(labels)


@dataclass(frozen=True, slots=True)
class Material:
    """Items of one kind of work.

    `document` names the sample brief and rulebook, `lay_out(folder)` writes the items and returns the path to import,
    `format` is how they are delivered.
    """

    document: str
    truth: Mapping[str, Known]
    lay_out: Callable[[Path], Path]
    format: str


def service_material(count: int, *, first: int = 0) -> Material:
    """`count` customer-service messages as a CSV with `id` and `text`, from the `first` on: ranges share no message."""
    chosen = {f"m{first + n:05d}": each for n, each in enumerate(messages(first + count)[first:])}
    truth = {
        name: Known({"intent": Choice((each.intent,))}, each.boundary, each.second) for name, each in chosen.items()
    }
    return Material("service", truth, lambda folder: _write_csv(folder, chosen), "jsonl")


def _write_csv(folder: Path, chosen: Mapping[str, Message]) -> Path:
    path = folder / "messages.csv"
    with path.open("w", encoding="utf-8", newline="") as out:
        rows = csv.writer(out)
        rows.writerow(("id", "text"))
        rows.writerows((name, each.text) for name, each in chosen.items())
    return path


def steel_material(count: int, *, first: int = 0, worn: bool = False) -> Material:
    """`count` steel surfaces as a folder of JPEGs, from seed `first` on; of a line with `worn` rolls, if told so."""
    drawn = {item_name(seed, worn=worn): draw_surface(seed, worn=worn) for seed in range(first, first + count)}
    truth = {
        name: Known({"defects": _boxes(each)}, len(each.truth) >= CROWDED, doubts=_doubts(each))
        for name, each in drawn.items()
    }
    return Material("steel", truth, lambda folder: _write_pictures(folder, drawn), "coco")


def _boxes(surface: Surface) -> Boxes:
    return Boxes(tuple(Box(f"b{n}", d.label, d.x, d.y, d.w, d.h) for n, d in enumerate(surface.truth, 1)))


def _doubts(surface: Surface) -> dict[str, Doubt]:
    return {f"b{n}": Doubt(DOUBLES[d.label], d.doubt) for n, d in enumerate(surface.truth, 1) if d.doubt}


def _write_pictures(folder: Path, drawn: Mapping[str, Surface]) -> Path:
    pictures = folder / "surfaces"
    pictures.mkdir()
    for name, each in drawn.items():
        (pictures / name).write_bytes(each.image_bytes)
    return pictures
