"""Two people change one draft: each passage is taken from whoever changed it; a clash is named, never overwritten."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guiju.rulebooks import parse_rulebook
from guiju.rulebooks.merging import merge_documents
from guiju.samples.documents import rulebook_text

STEEL = rulebook_text("steel")
EDGE = STEEL.replace("每边留白不超过 2 像素", "每边留白不超过 3 像素")
BRIGHT = STEEL.replace("细长、平直、发亮的刻痕", "细长、平直、发白的刻痕")
CLAUSE_C9 = "## C9 油污 | Oil\n\n油污不标。\n\n> en: Oil is not annotated.\n"


def _with_label(name: str, document: str = STEEL) -> str:
    entry = (
        f"  - id: {name}\n    name: {{zh: {name}, en: {name}}}\n    definition: {{zh: 是 {name}, en: it is {name}}}\n"
    )
    above, below = document.split("checks:\n", 1)
    head, tail = above.split("    labels: [", 1)
    return f"{head}    labels: [{name}, {tail}{entry}checks:\n{below}"


def test_changes_of_different_passages_are_both_kept_to_the_byte() -> None:
    merged = merge_documents(STEEL, EDGE, BRIGHT)
    assert merged.conflicts == ()
    assert merged.text == EDGE.replace("细长、平直、发亮的刻痕", "细长、平直、发白的刻痕")


@pytest.mark.parametrize("text", [STEEL, rulebook_text("service"), "", "no front matter\n", "---\ntitle: [\n"])
def test_what_nobody_changed_stays_as_it_is_even_where_it_cannot_be_read(text: str) -> None:
    assert merge_documents(text, text, text).text == text


def test_two_labels_that_two_people_add_both_stand_in_the_list_and_in_the_field() -> None:
    merged = merge_documents(STEEL, _with_label("oil"), _with_label("rust"))
    assert merged.conflicts == ()
    found = parse_rulebook(merged.text)
    assert {"oil", "rust", "scratch"} <= {label.id for label in found.labels}
    assert {"oil", "rust", "scratch"} <= set(found.fields[0].labels)


def test_one_label_changed_in_two_lines_by_two_people_is_merged() -> None:
    keyed = STEEL.replace("hotkey: '1'", "hotkey: 'q'", 1)
    merged = merge_documents(STEEL, keyed, BRIGHT)
    assert merged.conflicts == ()
    assert (parse_rulebook(merged.text).labels[0].hotkey, "发白" in merged.text) == ("q", True)


def test_one_clause_changed_by_both_is_a_named_conflict_that_shows_both_texts() -> None:
    other = STEEL.replace("每边留白不超过 2 像素", "每边留白不超过 5 像素")
    merged = merge_documents(STEEL, EDGE, other)
    (conflict,) = merged.conflicts
    assert conflict.place.startswith("C")
    assert ("3 像素" in conflict.mine, "5 像素" in conflict.theirs) == (True, True)
    assert merged.text == EDGE


def test_a_passage_that_one_removed_and_the_other_changed_is_a_conflict_and_not_lost() -> None:
    start = STEEL.index("  - id: scratch\n")
    without = STEEL[:start] + STEEL[STEEL.index("  - id: crack\n") :]
    merged = merge_documents(STEEL, without, BRIGHT)
    assert [(conflict.place, conflict.mine) for conflict in merged.conflicts] == [("labels.scratch", "")]
    assert "发白" in merged.text


def test_a_removal_that_nobody_contradicts_is_a_removal() -> None:
    start = STEEL.index("  - id: inside\n")
    without = STEEL[:start] + STEEL[STEEL.index("  - id: ", start + 5) :]
    assert merge_documents(STEEL, without, BRIGHT).text == without.replace("发亮的刻痕", "发白的刻痕")
    assert merge_documents(STEEL, without, without) == merge_documents(without, without, without)


def test_a_clause_that_one_adds_stands_apart_from_what_the_other_added() -> None:
    merged = merge_documents(STEEL, f"{STEEL}\n{CLAUSE_C9}", f"{STEEL}\n{CLAUSE_C9.replace('C9', 'C10')}")
    assert merged.conflicts == ()
    assert [clause.id for clause in parse_rulebook(merged.text).clauses][-2:] == ["C9", "C10"]


def test_a_clause_added_behind_one_that_the_other_changes_is_no_conflict() -> None:
    document = f"{STEEL}\n{CLAUSE_C9}"
    merged = merge_documents(
        document, f"{document}\n## C10 灰尘 | Dust\n\n灰尘不标。\n", document.replace("油污不标", "油污要标")
    )
    assert (merged.conflicts, "油污要标" in merged.text, "## C10" in merged.text) == ((), True, True)


def test_a_fence_may_hold_what_looks_like_a_heading() -> None:
    fenced = f"{STEEL}\n{CLAUSE_C9}\n```\n## C1 not a heading\n```\n"
    assert merge_documents(fenced, fenced, fenced.replace("油污不标", "油污要标")).conflicts == ()


PLACES = ("每边留白不超过 2 像素", "细长、平直、发亮的刻痕", "width >= 3 * height", "hotkey: '2'", "表面缺陷标注规则")


@given(mine=st.sets(st.sampled_from(PLACES)), theirs=st.sets(st.sampled_from(PLACES)))
def test_any_changes_of_other_passages_come_together_in_either_order(mine: set[str], theirs: set[str]) -> None:
    theirs -= mine

    def changed(places: set[str]) -> str:
        text = STEEL
        for place in places:
            text = text.replace(
                place, place.replace("2", "7").replace("3", "7").replace("亮", "白").replace("规", "法")
            )
        return text

    left, right = changed(mine), changed(theirs)
    merged = merge_documents(STEEL, left, right)
    assert merged.conflicts == ()
    assert merged.text == merge_documents(STEEL, right, left).text == changed(mine | theirs)
