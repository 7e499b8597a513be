"""Labels changed in a document: every place that names them, and what people wrote around it as it stands."""

import pytest

from guiju.rulebooks import errors_of, find_problems, parse_rulebook
from guiju.rulebooks.expressions.rewriting import with_labels
from guiju.rulebooks.relabelling import NewLabel, relabel_document, with_labels_of
from guiju.samples.documents import rulebook_text

STEEL = rulebook_text("steel")
LINE = NewLabel("line", {"zh": "线", "en": "Line"}, {"zh": "线状", "en": "Linear."})
MERGED = relabel_document(STEEL, {"scratch": ("line",), "crack": ("line",)}, [LINE])


def test_a_merged_label_stands_wherever_the_others_did() -> None:
    found = parse_rulebook(MERGED)
    assert not errors_of(find_problems(found))
    label = next(one for one in found.labels if one.id == "line")
    assert (label.aliases, label.hotkey, found.fields[0].labels[0]) == (("scratch", "crack"), "1", "line")
    left = [one for one in MERGED.splitlines() if "scratch" in one.lower().split() and "aliases" not in one]
    assert not [one for one in left if one.strip().startswith(("labels:", "label:", "when:"))]


def test_a_split_names_both_and_an_example_gets_the_first() -> None:
    labels = [NewLabel(name, {"en": name}, {"en": name}) for name in ("deep", "fine")]
    found = parse_rulebook(relabel_document(STEEL, {"scratch": ("deep", "fine")}, labels))
    assert not errors_of(find_problems(found))
    assert 'label in ["deep", "fine"]' in {check.when for check in found.checks}
    assert "deep" in {example.label for example in found.examples}


@pytest.mark.parametrize(
    ("source", "now"),
    [
        ('label == "a" && width > 3', 'label == "c" && width > 3'),
        ("'a' in intents || count == 2", '"c" in intents || count == 2'),
        ('label in ["a", "b", "z"]', 'label in ["c", "z"]'),
        ('text == "a"', 'text == "a"'),
    ],
)
def test_a_condition_compares_with_what_stands_now(source: str, now: str) -> None:
    assert with_labels(source, {"a": ("c",), "b": ("c",)}) == now


def test_labels_that_answers_hold_come_back_into_a_document_without_them() -> None:
    found = parse_rulebook(with_labels_of(MERGED, STEEL, ["line"]))
    assert not errors_of(find_problems(found))
    assert found.fields[0].labels[-1] == "line"


def test_an_alias_stands_for_one_label() -> None:
    twice = MERGED.replace("aliases: [scratch, crack]", "aliases: [scratch, pitting]")
    assert "alias-taken" in {problem.code for problem in find_problems(parse_rulebook(twice))}
