"""Span F1 against seqeval and counting."""

import warnings
from collections.abc import Callable
from typing import Any, Literal, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guiju.stats.agreement.marks import Span
from guiju.stats.scores.spans import NO_ENTITY, UnevenSentences, UnknownTag, score_spans, score_tags, spans_of_tags

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import seqeval.metrics as _metrics
    from seqeval.metrics import sequence_labeling as _labeling
    from seqeval.scheme import IOB2
    from seqeval.scheme import Entities as _Entities

# The oracle has no types.
metrics, get_entities, Entities = (
    cast("Any", _metrics),
    cast("Any", _labeling).get_entities,
    cast("Any", _Entities),
)

LENIENT = ["O", *(f"{p}-{t}" for p in "BIES" for t in ("X", "Y-Z"))]
STRICT = ["O", *(f"{p}-{t}" for p in "BI" for t in ("X", "Y"))]


def _sentences(tags: list[str]) -> st.SearchStrategy[list[list[tuple[str, str]]]]:
    token = st.tuples(st.sampled_from(tags), st.sampled_from(tags))
    return st.lists(st.lists(token, max_size=7), min_size=1, max_size=5)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(LENIENT), max_size=12))
def test_entities_read_leniently_are_conllevals(tags: list[str]) -> None:
    theirs: Any = get_entities(tags)
    assert [(m.label, m.start, m.end - 1) for m in spans_of_tags(tags)] == [tuple(one) for one in theirs]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(STRICT), min_size=1, max_size=12))
def test_entities_read_strictly_are_iob2(tags: list[str]) -> None:
    theirs: Any = Entities([tags], IOB2).entities[0]
    assert [(m.label, m.start, m.end) for m in spans_of_tags(tags, "iob2")] == [(e.tag, e.start, e.end) for e in theirs]


def _report(right: Any, found: Any, **how: Any) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return metrics.classification_report(right, found, output_dict=True, zero_division=0, **how)


@pytest.mark.parametrize(("reading", "tags"), [("conlleval", LENIENT), ("iob2", STRICT)])
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_scores_are_seqevals(reading: Literal["conlleval", "iob2"], tags: list[str], data: st.DataObject) -> None:
    sentences = data.draw(_sentences(tags))
    right, found = ([[t[k] for t in one] for one in sentences] for k in (0, 1))
    mine = score_tags(right, found, reading)
    if mine.f1.value is None:
        assert mine.f1.why == NO_ENTITY
        return
    theirs = _report(right, found, **({"mode": "strict", "scheme": IOB2} if reading == "iob2" else {}))
    micro = theirs["micro avg"]
    assert ((mine.precision or 0), (mine.recall or 0)) == (
        pytest.approx(micro["precision"]),
        pytest.approx(micro["recall"]),
    )
    assert mine.f1.value == pytest.approx(micro["f1-score"])
    assert mine.macro_f1 == pytest.approx(theirs["macro avg"]["f1-score"])
    if mine.weighted_f1 is not None:
        assert mine.weighted_f1 == pytest.approx(theirs["weighted avg"]["f1-score"])
    for one in mine.types:
        assert (one.precision or 0) == pytest.approx(theirs[one.type]["precision"])
        assert (one.f1.value, one.support) == (pytest.approx(theirs[one.type]["f1-score"]), theirs[one.type]["support"])
    assert mine.token_accuracy == pytest.approx(metrics.accuracy_score(right, found))


def test_the_published_example(vector: Callable[[str], Any]) -> None:
    one = vector("seqeval")
    right, found = one["data"]["true"], one["data"]["pred"]
    mine = score_tags(right, found)
    assert (mine.f1.value, mine.token_accuracy) == (one["expected"]["micro_f1"], one["expected"]["token_accuracy"])
    assert {t.type: t.f1.value for t in mine.types} == one["expected"]["per"]
    chunk, other = [["B-NP", "I-NP", "O"]], [["I-NP", "I-NP", "O"]]
    assert (score_tags(chunk, other).f1.value, score_tags(chunk, other, "iob2").f1.value) == (1.0, 0.0)


def test_tags_and_the_spans_they_make_score_alike_and_have_an_interval() -> None:
    right = [["B-X", "I-X", "O", "B-Y"], ["O", "B-X"], ["B-Y", "O"]] * 20
    found = [["B-X", "I-X", "O", "O"], ["O", "B-Y"], ["B-Y", "O"]] * 20
    tags = score_tags(right, found)
    spans = score_spans([spans_of_tags(s) for s in right], [spans_of_tags(s) for s in found])
    assert (tags.f1, tags.types) == (spans.f1, spans.types)
    low, high = tags.f1.low, tags.f1.high
    assert low is not None
    assert high is not None
    assert low < (tags.f1.value or 0) < high
    assert spans.token_accuracy is None
    assert len(tags.meaning) == 3


def test_what_was_never_predicted_has_no_precision() -> None:
    found = score_tags([["B-X"]], [["O"]])
    assert (found.precision, found.recall, found.f1.value) == (None, 0.0, 0.0)
    nothing = score_tags([["O"]], [["O"]])
    assert (nothing.f1.value, nothing.f1.why, nothing.macro_f1, nothing.token_accuracy) == (None, NO_ENTITY, None, 1.0)
    assert score_tags([], []).f1.why == NO_ENTITY
    assert score_tags([[]], [[]]).token_accuracy is None
    assert [str(one) for one in nothing.meaning]


def test_bad_tags_are_refused() -> None:
    with pytest.raises(UnevenSentences):
        score_tags([["O"]], [["O", "O"]])
    with pytest.raises(UnevenSentences):
        score_tags([["O"]], [])
    with pytest.raises(UnevenSentences):
        score_spans([[]], [])
    for tag in ("", "X", "OO", "b-X", "BX"):
        with pytest.raises(UnknownTag):
            score_tags([[tag]], [["O"]])
    with pytest.raises(UnknownTag):
        score_tags([["S-X"]], [["O"]], "iob2")


def test_a_mark_given_twice_counts_once() -> None:
    marks = [Span(0, 2, "X")]
    assert score_spans([marks], [marks * 2]).f1.value == 1.0
