"""A Pratt parser: tokens to a tree of JSON lists, `["and", a, b]`, `["==", ["var", "label"], ["str", "scratch"]]`.

From weak to strong: `||`, `&&`, comparisons and `in`, `+ -`, `* /`, then `!` and `-` before one operand. The grammar is
a subset of CEL, so that an expression means the same to whoever knows that language.
"""

from typing import Any, TypeAlias

from guiju.rulebooks.expressions.errors import NotExpected, TooDeep
from guiju.rulebooks.expressions.tokens import Token, quote, tokenize

Ast: TypeAlias = list[Any]

MOST_CHARACTERS = 2_000
MOST_DEPTH = 40
MOST_OPERATORS = 200
UNARY = 6
BINDING = {
    "||": 1,
    "&&": 2,
    **dict.fromkeys(("==", "!=", "<", "<=", ">", ">=", "in"), 3),
    **dict.fromkeys(("+", "-"), 4),
    **dict.fromkeys(("*", "/"), 5),
}
NODE_OF = {"||": "or", "&&": "and"}
SIGN_OF = {"or": "||", "and": "&&"}
PREFIX = {"!": "not", "-": "neg"}


class Parsed:
    """A tree, and where in the source each of its nodes begins (by identity: equal nodes may stand twice)."""

    __slots__ = ("ast", "places", "source")

    def __init__(self, source: str) -> None:
        self.source = source
        self.places: dict[int, int] = {}
        self.ast: Ast = []

    def place_of(self, node: Ast) -> int:
        return self.places.get(id(node), 0)


def parse_expression(source: str) -> Parsed:
    """The tree of `source`. Raises a subclass of `BadExpression` with the column at fault."""
    if len(source) > MOST_CHARACTERS:
        raise _too_deep(source[:40], 0)
    return _Parser(source).parse()


def _too_deep(source: str, at: int) -> TooDeep:
    return TooDeep(source, at, characters=MOST_CHARACTERS, depth=MOST_DEPTH, operators=MOST_OPERATORS)


class _Parser:
    def __init__(self, source: str) -> None:
        self._tokens = tokenize(source)
        self._next = 0
        self._depth = 0
        self._operators = 0
        self._parsed = Parsed(source)

    def parse(self) -> Parsed:
        self._parsed.ast = self._expression(0)
        self._expect("end", "&& || == != < <= > >= + - * / in")
        return self._parsed

    def _peek(self) -> Token:
        return self._tokens[self._next]

    def _take(self) -> Token:
        token = self._peek()
        self._next += 1
        return token

    def _expect(self, kind: str, expected: str) -> Token:
        if self._peek().kind != kind:
            raise self._not_expected(expected)
        return self._take()

    def _not_expected(self, expected: str) -> NotExpected:
        token = self._peek()
        return NotExpected(self._parsed.source, token.at, found=token.value or "…", expected=expected)

    def _node(self, at: int, *parts: Any) -> Ast:
        made = list(parts)
        self._parsed.places[id(made)] = at
        return made

    def _expression(self, least: int) -> Ast:
        self._depth += 1
        if self._depth > MOST_DEPTH:
            raise _too_deep(self._parsed.source, self._peek().at)
        left = self._operand()
        while (strength := BINDING.get(self._peek().kind, 0)) > least:
            left = self._binary(left, strength)
        self._depth -= 1
        return left

    def _binary(self, left: Ast, strength: int) -> Ast:
        sign = self._take()
        self._operators += 1
        if self._operators > MOST_OPERATORS:
            raise _too_deep(self._parsed.source, sign.at)
        right = self._members() if sign.kind == "in" else self._expression(strength)
        return self._node(sign.at, NODE_OF.get(sign.kind, sign.kind), left, right)

    def _operand(self) -> Ast:
        token = self._peek()
        if token.kind in PREFIX:
            self._take()
            return self._node(token.at, PREFIX[token.kind], self._expression(UNARY))
        if token.kind == "(":
            self._take()
            inner = self._expression(0)
            self._expect(")", ")")
            return inner
        return self._plain()

    def _plain(self) -> Ast:
        token = self._peek()
        if token.kind == "number":
            return self._node(self._take().at, "num", token.value)
        if token.kind == "text":
            return self._node(self._take().at, "str", token.value)
        if token.kind == "name":
            name = self._take()
            is_truth = name.value in {"true", "false"}
            return (
                self._node(token.at, "bool", name.value == "true")
                if is_truth
                else self._node(token.at, "var", name.value)
            )
        raise self._not_expected('8, "text", true, width, ( …')

    def _members(self) -> Ast:
        """What stands after `in`: a list, or the name of something that is one."""
        token = self._peek()
        if token.kind == "name" and token.value not in {"true", "false"}:
            return self._node(self._take().at, "var", token.value)
        return self._list()

    def _list(self) -> Ast:
        """A list of plain values."""
        start = self._expect("[", '["a", "b"]')
        members: list[Ast] = []
        while self._peek().kind != "]":
            members.append(self._member())
            if self._peek().kind != "]":
                self._expect(",", ", ]")
        self._take()
        return self._node(start.at, "list", *members)

    def _member(self) -> Ast:
        token = self._peek()
        if token.kind == "-":
            self._take()
            number = self._expect("number", "8")
            return self._node(token.at, "neg", self._node(number.at, "num", number.value))
        found = self._plain()
        if found[0] == "var":
            raise NotExpected(self._parsed.source, token.at, found=token.value, expected='8, "text", true')
        return found


def render_expression(ast: Ast) -> str:
    """The text of a tree, with no more brackets than it needs: `parse_expression(render_expression(a)).ast == a`."""
    return _render(ast)[0]


def _render(ast: Ast) -> tuple[str, int]:
    """Text and strength of the outermost operator."""
    node = str(ast[0])
    if node in {"num", "str", "bool", "var"}:
        return _render_plain(node, ast[1]), 7
    if node == "list":
        return "[" + ", ".join(_render(member)[0] for member in ast[1:]) + "]", 7
    if node in {"not", "neg"}:
        sign = "!" if node == "not" else "-"
        return sign + _bracketed(ast[1], UNARY), UNARY
    sign = SIGN_OF.get(node, node)
    strength = BINDING[sign]
    return f"{_bracketed(ast[1], strength)} {sign} {_bracketed(ast[2], strength + 1)}", strength


def _render_plain(node: str, value: Any) -> str:
    if node == "str":
        return quote(str(value))
    if node == "bool":
        return "true" if value else "false"
    return repr(value) if node == "num" else str(value)


def _bracketed(ast: Ast, least: int) -> str:
    text, strength = _render(ast)
    return text if strength >= least else f"({text})"
