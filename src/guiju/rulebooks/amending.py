"""An example is added to a rulebook's document: text in, text out, with what people wrote around it as it stands."""

import io
import re
from collections.abc import Mapping
from typing import Any

from guiju.rulebooks.errors import DraftNotReadable

_FRONT = re.compile(r"\A(﻿?---[ \t]*\n)(.*?\n)(---[ \t]*(?:\n|\Z).*)", re.DOTALL)


def with_example(document: str, example: Mapping[str, object]) -> str:
    """The document with the example at the end of its examples, under the next free id `E1`, `E2`, ….

    An example of the same item or text is there already: the document comes back as it is. Raises `DraftNotReadable`.
    """
    from ruamel.yaml import YAML  # noqa: PLC0415 - a parser that only documents need
    from ruamel.yaml.error import YAMLError  # noqa: PLC0415

    halves = _FRONT.match(document)
    if halves is None:
        raise DraftNotReadable(line=1)
    yaml: Any = YAML()
    yaml.preserve_quotes, yaml.width, yaml.allow_unicode = True, 4_096, True
    yaml.indent(mapping=2, sequence=4, offset=2)
    try:
        front: Any = yaml.load(halves[2])
        known = list(front.setdefault("examples", []) or [])
        taken = {str(each["id"]) for each in known}
    except (YAMLError, AttributeError, KeyError, TypeError) as error:
        raise DraftNotReadable(line=2) from error
    if any(each.get(key) == example[key] for each in known for key in ("item", "text") if key in example):
        return document
    number = next(n for n in range(1, len(taken) + 2) if f"E{n}" not in taken)
    if not known:
        front["examples"] = []
    front["examples"].append({"id": f"E{number}", **example})
    out = io.StringIO()
    yaml.dump(front, out)
    return halves[1] + out.getvalue() + halves[3]
