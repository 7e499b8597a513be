"""An expression's text as tokens."""

import re
from math import isfinite
from typing import NamedTuple, TypeAlias

from guiju.rulebooks.expressions.errors import BadNumber, UnclosedText, UnknownCharacter

Value: TypeAlias = float | int | str | bool

_TOKEN = re.compile(
    r"""(?P<space>[ \t\r\n]+)
      | (?P<number>(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?)
      | (?P<name>[A-Za-z_][A-Za-z0-9_]*)
      | (?P<text>"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')
      | (?P<operator>&&|\|\||==|!=|<=|>=|[!<>+\-*/(),\[\]])""",
    re.VERBOSE,
)
_ESCAPES = {"n": "\n", "t": "\t", "\\": "\\", '"': '"', "'": "'"}


class Token(NamedTuple):
    """`kind` is number, text, name, end, or the operator itself; `at` counts characters from 0."""

    kind: str
    value: Value
    at: int


def tokenize(source: str) -> list[Token]:
    """The tokens of `source`, closed by one of kind `end`. Raises `UnknownCharacter`, `UnclosedText`, `BadNumber`."""
    tokens: list[Token] = []
    at = 0
    while at < len(source):
        found = _TOKEN.match(source, at)
        if found is None:
            raise _unreadable(source, at)
        if found.lastgroup != "space":
            tokens.append(_token(source, str(found.lastgroup), found.group(), at))
        at = found.end()
    return [*tokens, Token("end", "", len(source))]


def _unreadable(source: str, at: int) -> UnclosedText | UnknownCharacter:
    return UnclosedText(source, at) if source[at] in "\"'" else UnknownCharacter(source, at, found=source[at])


def _token(source: str, group: str, text: str, at: int) -> Token:
    if group == "number":
        return Token("number", _number(source, text, at), at)
    if group == "text":
        return Token("text", re.sub(r"\\(.)", lambda m: _ESCAPES.get(m[1], m[1]), text[1:-1]), at)
    if group == "name":
        return Token("in", "in", at) if text == "in" else Token("name", text, at)
    return Token(text, text, at)


def _number(source: str, text: str, at: int) -> float | int:
    """Whole numbers stay whole in the tree, as JSON writes them; they are reckoned with as floats all the same."""
    value = float(text)
    if not isfinite(value):
        raise BadNumber(source, at, found=text)
    return int(value) if value.is_integer() and abs(value) < 2**53 else value


def quote(text: str) -> str:
    """`text` as it is written in an expression."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return f'"{escaped}"'
