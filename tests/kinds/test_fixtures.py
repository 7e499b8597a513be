"""The fixtures that the browser's codec reads too: the same wire is right, or wrong for the same reasons."""

import json
from pathlib import Path
from typing import Any, cast

import msgspec
import pytest

from guiju.kinds import KINDS, BadAnswer, FieldShape, ItemShape, check_answers, decode_answers, encode_answers
from guiju.kinds.model import NO_OPTIONS

FIXTURES = Path(__file__).parent / "fixtures"


def _fixtures() -> list[Any]:
    return [
        pytest.param(row, id=f"{path.stem}: {row['name']}")
        for path in sorted(FIXTURES.glob("*.json"))
        for row in cast("list[dict[str, Any]]", json.loads(path.read_text(encoding="utf-8")))
    ]


def _problems(row: dict[str, Any]) -> list[str]:
    field, item = _field(row["field"]), msgspec.convert(row["item"], ItemShape)
    beside = [row["beside"]] if "beside" in row else []
    fields = [*(_field(other["field"]) for other in beside), field]
    wires = {other["field"]["id"]: other["wire"] for other in beside}
    try:
        answers = decode_answers(json.dumps({**wires, field.id: row["wire"]}))
    except BadAnswer as refusal:
        return [refusal.code]
    return [problem.code for problem in check_answers(answers, fields, item)]


def _field(asked: dict[str, Any]) -> FieldShape:
    options = asked.get("options")
    told = NO_OPTIONS if options is None else msgspec.convert(options, KINDS[asked["kind"]].options)
    return FieldShape(asked["id"], asked["kind"], tuple(asked["labels"]), asked["required"], told)


@pytest.mark.parametrize("row", _fixtures())
def test_the_wire_is_right_or_wrong_as_the_fixture_says(row: dict[str, Any]) -> None:
    assert _problems(row) == row["problems"]
    assert row["valid"] is (not row["problems"])


def test_every_kind_has_fixtures_of_both_sorts() -> None:
    for name in KINDS:
        rows = json.loads((FIXTURES / f"{name}.json").read_text(encoding="utf-8"))
        assert {row["valid"] for row in rows} == {True, False}


def test_what_both_sides_write_otherwise_than_it_was_read_is_written_as_the_fixture_says() -> None:
    told = [param.values[0] for param in _fixtures()]
    odd = [cast("dict[str, Any]", row) for row in told if "written" in cast("dict[str, Any]", row)]
    assert odd
    for row in odd:
        again = json.loads(encode_answers(decode_answers({"a": row["wire"]})))["a"]["shapes"]
        assert again == [row["written"]], row["name"]
