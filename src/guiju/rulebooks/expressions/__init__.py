"""The small typed grammar of a rulebook's checks: `label == "scratch" && width >= 3 * height`.

Text → tokens → tree (`["and", a, b]`, JSON that the browser reads too) → types → a function. The tree and its
values are proven equal on both sides by `tests/rulebooks/fixtures/expressions.json`.
"""

from guiju.rulebooks.expressions.errors import BadExpression
from guiju.rulebooks.expressions.evaluate import Evaluate, compile_expression
from guiju.rulebooks.expressions.parser import Ast, parse_expression, render_expression
from guiju.rulebooks.expressions.types import VARIABLES, Type, Variables, check_expression, type_of

__all__ = [
    "VARIABLES",
    "Ast",
    "BadExpression",
    "Evaluate",
    "Type",
    "Variables",
    "check_expression",
    "compile_expression",
    "parse_expression",
    "render_expression",
    "type_of",
]
