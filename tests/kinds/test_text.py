"""Texts: the form in which they are stored, how far two are apart, and what several become."""

import json
from collections.abc import Sequence
from itertools import permutations
from pathlib import Path
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guiju.kinds import KINDS, FieldShape, ItemShape, Merged, TextOptions, Written, check_answers, encode_answers
from guiju.kinds.text.options import Form, has_form
from guiju.kinds.text.shape import tidied
from guiju.work.trial.compare.rules import compare_field
from guiju.work.trial.model import Answered

TEXT = KINDS["text"]
SHARED = json.loads((Path(__file__).parent / "written.json").read_text(encoding="utf-8"))
ITEM = ItemShape("text", length=4)
texts = st.text(st.sampled_from("ab 好\u0301\r\n\t\u3000"), max_size=12)


@pytest.mark.parametrize("row", SHARED["tidied"], ids=lambda row: str(cast("dict[str, Any]", row)["name"]))
def test_a_text_is_stored_in_the_form_that_the_browser_counts(row: dict[str, Any]) -> None:
    stored = tidied(row["written"])
    assert (stored, len(stored)) == (row["stored"], row["characters"])


@pytest.mark.parametrize("row", SHARED["forms"], ids=lambda row: "{form}: {text}".format(**cast("dict[str, str]", row)))
def test_a_form_fits_or_not_as_in_the_browser(row: dict[str, Any]) -> None:
    form: Form = row["form"]
    assert has_form(row["text"], form) is row["fits"]


@given(texts)
def test_the_stored_form_is_its_own_stored_form(text: str) -> None:
    assert tidied(tidied(text)) == tidied(text)


@pytest.mark.parametrize("form", ["digits", "number", "date", "time", "email", "url", "han", "no-han"])
def test_no_form_takes_long_over_a_text_made_to_hold_it_up(form: Form) -> None:
    for part in ("1", ".", "@", "a.", "https://", "好", "a@a."):
        assert has_form(part * (200_000 // len(part)) + " ", form) in {True, False}


def test_what_is_written_differently_and_stored_alike_is_one_answer() -> None:
    assert encode_answers({"t": Written("re\u0301sume\u0301 \r\n")}) == encode_answers({"t": Written("résumé")})


@given(texts.map(Written), texts.map(Written))
def test_the_distance_is_symmetric_and_nought_for_texts_stored_alike(a: Written, b: Written) -> None:
    apart = TEXT.distance(a, b)
    assert 0 <= apart <= 1
    assert apart == TEXT.distance(b, a)
    assert (apart == 0) is (tidied(a.text) == tidied(b.text))


def test_texts_are_apart_by_their_edits() -> None:
    apart = [TEXT.distance(Written("退款已到账"), Written(other)) for other in ("退款未到账", "到账", "X")]
    assert apart == pytest.approx([0.2, 0.6, 1])


LONG = "the parcel is on its way to you now"


@pytest.mark.parametrize(
    ("written", "merged"),
    [
        (["a", "a ", "b"], Merged(Written("a"), 2 / 3, 3)),
        (["a"], Merged(Written("a"), 1, 1)),
        (["", "", "b"], Merged(Written(""), 2 / 3, 3)),
        (["a", "b"], None),
        (["a", "b", "c"], None),
        ([], None),
        ([LONG, f"{LONG}.", f"{LONG}!"], None),
        ([LONG, f"{LONG}!"], None),
        (["yes please", "on its way", "no, thanks"], None),
    ],
)
def test_several_texts_become_the_majority_or_the_one_amid_them_or_nothing(
    written: list[str], merged: Merged[Written] | None
) -> None:
    for order in permutations(Written(text) for text in written):
        assert TEXT.merge(list(order)) == merged


def test_of_texts_that_are_much_alike_the_one_amid_the_others_holds() -> None:
    merged = TEXT.merge([Written(text) for text in (LONG, f"{LONG}!", f"{LONG}!!")])
    assert merged is not None
    assert (merged.answer, merged.n) == (Written(f"{LONG}!"), 3)
    assert merged.confidence == pytest.approx(1 - (1 / 36 + 1 / 37) / 2)


@given(st.lists(texts.map(Written), max_size=4))
def test_who_came_first_does_not_change_the_merge(answers: Sequence[Written]) -> None:
    assert len({repr(TEXT.merge(list(order))) for order in permutations(answers)}) == 1


def test_a_trial_reads_how_alike_the_texts_are() -> None:
    rows = [
        *(Answered(1, who, Written(text)) for who, text in ((1, "好的"), (2, "好的 "))),
        *(Answered(2, who, Written(text)) for who, text in ((1, "退款已到账"), (2, "退款未到账"))),
    ]
    report = compare_field(FieldShape("t", "text", ()), rows)
    assert report.observed.value == pytest.approx((1 + 0.8) / 2)
    assert [line.item_id for line in report.worst] == [2]
    assert report.labels == ()


def test_characters_are_counted_in_the_stored_form() -> None:
    field = FieldShape("t", "text", (), options=TextOptions(max=2))
    assert check_answers({"t": Written(" e\u0301a\r\n")}, [field], ITEM) == []
    [problem] = check_answers({"t": Written("abc")}, [field], ITEM)
    assert (problem.code, problem.details["count"]) == ("text-too-long", 3)
