"""Types of expressions: what each operator takes and gives, and what an answer of each kind has to offer."""

import enum
from collections.abc import Mapping
from typing import TypeAlias

from guiju.kinds import KINDS
from guiju.rulebooks.expressions.errors import NotAYesOrNo, UnknownName, WrongType
from guiju.rulebooks.expressions.parser import Ast, Parsed, parse_expression


class Type(enum.StrEnum):
    NUMBER = "number"
    TEXT = "text"
    TRUTH = "truth"
    TEXTS = "texts"


SIGNS = {Type.NUMBER: "123", Type.TEXT: '"abc"', Type.TRUTH: "true/false", Type.TEXTS: '["abc", …]'}
"""How a refusal shows a type, in no language."""

Variables: TypeAlias = Mapping[str, Type]

VARIABLES: dict[str, Variables] = {
    kind.name: {name: Type(asked) for name, asked in kind.asks.items()} for kind in KINDS.values()
}
"""What a check can ask of an answer, by its kind: of what is marked in it each by itself, of another one the whole."""

_LITERALS = {"num": Type.NUMBER, "str": Type.TEXT, "bool": Type.TRUTH}
_TAKES = {
    **dict.fromkeys(("and", "or", "not"), Type.TRUTH),
    **dict.fromkeys(("<", "<=", ">", ">=", "+", "-", "*", "/", "neg"), Type.NUMBER),
}
_SHOWN = {"and": "&&", "or": "||", "not": "!", "neg": "-"}


def check_expression(source: str, variables: Variables) -> Ast:
    """The tree of a check, proven to give true or false. Raises a subclass of `BadExpression`."""
    parsed = parse_expression(source)
    found = type_of(parsed, variables)
    if found is not Type.TRUTH:
        raise NotAYesOrNo(source, 0, found=SIGNS[found])
    return parsed.ast


def type_of(parsed: Parsed, variables: Variables) -> Type:
    """The type of the whole expression. Raises `UnknownName`, `WrongType`."""
    return _type(parsed, parsed.ast, variables)


def _type(parsed: Parsed, node: Ast, variables: Variables) -> Type:
    sign = str(node[0])
    if sign in _LITERALS:
        return _LITERALS[sign]
    if sign == "var":
        return _variable(parsed, node, variables)
    if sign == "in":
        return _membership(parsed, node, variables)
    if sign in {"==", "!="}:
        return _equality(parsed, node, variables)
    wanted = _TAKES[sign]
    for operand in node[1:]:
        _expect(parsed, operand, sign, wanted, _type(parsed, operand, variables))
    return Type.NUMBER if sign in {"+", "-", "*", "/", "neg"} else Type.TRUTH


def _variable(parsed: Parsed, node: Ast, variables: Variables) -> Type:
    if node[1] not in variables:
        raise UnknownName(parsed.source, parsed.place_of(node), name=node[1], known=", ".join(variables))
    return variables[str(node[1])]


def _equality(parsed: Parsed, node: Ast, variables: Variables) -> Type:
    left = _type(parsed, node[1], variables)
    if left is Type.TEXTS:
        _expect(parsed, node[1], str(node[0]), Type.TEXT, left)
    _expect(parsed, node[2], str(node[0]), left, _type(parsed, node[2], variables))
    return Type.TRUTH


def _membership(parsed: Parsed, node: Ast, variables: Variables) -> Type:
    left = _type(parsed, node[1], variables)
    if node[2][0] == "var":
        _expect(parsed, node[2], "in", Type.TEXTS, _type(parsed, node[2], variables))
        _expect(parsed, node[1], "in", Type.TEXT, left)
        return Type.TRUTH
    for member in node[2][1:]:
        _expect(parsed, member, "in", left, _type(parsed, member, variables))
    return Type.TRUTH


def _expect(parsed: Parsed, operand: Ast, sign: str, wanted: Type, found: Type) -> None:
    if found is not wanted:
        places = {"operator": _SHOWN.get(sign, sign), "wanted": SIGNS[wanted], "found": SIGNS[found]}
        raise WrongType(parsed.source, parsed.place_of(operand), **places)
