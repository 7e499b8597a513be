import json
from math import inf, nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guiju.kinds import (
    KINDS,
    Answer,
    BadAnswer,
    Choice,
    UnknownKind,
    check_answers,
    decode_answers,
    encode_answers,
    get_kind,
    kind_of,
)
from tests.kinds.answers import FIELD, IMAGE, answers, box, drawn


@given(st.dictionaries(st.text(min_size=1), answers, max_size=3))
def test_what_is_written_is_read_again(several: dict[str, Answer]) -> None:
    assert decode_answers(encode_answers(several)) == several
    assert decode_answers(json.loads(encode_answers(several))) == several


@given(answers, answers)
def test_the_order_of_fields_does_not_change_the_bytes(a: Answer, b: Answer) -> None:
    assert encode_answers({"a": a, "b": b}) == encode_answers({"b": b, "a": a})


def test_the_byte_form_is_this() -> None:
    assert encode_answers({"f": Choice(("pos",))}) == b'{"f":{"kind":"choice","labels":["pos"]}}'
    assert encode_answers({"f": drawn(box(1, 2.346))}) == (
        b'{"f":{"kind":"box","shapes":[{"h":10.0,"id":"b1","label":"RBC","w":10.0,"x":1.0,"y":2.35}]}}'
    )


def test_numbers_are_rounded_and_zero_has_no_sign() -> None:
    (shape,) = decode_answers(encode_answers({"f": drawn(box(-0.001, 1.006, 2.004))})).values()
    assert shape == drawn(box(0.0, 1.01, 2.0))
    assert b"-0" not in encode_answers({"f": drawn(box(-0.001, 0))})


@pytest.mark.parametrize("raw", [b"", b"null", b"[]", b'{"f": 1}', b"\xff", b'{"f":{"kind":"choice","labels":[NaN]}}'])
def test_what_is_no_annotation_is_refused(raw: bytes) -> None:
    with pytest.raises(BadAnswer):
        decode_answers(raw)


def test_the_refusal_says_where() -> None:
    with pytest.raises(BadAnswer, match="unknown field `sure`"):
        decode_answers({"f": {"kind": "choice", "labels": [], "sure": 1}})


@pytest.mark.parametrize("number", [nan, inf, -inf])
def test_numbers_that_are_none_are_a_problem_and_are_never_written(number: float) -> None:
    answer = drawn(box(number, 0))
    assert [found.code for found in check_answers({"cells": answer}, [FIELD], IMAGE)] == ["not-finite"]
    with pytest.raises(BadAnswer):
        encode_answers({"cells": answer})


def test_a_kind_is_found_by_name_and_by_answer() -> None:
    assert get_kind("box") is kind_of(drawn()) is KINDS["box"]
    with pytest.raises(UnknownKind, match="mood"):
        get_kind("mood")
