"""The short form of examples: `[{label: treats, from: 1, to: 2}]`, where a number counts the example's spans from 1."""

from collections.abc import Mapping
from typing import Any, cast


def expand(value: Any) -> object:
    """The long form: each link gets an id, a number becomes the id that the short form of spans gives that span."""
    if not isinstance(value, list):
        return value
    entries = cast("list[Any]", value)
    return {"kind": "relation", "links": [_entry(entry, number) for number, entry in enumerate(entries, 1)]}


def _entry(entry: Any, number: int) -> Any:
    if not isinstance(entry, Mapping):
        return entry
    members = cast("Mapping[str, Any]", entry)
    ends = {name: f"e{end}" for name in ("from", "to") if type(end := members.get(name)) is int}
    return {"id": f"e{number}", **members, **ends}
