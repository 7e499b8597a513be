"""The short form in which examples write their answers, made of an answer: what `expand` takes back to the long one."""

from collections.abc import Mapping
from typing import Any, cast

import msgspec

from guiju.kinds.each.shape import Each, expand_each
from guiju.kinds.registry import Answer, get_kind, kind_of

_LONG = {"w": "width", "h": "height"}


def shorten(answers: Mapping[str, Answer]) -> dict[str, object]:
    """`{field: short form}`. Ids of parts are left out unless another answer of these names parts by them.

    What has no short form that reads back as the same answer is written as it is on the wire.
    """
    named = any(isinstance(one, Each) or kind_of(one).leans is not None for one in answers.values())
    return {name: _short(one, keep_ids=named) for name, one in answers.items()}


# The wire, and not what `to_builtins` gives: lists of it are lists.
def _short(answer: Answer, *, keep_ids: bool) -> object:
    wire = cast("dict[str, Any]", msgspec.json.decode(msgspec.json.encode(answer)))
    if isinstance(answer, Each):
        short = {part: _of_wire(one, keep_ids=True) for part, one in wire["answers"].items()}
        kinds = {one["kind"] for one in wire["answers"].values()}
        expand = get_kind(kinds.pop()).expand if len(kinds) == 1 else None
        return short if expand and expand_each(answer.of, short, expand) == wire else wire
    return _of_wire(wire, keep_ids=keep_ids)


def _of_wire(wire: Mapping[str, Any], *, keep_ids: bool) -> object:
    expand = get_kind(str(wire["kind"])).expand
    members = [value for name, value in wire.items() if name != "kind"]
    if len(members) != 1:
        return wire
    short: object = members[0]
    parts: list[Any] = cast("list[Any]", short) if isinstance(short, list) else []
    if any(isinstance(part, dict) and "id" in part for part in parts):
        listed: object = [_part(part, keep_id=keep_ids) for part in parts]
        said, back = (wire, expand(listed)) if keep_ids else (_without_ids(wire), _without_ids(expand(listed)))
        return listed if back == said else wire
    return members[0] if expand(members[0]) == wire else wire


def _part(part: Mapping[str, Any], *, keep_id: bool) -> dict[str, Any]:
    return {_LONG.get(name, name): value for name, value in part.items() if keep_id or name != "id"}


def _without_ids(wire: object) -> object:
    if not isinstance(wire, Mapping):
        return wire
    named = cast("Mapping[str, Any]", wire)
    return {
        name: [_part(part, keep_id=False) for part in cast("list[Any]", value)] if isinstance(value, list) else value
        for name, value in named.items()
    }
