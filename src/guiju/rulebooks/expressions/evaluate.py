"""A tree as a function: closures made once, called for every shape; nothing is ever handed to Python to run.

Arithmetic is IEEE 754 as in the browser: a division by zero is infinite or not a number, a comparison with what is not
a number is false, and no expression that types can fail.
"""

import operator
from collections.abc import Callable, Mapping
from math import copysign, inf, nan
from typing import Any, TypeAlias

from guiju.rulebooks.expressions.parser import Ast

Evaluate: TypeAlias = Callable[[Mapping[str, Any]], Any]


def divide(a: float, b: float) -> float:
    """`a / b` with infinities and not-a-number in place of an exception."""
    if b:
        return a / b
    return nan if not a or a != a else copysign(inf, copysign(1.0, a) * copysign(1.0, b))  # noqa: PLR0124 - a NaN


_BINARY: dict[str, Callable[[Any, Any], Any]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": divide,
}


def compile_expression(ast: Ast) -> Evaluate:
    """The function of a tree that types: variables in, its value out."""
    sign = ast[0]
    if sign in {"num", "str", "bool"}:
        return _constant(float(ast[1]) if sign == "num" else ast[1])
    if sign == "var":
        return operator.itemgetter(ast[1])
    if sign == "in":
        return _membership(compile_expression(ast[1]), ast[2])
    if sign in {"not", "neg"}:
        return _unary(sign, compile_expression(ast[1]))
    left, right = compile_expression(ast[1]), compile_expression(ast[2])
    if sign == "and":
        return lambda variables: left(variables) and right(variables)
    if sign == "or":
        return lambda variables: left(variables) or right(variables)
    return _binary(_BINARY[sign], left, right)


def _constant(value: object) -> Evaluate:
    return lambda _variables: value


def _unary(sign: str, operand: Evaluate) -> Evaluate:
    if sign == "not":
        return lambda variables: not operand(variables)
    return lambda variables: -operand(variables)


def _binary(act: Callable[[Any, Any], Any], left: Evaluate, right: Evaluate) -> Evaluate:
    return lambda variables: act(left(variables), right(variables))


def _membership(operand: Evaluate, members: Ast) -> Evaluate:
    if members[0] == "var":
        name = members[1]
        return lambda variables: operand(variables) in variables[name]
    values = frozenset(compile_expression(member)({}) for member in members[1:])
    return lambda variables: operand(variables) in values
