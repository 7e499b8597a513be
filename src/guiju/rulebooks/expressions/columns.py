"""A tree over columns: one call for all rows, with the values that the function of `evaluate` gives row by row.

Numbers are float64 and truths bool; texts, and several texts, are objects. Brings NumPy along, so only jobs load it.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from guiju.rulebooks.expressions.evaluate import compile_expression
from guiju.rulebooks.expressions.parser import Ast

Array: TypeAlias = NDArray[Any]
Columns: TypeAlias = Mapping[str, Array]

_ACTS: dict[str, Callable[..., Any]] = {
    "not": np.logical_not,
    "neg": np.negative,
    "==": np.equal,
    "!=": np.not_equal,
    "<": np.less,
    "<=": np.less_equal,
    ">": np.greater,
    ">=": np.greater_equal,
    "+": np.add,
    "-": np.subtract,
    "*": np.multiply,
    "/": np.divide,
    "and": np.logical_and,
    "or": np.logical_or,
}


def column_of(values: Sequence[Any]) -> Array:
    """The values of one variable: float64, bool, or objects."""
    first = values[0] if values else 0.0
    if isinstance(first, bool):
        return np.fromiter(values, bool, len(values))
    if isinstance(first, int | float):
        return np.fromiter(values, np.float64, len(values))
    made = np.empty(len(values), object)
    made[:] = values
    return made


def evaluate_columns(ast: Ast, columns: Columns, rows: int) -> NDArray[np.bool_]:
    """Whether a tree that types as a truth holds, for each of `rows` rows."""
    with np.errstate(all="ignore"):
        return np.broadcast_to(np.asarray(_value(ast, columns), bool), (rows,))


def _value(ast: Ast, columns: Columns) -> Any:
    sign = ast[0]
    if sign == "num":
        return np.float64(ast[1])
    if sign == "bool":
        return ast[1]
    if sign == "str":
        return np.array(ast[1], object)  # as a text of NumPy's own it would lose what it cannot hold at its end
    if sign == "var":
        return columns[ast[1]]
    if sign == "in":
        return _membership(_value(ast[1], columns), ast[2], columns)
    return _ACTS[sign](*(_value(operand, columns) for operand in ast[1:]))


def _membership(values: Any, members: Ast, columns: Columns) -> Any:
    if members[0] == "var":
        several = columns[members[1]]
        each = np.broadcast_to(np.asarray(values, object), several.shape)
        return np.fromiter((one in known for one, known in zip(each, several, strict=True)), bool, len(several))
    known = frozenset(compile_expression(member)({}) for member in members[1:])
    array: Array = np.atleast_1d(values)
    return np.fromiter((one in known for one in array.tolist()), bool, len(array))
