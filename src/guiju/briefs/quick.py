"""YAML read by libyaml: twenty times as fast, for the documents in which it and the careful reader agree.

What they could read differently (anchors, tags, moments, numbers in odd dress, an entry that stands twice, anything
broken) is left to the careful reader, which also says what is wrong. A test holds them together.
"""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any, TypeAlias

MOST_DEEP = 60

_PLAIN_WORDS: dict[str, bool | None] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_INT = re.compile(r"0|-?[1-9][0-9]{0,17}")
_FLOAT = re.compile(r"-?(?:0|[1-9][0-9]{0,15})\.[0-9]{1,15}")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_VERSION = re.compile(r"[0-9]+(?:\.[0-9]+){2,}")
_MAYBE_NUMBER = re.compile(r"[-+.0-9][-+.0-9_:a-zA-Z \t]*")
_OTHER_LINE_ENDS = re.compile("[\x85\u2028\u2029\ufeff]")
_NO_KEY = object()


class DoubtfulError(Exception):
    """The two readers might read this differently."""


class LinedDict(dict[Any, Any]):
    """A mapping with the line (from 0) of each of its keys."""

    __slots__ = ("lines",)

    def __init__(self) -> None:
        super().__init__()
        self.lines: dict[Any, int] = {}


class LinedList(list[Any]):
    """A list with the line (from 0) of each of its entries."""

    __slots__ = ("lines",)

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[int] = []


Lined: TypeAlias = LinedDict | LinedList


def read_quickly(text: str, lines_above: int) -> LinedDict | None:
    """The mapping in `text`, `lines_above` added to its lines; `None` where the careful reader should look."""
    import yaml  # noqa: PLC0415 - only documents need it

    parse: Any = getattr(yaml, "parse")  # noqa: B009 - untyped
    loader = getattr(yaml, "CSafeLoader", None)
    if loader is None or _OTHER_LINE_ENDS.search(text):
        return None
    try:
        return _root(parse(text, Loader=loader), lines_above)
    except (yaml.YAMLError, DoubtfulError, ValueError):
        return None


def _root(events: Iterator[Any], lines_above: int) -> LinedDict:
    """One walk over the events; `open_` are the collections that are not closed yet, `keys` the key each waits on."""
    open_: list[Lined] = []
    keys: list[Any] = []
    root: Any = None
    documents = 0
    for event in events:
        name = type(event).__name__
        if name == "DocumentStartEvent":
            documents += 1
            _refuse(documents > 1 or event.version is not None or bool(event.tags))
        elif name in {"SequenceEndEvent", "MappingEndEvent"}:
            open_.pop()
            keys.pop()
        elif name in {"ScalarEvent", "MappingStartEvent", "SequenceStartEvent"}:
            _refuse(event.anchor is not None or not (event.tag is None or (event.tag == "!" and name == "ScalarEvent")))
            value: Any = _scalar(event) if name == "ScalarEvent" else LinedDict() if name[0] == "M" else LinedList()
            if open_:
                _put(open_[-1], keys, value, event.start_mark.line + lines_above)
            else:
                root = value
            if name != "ScalarEvent":
                open_.append(value)
                keys.append(_NO_KEY)
                _refuse(len(open_) > MOST_DEEP)
        else:
            _refuse(name == "AliasEvent")
    _refuse(not isinstance(root, LinedDict))
    return root


def _put(inside: Lined, keys: list[Any], value: Any, line: int) -> None:
    if isinstance(inside, LinedList):
        inside.append(value)
        inside.lines.append(line)
    elif keys[-1] is _NO_KEY:
        _refuse(not isinstance(value, str | int) or isinstance(value, bool) or value in inside)
        keys[-1] = value
        inside.lines[value] = line
        inside[value] = None
    else:
        inside[keys[-1]] = value
        keys[-1] = _NO_KEY


def _scalar(event: Any) -> str | int | float | bool | date | None:
    text: str = event.value
    if not event.implicit[0]:
        _refuse(event.tag is not None and event.tag != "!")
        return text
    if text in _PLAIN_WORDS:
        return _PLAIN_WORDS[text]
    if _INT.fullmatch(text):
        return int(text)
    if _FLOAT.fullmatch(text):
        return float(text)
    if _DATE.fullmatch(text):
        return date.fromisoformat(text)
    _refuse(text in {"<<", "="} or (bool(_MAYBE_NUMBER.fullmatch(text)) and not _VERSION.fullmatch(text)))
    return text


def _refuse(doubtful: bool) -> None:
    if doubtful:
        raise DoubtfulError
