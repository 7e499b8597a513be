"""The fixtures that the browser's codec reads too: the same wire is right, or wrong for the same reasons."""

import json
from pathlib import Path
from typing import Any, cast

import msgspec
import pytest

from guiju.kinds import (
    KINDS,
    BadAnswer,
    FieldShape,
    ItemShape,
    check_answers,
    decode_answers,
    encode_answers,
    get_kind,
    shorten,
)
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


@pytest.mark.parametrize("row", [one for one in _fixtures() if one.values[0]["valid"]])
def test_the_short_form_of_an_answer_reads_back_as_the_answer(row: dict[str, Any]) -> None:
    answers = decode_answers(json.dumps({"f": row["wire"]}))
    expand = get_kind(row["wire"]["kind"]).expand
    back = decode_answers(json.dumps({"f": expand(shorten(answers)["f"])}))
    ids = [(part.id, other.id) for part, other in zip(_parts(answers), _parts(back), strict=True)]
    said = encode_answers(answers).decode()
    for number, (old, _) in enumerate(ids):
        said = said.replace(f'"id":"{old}"', f'"id":"#{number}"')
    again = encode_answers(back).decode()
    for number, (_, new) in enumerate(ids):
        again = again.replace(f'"id":"{new}"', f'"id":"#{number}"')
    assert again == said


def _parts(answers: Any) -> list[Any]:
    return [part for answer in answers.values() for part in get_kind(msgspec.to_builtins(answer)["kind"]).parts(answer)]
