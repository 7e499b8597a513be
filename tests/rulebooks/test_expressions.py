"""Expressions: read as they are written, typed before they run, reckoned as the browser does."""

import json
from math import inf, isnan, nan
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guiju.rulebooks.expressions import (
    VARIABLES,
    BadExpression,
    check_expression,
    compile_expression,
    parse_expression,
    render_expression,
)
from guiju.rulebooks.expressions.columns import column_of, evaluate_columns
from guiju.rulebooks.expressions.evaluate import divide

# The browser's side reads the same file (frontend/tests).
FIXTURES: dict[str, Any] = json.loads((Path(__file__).parent / "fixtures/expressions.json").read_text(encoding="utf-8"))

NUMBERS = st.one_of(
    st.integers(0, 2**53 - 1),
    st.floats(0, 1e300, exclude_min=True).map(lambda x: int(x) if x.is_integer() and x < 2**53 else x),
).map(lambda value: ["num", value])
NUMERIC = st.recursive(
    st.one_of(NUMBERS, st.sampled_from([["var", "width"], ["var", "x"], ["var", "area"]])),
    lambda inner: st.one_of(
        st.tuples(st.just("neg"), inner).map(list),
        st.tuples(st.sampled_from("+-*/"), inner, inner).map(list),
    ),
    max_leaves=6,
)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=6).filter(lambda text: "\r" not in text)
STRINGS = st.one_of(TEXTS.map(lambda text: ["str", text]), st.just(["var", "label"]))
TRUTHS = st.recursive(
    st.one_of(
        st.booleans().map(lambda value: ["bool", value]),
        st.tuples(st.sampled_from(["<", "<=", ">", ">=", "==", "!="]), NUMERIC, NUMERIC).map(list),
        st.tuples(st.sampled_from(["==", "!="]), STRINGS, STRINGS).map(list),
        st.lists(TEXTS, max_size=3).map(lambda texts: ["in", ["var", "label"], ["list", *(["str", t] for t in texts)]]),
    ),
    lambda inner: st.one_of(
        st.tuples(st.just("not"), inner).map(list),
        st.tuples(st.sampled_from(["and", "or", "==", "!="]), inner, inner).map(list),
    ),
    max_leaves=6,
)


@pytest.mark.parametrize("case", FIXTURES["expressions"], ids=lambda case: case["source"])
def test_an_expression_has_the_tree_and_the_values_that_both_sides_agreed_on(case: dict[str, Any]) -> None:
    ast = check_expression(case["source"], VARIABLES[case["kind"]])
    assert ast == case["ast"]
    run, told, wanted = (
        compile_expression(ast),
        [each["vars"] for each in case["cases"]],
        [each["value"] for each in case["cases"]],
    )
    assert [run(each) for each in told] == wanted
    columns = {name: column_of([each[name] for each in told]) for name in told[0]} if told else {}
    assert evaluate_columns(ast, columns, len(told)).tolist() == wanted


@pytest.mark.parametrize("case", FIXTURES["errors"], ids=lambda case: case["source"])
def test_a_wrong_expression_is_refused_by_name_at_its_column(case: dict[str, Any]) -> None:
    with pytest.raises(BadExpression) as refused:
        check_expression(case["source"], VARIABLES[case["kind"]])
    assert (refused.value.code, refused.value.details["column"]) == (case["code"], case["column"])
    source, caret = refused.value.caret.split("\n")
    assert (source, len(caret)) == (case["source"], case["column"])


@given(TRUTHS)
def test_what_is_rendered_is_read_back_as_the_same_tree(ast: list[Any]) -> None:
    assert parse_expression(render_expression(ast)).ast == ast


ROW = st.tuples(st.floats(), st.floats(-1e6, 1e6), TEXTS)


@given(TRUTHS, st.lists(ROW, max_size=4))
def test_columns_give_what_row_by_row_gives(ast: list[Any], rows: list[tuple[float, float, str]]) -> None:
    told = [{"width": width, "x": x, "area": width * x, "label": label} for width, x, label in rows]
    columns = {name: column_of([each[name] for each in told]) for name in ("width", "x", "area")}
    columns["label"] = column_of([each["label"] for each in told]) if told else column_of([""])[:0]
    run = compile_expression(ast)
    assert evaluate_columns(ast, columns, len(told)).tolist() == [run(each) for each in told]


@given(TRUTHS, st.floats(), st.floats(-1e6, 1e6), TEXTS)
def test_a_typed_expression_gives_what_a_plain_walk_of_its_tree_gives(
    ast: list[Any], width: float, x: float, label: str
) -> None:
    variables = {"width": width, "x": x, "area": width * x, "label": label}
    assert check_expression(render_expression(ast), VARIABLES["box"]) == ast
    assert compile_expression(ast)(variables) is _walk(ast, variables)


def _walk(ast: list[Any], variables: dict[str, Any]) -> Any:
    """A second reading of the tree, written apart from the compiler: match by match, no closures."""
    match ast:
        case ["num", value]:
            return float(value)
        case ["str" | "bool", value]:
            return value
        case ["var", name]:
            return variables[name]
        case ["in", item, ["list", *members]]:
            return any(_walk(item, variables) == _walk(member, variables) for member in members)
        case ["not", operand]:
            return not _walk(operand, variables)
        case ["neg", operand]:
            return -_walk(operand, variables)
        case [sign, left, right]:
            return _join(sign, _walk(left, variables), _walk(right, variables))
        case _:
            raise AssertionError(ast)


def _join(sign: str, a: Any, b: Any) -> Any:
    comparisons = {"<": a < b, "<=": a <= b, ">": a > b, ">=": a >= b, "==": a == b, "!=": a != b}
    if sign in comparisons:
        return comparisons[sign]
    if sign in {"and", "or"}:
        return (a and b) if sign == "and" else (a or b)
    return {"+": lambda: a + b, "-": lambda: a - b, "*": lambda: a * b, "/": lambda: divide(a, b)}[sign]()


@pytest.mark.parametrize(
    ("a", "b", "wanted"),
    [(1, 0.0, inf), (1, -0.0, -inf), (-1, 0.0, -inf), (-0.0, 0.0, nan), (nan, 0.0, nan), (6, 3, 2)],
)
def test_division_by_zero_is_what_ieee_754_says(a: float, b: float, wanted: float) -> None:
    found = divide(a, b)
    assert found == wanted or (isnan(found) and isnan(wanted))


@pytest.mark.parametrize("source", ["(" * 5000, "1" + " + 1" * 201 + " > 0", "!" * 100 + "true", "x" * 3000])
def test_an_expression_made_to_exhaust_the_stack_is_refused(source: str) -> None:
    with pytest.raises(BadExpression) as refused:
        check_expression(source, VARIABLES["box"])
    assert refused.value.code == "expression-too-deep"


@pytest.mark.parametrize(
    "source", ["__import__('os')", "().__class__", "label.upper() == 'A'", "x if x else y", "lambda: 1"]
)
def test_python_is_not_an_expression(source: str) -> None:
    with pytest.raises(BadExpression):
        check_expression(source, VARIABLES["box"])
