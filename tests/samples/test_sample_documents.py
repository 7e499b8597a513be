"""The shipped briefs and rulebooks: they parse, hang together, and tell the truth about the sample items."""

import re
from collections.abc import Iterator
from typing import Any, cast

import pytest
from ruamel.yaml import YAML

from guiju.samples.documents import PROJECTS, brief_text, rulebook_text
from guiju.samples.messages import INTENTS, handwritten
from guiju.samples.steel import HEIGHT, LABELS, WIDTH, draw_surface, item_name

FACETS = ["what", "why", "who", "when", "where", "how", "how_much"]


def _yaml(text: str) -> Any:
    return YAML(typ="safe").load(text)  # pyright: ignore[reportUnknownMemberType] - ruamel types no stream


def _front(project: str) -> Any:
    return _yaml(rulebook_text(project).split("---\n")[1])


def _clauses(project: str) -> dict[str, str]:
    """Clause id → its text below the heading."""
    parts = re.split(r"^#{2,3} (C[\d.]+) .+ \| .+$", rulebook_text(project), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def _bilinguals(node: Any) -> Iterator[dict[str, str]]:
    if isinstance(node, dict):
        tree = cast("dict[str, Any]", node)
        if "zh" in tree or "en" in tree:
            yield tree
        node = list(tree.values())
    for value in cast("list[Any]", node) if isinstance(node, list) else []:
        yield from _bilinguals(value)


@pytest.mark.parametrize(("project", "labels"), [("steel", LABELS), ("service", INTENTS)])
def test_the_rulebook_defines_every_true_label_under_its_own_number_key(project: str, labels: tuple[str, ...]) -> None:
    front = _front(project)
    assert [label["id"] for label in front["labels"]] == front["fields"][0]["labels"] == list(labels)
    assert [label["hotkey"] for label in front["labels"]] == [str(n + 1) for n in range(len(labels))]
    assert len({label["color"] for label in front["labels"]}) == len(labels)


@pytest.mark.parametrize("project", PROJECTS)
def test_every_text_is_there_in_both_languages(project: str) -> None:
    for text in _bilinguals([_front(project), _yaml(brief_text(project))]):
        assert text["zh"]
        assert text["en"]
        assert not re.search(r"[\u4e00-\u9fff][,?!;:]", text["zh"])


@pytest.mark.parametrize("project", PROJECTS)
def test_checks_and_examples_cite_clauses_labels_and_fields_that_exist(project: str) -> None:
    front, clauses = _front(project), _clauses(project)
    labels = {label["id"] for label in front["labels"]}
    assert {one["clause"] for one in front["checks"] + front["examples"]} <= set(clauses)
    assert {one["label"] for one in front["examples"]} == labels
    assert {check["field"] for check in front["checks"]} <= {field["id"] for field in front["fields"]}


@pytest.mark.parametrize("project", PROJECTS)
def test_every_clause_with_text_has_an_english_paragraph_and_known_labels(project: str) -> None:
    known = {label["id"] for label in _front(project)["labels"]}
    for clause, text in _clauses(project).items():
        labels = re.match(r"\nlabels: (.+)", text)
        assert not labels or set(labels[1].split(", ")) <= known, clause
        body = re.sub(r"^labels: .+$", "", text, flags=re.MULTILINE).strip()
        assert not body or re.search(r"^[^>].+\n\n> en: .+", body), clause


def test_the_steel_examples_give_the_truth_of_their_surfaces() -> None:
    for example in _front("steel")["examples"]:
        answer = [tuple(shape.values()) for shape in example["answer"]["defects"]]
        seed = int(re.sub(r"\D", "", example["item"]))
        assert example["item"] == item_name(seed)
        assert answer == [(d.label, d.x, d.y, d.w, d.h) for d in draw_surface(seed).truth]
        assert (example["polarity"] == "negative") == (not answer)


def test_the_true_boxes_pass_the_rulebooks_own_checks() -> None:
    checks = [(_python(one.get("when", "1 == 1")), _python(one["expect"])) for one in _front("steel")["checks"]]
    for seed in range(40):
        for d in draw_surface(seed).truth:
            names = {"label": d.label, "x": d.x, "y": d.y, "width": d.w, "height": d.h, "area": d.w * d.h}
            names |= {"image_width": WIDTH, "image_height": HEIGHT}
            assert all(eval(expect, {}, names) for when, expect in checks if eval(when, {}, names)), (seed, d)


def _python(expression: str) -> str:
    return expression.replace("&&", "and").replace("||", "or")


def test_the_service_examples_answer_as_the_handwritten_messages_do() -> None:
    intents = {one.text: one.intent for one in (*handwritten("zh"), *handwritten("en"))}
    for example in _front("service")["examples"]:
        assert example["answer"]["intent"] == [intents[example["text"]]]


@pytest.mark.parametrize("project", PROJECTS)
def test_the_brief_answers_all_seven_facets_and_holds_the_figures_of_the_gates(project: str) -> None:
    brief = _yaml(brief_text(project))
    assert list(brief["facets"]) == FACETS
    assert brief["figures"]["agreement"] == {"measure": "observed", "at_least": 0.80, "rule": "point"}
    assert brief["figures"]["rights"] in {"customer", "general"}
    assert brief["figures"]["level"] == "II"
    assert any(question["answer"] is None for question in brief["questions"])
