"""A scene as a label of the draft: text in, text out, with what people wrote around it left as it stands."""

import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from guiju.findings.upward.errors import BadLabelId, ClauseEmpty, DraftUnreadable, LabelThere

_FRONT = re.compile(r"\A(﻿?---[ \t]*\n)(.*?\n)(---[ \t]*(?:\n|\Z).*)", re.DOTALL)
_ID = re.compile(r"[a-z][a-z0-9_-]{0,39}")
_NUMBERS = re.compile(r"^#{2,3}\s+C(\d+)(?:\.\d+)*\s", re.MULTILINE)
EXAMPLE_CHARACTERS = 400
TITLE_CHARACTERS = 120


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
    if not _ID.fullmatch(label):
        raise BadLabelId(label=label[:40])
    opening, front, closing = _open(document)
    if is_starter:
        _empty(front)
    if any(each["id"] == label for each in front["labels"]):
        raise LabelThere(label=label)
    front["labels"].append({"id": label, "name": two(name), "definition": two(definition)})
    asked = next((each for each in front["fields"] if "labels" in each), None)
    if asked is not None:
        asked["labels"].append(label)
        if asked["kind"] == "choice":
            front.setdefault("examples", [])
            front["examples"] += [
                _example(front, place, each, label, asked["id"]) for place, each in enumerate(examples)
            ]
    body = closing.replace("\nlabels: a, b\n", f"\nlabels: {label}\n") if is_starter else closing
    return opening + _written(front) + body


def _yaml() -> Any:
    from ruamel.yaml import YAML  # noqa: PLC0415 - a parser that only documents need

    yaml: Any = YAML()
    yaml.preserve_quotes, yaml.width, yaml.allow_unicode = True, 4_096, True
    yaml.indent(mapping=2, sequence=4, offset=2)
    return yaml


def _open(document: str) -> tuple[str, Any, str]:
    """The line above the front matter, the front matter, and all below it. Raises `DraftUnreadable`."""
    from ruamel.yaml.error import YAMLError  # noqa: PLC0415 - a parser that only documents need

    halves = _FRONT.match(document)
    if halves is None:
        raise DraftUnreadable(line=1)
    try:
        return halves[1], _yaml().load(halves[2]), halves[3]
    except YAMLError as error:
        raise DraftUnreadable(line=2) from error


def _written(front: Any) -> str:
    out = io.StringIO()
    _yaml().dump(front, out)
    return out.getvalue()


def add_clause(document: str, title: str, text: str, labels: Sequence[str]) -> tuple[str, str]:
    """The document with a clause below all others, and the clause's number; one with the same words is not added twice.

    Nothing else changes. Raises `ClauseEmpty`, `DraftUnreadable`.
    """
    said, heading = plain_text(text), " ".join(title.replace("|", "/").split())[:TITLE_CHARACTERS]
    if not said or not heading:
        raise ClauseEmpty
    if _FRONT.match(document) is None:
        raise DraftUnreadable(line=1)
    written = f" {heading} | {heading}\n" + (f"labels: {', '.join(labels)}\n" if labels else "") + f"\n{said}\n"
    there = re.search(rf"^## (C\d+){re.escape(written)}", document + "\n", re.MULTILINE)
    if there is not None:
        return document, there[1]
    number = max((int(each) for each in _NUMBERS.findall(document)), default=0) + 1
    return f"{document.rstrip()}\n\n## C{number}{written}", f"C{number}"


def plain_text(text: str) -> str:
    """Words as a paragraph of a clause: nothing in them opens a clause, a quotation in English or a fence.

    >>> plain_text("## One\\n> en: two")
    'One\\nen: two'
    """
    lines = (re.sub(r"^(?:\s*(?:#+|>|```|~~~))+\s*", "", line).rstrip() for line in text.strip().splitlines())
    return "\n".join(lines)


def add_example(document: str, example: Mapping[str, object]) -> tuple[str, str]:
    """The document with an example more, and its number; the same item with the same note is not added twice.

    Comments, order and clauses stay. Raises `DraftUnreadable`.
    """
    opening, front, closing = _open(document)
    examples = front.setdefault("examples", [])
    same = ("item", "text", "note", "clause")
    for each in examples:
        if all(each.get(key) == example.get(key) for key in same):
            return document, str(each["id"])
    taken = {str(each["id"]) for each in examples}
    number = next(f"E{n}" for n in range(1, 10**6) if f"E{n}" not in taken)
    examples.append({"id": number, **example})
    return opening + _written(front) + closing, number


def _empty(front: Mapping[str, Any]) -> None:
    """Take the labels and examples of the starter away."""
    front["labels"].clear()
    for each in front["fields"]:
        each["labels"].clear()
    front.get("examples", []).clear()


def two(text: str) -> dict[str, str]:
    return {"zh": text, "en": text}


def _example(front: Mapping[str, Any], place: int, shown: Shown, label: str, asked: str) -> dict[str, object]:
    taken = {str(each["id"]) for each in front.get("examples", [])}
    number = next(n for n in range(len(taken) + 1 + place, 10**6) if f"E{n}" not in taken)
    kept = {"id": f"E{number}", "polarity": "boundary" if shown.boundary else "positive", "label": label}
    return {**kept, "note": two(""), "text": shown.text[:EXAMPLE_CHARACTERS], "answer": {asked: [label]}}
