"""A rulebook before and after an amendment: text in, text out."""

import io
import re
from collections.abc import Collection, Mapping
from typing import Any

from guiju.samples.stories.model import Remedy

_PARTS = re.compile(r"\A---[ \t]*\n(.*?\n)---[ \t]*\n(.*)", re.DOTALL)
_HEADING = re.compile(r"^#{2,3} (C[\d.]+) ", re.MULTILINE)


def without(document: str, *, clauses: Collection[str] = (), examples: Collection[str] = ()) -> str:
    """The document as it was before somebody thought of these clauses and examples."""
    front, body = _parts(document)
    told = _load(front)
    told["examples"] = [each for each in told["examples"] if each["id"] not in examples]
    pieces = _clauses(body)
    return _joined(told, "".join(text for clause, text in pieces if clause not in clauses))


def amended(document: str, remedy: Remedy, item: str, answer: Mapping[str, Any] | None) -> str:
    """The draft with the remedy's clause, and the example on `item` saying what the clause decides there."""
    front, body = _parts(document)
    told = _load(front)
    if remedy.merges is not None:
        told["labels"] = [each for each in told["labels"] if each["id"] != remedy.merges]
        for asked in told["fields"]:
            asked["labels"] = [each for each in asked["labels"] if each != remedy.merges]
    for example in told["examples"]:
        if example.get("item") == item:
            example["clause"], example["note"] = remedy.clause, dict(remedy.note)
            if answer is not None:
                example["answer"] = answer
    pieces: list[str] = []
    for clause, text in _clauses(body):
        pieces.append(text)
        if clause == remedy.after and f"## {remedy.clause} " not in body:
            pieces.append(remedy.text.strip() + "\n\n")
    return _joined(told, "".join(pieces))


def _parts(document: str) -> tuple[str, str]:
    found = _PARTS.match(document)
    assert found is not None  # the stories' rulebooks are ours
    return found[1], found[2]


def _clauses(body: str) -> list[tuple[str, str]]:
    """The body cut before each heading of a clause, with the clause's id; what stands above the first has none."""
    found = list(_HEADING.finditer(body))
    starts = [0, *(match.start() for match in found)]
    names = ["", *(str(match[1]) for match in found)]
    return [(name, body[start:end]) for name, start, end in zip(names, starts, [*starts[1:], len(body)], strict=True)]


def _yaml() -> Any:
    from ruamel.yaml import YAML  # noqa: PLC0415 - a parser that only documents need

    yaml = YAML()
    yaml.preserve_quotes, yaml.width, yaml.allow_unicode = True, 4_096, True
    yaml.indent(mapping=2, sequence=4, offset=2)
    return yaml


def _load(front: str) -> Any:
    return _yaml().load(front)


def _joined(told: Any, body: str) -> str:
    out = io.StringIO()
    _yaml().dump(told, out)
    return f"---\n{out.getvalue()}---\n{body}"
