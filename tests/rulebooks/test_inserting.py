"""What is added to a document leaves every other byte of it as it was: comments, blank lines, quotes, order."""

from typing import Any, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guiju.briefs.plain import read_carefully, read_yaml
from guiju.rulebooks import DraftNotReadable, parse_rulebook
from guiju.rulebooks.writing import append_to, insert_entry
from guiju.samples.documents import rulebook_text

STEEL = rulebook_text("steel")
TOP = "---\n# 顶\ntitle: {zh: 甲, en: A}\nfields:\n- id: f\n  labels: [a,\n    b,  # two\n  ]\nlabels:\n"
EXAMPLE = {"id": "E9", "polarity": "boundary", "note": {"zh": "断续: 一条", "en": 'a "b" # c'}, "text": "yes"}
LISTS = {
    "in blocks": "  - id: a\n    name: 甲\n\n  # two\n  - id: b\n    name: |\n      乙\n      # said\n\n# behind\n",
    "in brackets": " [{id: a, name: 甲},\n  {id: b, name: 乙}\n  ]  # behind\n",
    "empty": " []  # none yet\n",
    "without a value": "  # none yet\n",
    "at the edge": "\n- id: a\n  name: 甲\n- {id: b, name: 乙}",
}


def _document(listed: str) -> str:
    front = f"title: {{zh: 甲, en: A}}   # kept\nfields: []\nexamples:{listed.rstrip()}\n# the end\nchecks: []\n"
    return f"---\n{front}---\n\n## C1 甲 | A\n\n甲  \n"


@pytest.mark.parametrize("listed", LISTS.values(), ids=LISTS)
def test_an_entry_comes_last_and_nothing_else_changes(listed: str) -> None:
    before = _document("\n" + listed if listed.startswith("  -") else listed)
    edit = insert_entry(before, "examples", EXAMPLE)
    after = edit.apply(before)
    found = read_yaml(after.split("---\n")[1]).need("examples").plain()
    assert isinstance(found, list)
    entries = cast("list[object]", found)
    assert entries[-1] == EXAMPLE
    assert len(entries) == 1 + before.count("id: ")
    kept = after.split("\n")
    kept[edit.line : edit.line + len(edit.lines)] = before.split("\n")[edit.line : edit.line + edit.gone]
    assert "\n".join(kept) == before
    assert edit.gone <= 1


def test_a_list_that_is_not_there_is_begun_at_the_end_of_the_front_matter() -> None:
    after = insert_entry("---\ntitle: a\n---\n\ntext\n", "examples", {"id": "E1"}).apply("---\ntitle: a\n---\n\ntext\n")
    assert after == "---\ntitle: a\nexamples:\n  - id: E1\n---\n\ntext\n"


def test_a_label_joins_its_field_where_the_list_spans_lines_and_comments() -> None:
    document = TOP + "  - {id: a}\n---\n"
    after = append_to(document, ("fields", 0, "labels"), "c").apply(document)
    found = read_yaml(after.split("---\n")[1]).need("fields").items()[0].need("labels").plain()
    assert found == ["a", "b", "c"]
    assert "# two" in after


@pytest.mark.parametrize(
    "document", ["", "no front matter", "---\ntitle: [\n---\n", "---\nexamples: {a: 1}\n---\n", "---\n- a\n---\n"]
)
def test_a_document_that_cannot_be_read_is_refused_by_name(document: str) -> None:
    with pytest.raises(DraftNotReadable):
        insert_entry(document, "examples", EXAMPLE)


_TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)


@settings(deadline=None, max_examples=60)
@given(text=_TEXTS, count=st.integers(1, 4))
def test_whatever_a_text_holds_it_is_read_back_and_the_rest_stays_byte_for_byte(text: str, count: int) -> None:
    document = STEEL
    for number in range(count):
        document = insert_entry(document, "examples", {**EXAMPLE, "id": f"E{90 + number}", "text": text}).apply(
            document
        )
    at, kept = document.index("  - id: E90"), len(document) - len(STEEL)
    assert document[:at] + document[at + kept :] == STEEL
    found: Any = read_carefully(document.split("---\n")[1]).need("examples").plain()
    assert found[-1]["text"] == text
    assert len(parse_rulebook(document).examples) == len(parse_rulebook(STEEL).examples) + count
