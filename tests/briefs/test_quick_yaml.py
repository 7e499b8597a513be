"""The quick reader of YAML gives what the careful one gives, line for line, or leaves the document to it."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guiju.briefs.plain import Node, read_carefully
from guiju.briefs.quick import read_quickly
from guiju.samples.documents import brief_text, rulebook_text

DOCUMENTS = [
    *(rulebook_text(name).split("---\n")[1] for name in ("steel", "service")),
    *(brief_text(name) for name in ("steel", "service")),
    "a: |\n  one\n  # no comment\n\n  two\nb: >-\n  folded\n  text\nc: 'it''s'\nd: \"\\u4e2d \\\"x\\\"\"\n",
    "a: [yes, No, on, 1.0.0, 12, -3, 0.5, true, False, null, ~, '7', x-1, a b]\nb:\nc: {}\nd: []\n",
    "a: 2026-11-22\n",
    "a:\n- b: 1\n  c: # quiet\n  - d\n- {e: [1, {f: g}]}\n",
    "1: one\n2: {3: three}\n",
]
DOUBTFUL = [
    "a: &x 1\nb: *x\n",
    "a: 2026-13-22\n",
    "a: 0x1f\n",
    "a: 1_000\n",
    "a: 1e3\n",
    "a: 010\n",
    "a: !!str 1\n",
    "a: 12:30\n",
    "<<: {a: 1}\n",
    "a: 1\na: 2\n",
    "- a\n",
    "a",
    "",
    "a: [\n",
    "a: .inf\n",
    "? [a]\n: b\n",
    "a: 1\n---\nb: 2\n",
    "a: 12:30\n",
]


def _same(quick: Node, careful: Node) -> None:
    assert (quick.line, type(quick.plain())) == (careful.line, type(careful.plain()))
    if isinstance(careful.value, dict):
        assert list(quick.mapping()) == list(careful.mapping())
        for key in careful.mapping():
            one, other = quick.find(key), careful.find(key)
            assert (one is None) == (other is None)
            if one is not None and other is not None:
                _same(one, other)
    elif isinstance(careful.value, list):
        for one, other in zip(quick.items(), careful.items(), strict=True):
            _same(one, other)
    else:
        assert quick.plain() == careful.plain()


@pytest.mark.parametrize("text", DOCUMENTS)
def test_both_readers_agree_on_values_and_lines(text: str) -> None:
    quick = read_quickly(text, 3)
    assert quick is not None
    _same(Node(quick, "", 4), read_carefully(text, 3))


@pytest.mark.parametrize("text", DOUBTFUL)
def test_what_they_could_read_differently_is_left_to_the_careful_one(text: str) -> None:
    assert read_quickly(text, 0) is None


_SCALARS = st.text(st.sampled_from("ab01.-_: '\"#[]{},&*!|>%@`~?\n=中e+xTZ"), max_size=8)
_LINES = st.lists(st.tuples(st.integers(0, 2), st.sampled_from(["a: ", "b: ", "- ", ""]), _SCALARS), max_size=5)


@settings(max_examples=300, deadline=None)
@given(lines=_LINES)
def test_whatever_is_written_the_quick_reader_never_reads_what_the_careful_one_would_not(lines: Any) -> None:
    text = "".join(f"{'  ' * depth}{lead}{said}\n" for depth, lead, said in lines)
    quick = read_quickly(text, 0)
    if quick is not None:
        _same(Node(quick, "", 1), read_carefully(text))
