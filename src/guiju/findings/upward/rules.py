"""A scene as a label of the draft: text in, text out, with what people wrote around it left as it stands."""

import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from guiju.findings.upward.errors import BadLabelId, DraftUnreadable, LabelThere

_FRONT = re.compile(r"\A(﻿?---[ \t]*\n)(.*?\n)(---[ \t]*(?:\n|\Z).*)", re.DOTALL)
_ID = re.compile(r"[a-z][a-z0-9_-]{0,39}")
EXAMPLE_CHARACTERS = 400


@dataclass(frozen=True, slots=True)
class Shown:
    """A text that shows the label; `boundary` where it lies between this scene and others."""

    text: str
    boundary: bool


def label_id(name: str, scene_id: int) -> str:
    """An id out of a name, where its letters allow it.

    >>> label_id("Late refunds", 7), label_id("退款", 7)
    ('late-refunds', 'scene-7')
    """
    found = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:40].strip("-")
    return found if _ID.fullmatch(found) and name.isascii() else f"scene-{scene_id}"


def add_label(
    document: str, label: str, name: str, definition: str, examples: Sequence[Shown], *, is_starter: bool
) -> str:
    """The document with the label at the end of its labels and of its first field that has labels.

    Comments, order and clauses stay. Of a document that nobody wrote yet the two labels that only show how it is done
    go. Raises `DraftUnreadable`, `LabelThere`, `BadLabelId`.
    """
    from ruamel.yaml import YAML  # noqa: PLC0415 - a parser that only documents need
    from ruamel.yaml.error import YAMLError  # noqa: PLC0415

    if not _ID.fullmatch(label):
        raise BadLabelId(label=label[:40])
    halves = _FRONT.match(document)
    if halves is None:
        raise DraftUnreadable(line=1)
    yaml: Any = YAML()
    yaml.preserve_quotes, yaml.width, yaml.allow_unicode = True, 4_096, True
    yaml.indent(mapping=2, sequence=4, offset=2)
    try:
        front: Any = yaml.load(halves[2])
    except YAMLError as error:
        raise DraftUnreadable(line=2) from error
    if is_starter:
        _empty(front)
    if any(each["id"] == label for each in front["labels"]):
        raise LabelThere(label=label)
    front["labels"].append({"id": label, "name": _two(name), "definition": _two(definition)})
    asked = next((each for each in front["fields"] if "labels" in each), None)
    if asked is not None:
        asked["labels"].append(label)
        if asked["kind"] == "choice":
            front.setdefault("examples", [])
            front["examples"] += [
                _example(front, place, each, label, asked["id"]) for place, each in enumerate(examples)
            ]
    out = io.StringIO()
    yaml.dump(front, out)
    body = halves[3].replace("\nlabels: a, b\n", f"\nlabels: {label}\n") if is_starter else halves[3]
    return halves[1] + out.getvalue() + body


def _empty(front: Mapping[str, Any]) -> None:
    """Take the labels and examples of the starter away."""
    front["labels"].clear()
    for each in front["fields"]:
        each["labels"].clear()
    front.get("examples", []).clear()


def _two(text: str) -> dict[str, str]:
    return {"zh": text, "en": text}


def _example(front: Mapping[str, Any], place: int, shown: Shown, label: str, asked: str) -> dict[str, object]:
    taken = {str(each["id"]) for each in front.get("examples", [])}
    number = next(n for n in range(len(taken) + 1 + place, 10**6) if f"E{n}" not in taken)
    kept = {"id": f"E{number}", "polarity": "boundary" if shown.boundary else "positive", "label": label}
    return {**kept, "note": _two(""), "text": shown.text[:EXAMPLE_CHARACTERS], "answer": {asked: [label]}}
