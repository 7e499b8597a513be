"""Clauses in the order in which they decide: a tree that is read from the top, the same on the page and on paper."""

from dataclasses import replace
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guiju.kit import bilingual
from guiju.rulebooks import Clause, compile_document, parse_rulebook, propose_version, render_rulebook
from guiju.rulebooks.exports import export_rulebook
from guiju.rulebooks.model import Rulebook
from guiju.rulebooks.reading import Step, numbered, order_steps, read_through
from guiju.rulebooks.reading.body import body_of
from guiju.samples.documents import rulebook_text
from guiju.site import words_for
from guiju.site.render import environment

CLAUSES = """
## C1 标什么 | What

标。

## C2 裂纹 | Crack
labels: crack
if: 边缘是否曲折？ | Are the edges jagged?

裂。

### C2.1 断续 | Broken
if: 断续但在一条线上？ | Broken, yet on one line?

一条。

### C2.2 孤立 | Alone

一处。

## C3 划痕 | Scratch
labels: scratch
over: C2
if: 是否平直？ | Is it straight?

划。
"""


def _steel() -> Rulebook:
    head = rulebook_text("steel").split("\n---\n")[0]
    return parse_rulebook(f"{head}\n---\n{CLAUSES}")


def _told(way: tuple[Step, ...]) -> list[tuple[str, str]]:
    return [(number, step.clause.id) for number, step in numbered(way)]


def test_a_clause_comes_before_those_it_wins_over_and_sub_clauses_below_theirs() -> None:
    (way,) = read_through(_steel()).ways
    assert _told(way) == [("1", "C3"), ("2", "C2"), ("2.1", "C2.1")]
    assert way[0].question == {"zh": "是否平直？", "en": "Is it straight?"}


def test_a_condition_is_kept_when_the_document_is_written_anew() -> None:
    assert parse_rulebook(render_rulebook(_steel())) == _steel()


def test_clauses_that_nothing_binds_make_no_tree() -> None:
    assert order_steps([Clause(f"C{n}", {"zh": "甲"}, {}) for n in range(1, 5)]) == ()


def test_a_clause_that_decides_in_other_cases_changes_the_meaning() -> None:
    old = _steel()
    new = parse_rulebook(render_rulebook(old).replace("是否平直？", "是否又平又直？"))
    assert [(reason.id, reason.weight.name) for reason in propose_version(old, new).reasons] == [("C3", "MAJOR")]


_IDS = ["C1", "C1.1", "C1.2", "C2", "C2.1", "C3", "C4"]
_OVER = st.lists(st.sampled_from(_IDS), max_size=3).map(tuple)


@settings(deadline=None, max_examples=200)
@given(st.lists(_OVER, min_size=len(_IDS), max_size=len(_IDS)), st.sets(st.sampled_from(_IDS)))
def test_whatever_wins_over_whatever_each_clause_stands_once_and_winners_first(
    over: list[tuple[str, ...]], asked: set[str]
) -> None:
    clauses = [
        Clause(
            name,
            {"zh": name},
            {},
            over=wins if "." not in name else (),
            condition={"zh": "?"} if name in asked else None,
        )
        for name, wins in zip(_IDS, over, strict=True)
    ]
    places = [step.clause.id for way in order_steps(clauses) for _, step in numbered(way)]
    assert len(places) == len(set(places))
    tops = {clause.id: set(clause.over) for clause in clauses if "." not in clause.id}
    is_flat = not any("." in one.id or "." in other for one in clauses for other in one.over)
    if is_flat and not any(name in wins for name, wins in _closure(tops).items()):
        for name, wins in tops.items():
            assert all(places.index(name) < places.index(other) for other in wins if other in tops and other in places)


def _closure(tops: dict[str, set[str]]) -> dict[str, set[str]]:
    found = {name: set(wins) for name, wins in tops.items()}
    for _ in found:
        for wins in found.values():
            wins |= {far for near in [*wins] for far in found.get(near, ())}
    return found


@pytest.mark.parametrize("name", ["steel", "service"])
def test_every_example_is_read_exactly_once(name: str) -> None:
    rulebook = parse_rulebook(rulebook_text(name))
    shown = [one.id for some in read_through(rulebook).examples.values() for one in some]
    assert sorted(shown) == sorted(example.id for example in rulebook.examples)


def test_the_tree_is_the_same_on_the_page_on_paper_and_in_the_prompt() -> None:
    compiled = compile_document(render_rulebook(replace(_steel(), checks=(), examples=())))
    words = words_for("en")
    for format_ in ("html", "prompt"):
        said = export_rulebook(compiled, format_, words).content.decode()
        above = said[: said.index("Clauses</h2>" if format_ == "html" else "## Clauses")]
        places = [
            above.index(text) for text in ("Is it straight?", "Are the edges jagged?", "Broken, yet on one line?")
        ]
        assert places == sorted(places)
    page = environment().get_template("rulebooks/body.html")
    shown = page.render(t=words, own=partial(bilingual, locale="en"), **body_of(_steel()))
    assert shown.count('<li class="step">') == 3
    assert "no ↓" in shown
