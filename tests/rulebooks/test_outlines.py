"""What a rulebook may say of outlines: checks of one polygon each, and examples in short form."""

from guiju.kinds import ItemShape, Polygon, Polygons
from guiju.rulebooks import RulebookVersion, problems_of
from guiju.rulebooks.compiled import compile_rulebook

DOCUMENT = """---
title: {zh: 叶, en: Leaves}
version: 1.0.0
fields:
  - {id: parts, kind: polygon, title: {zh: 部分, en: Parts}, labels: [leaf]}
labels:
  - {id: leaf, name: {zh: 叶, en: Leaf}, definition: {zh: 绿的, en: green}, color: '#0072b2'}
checks:
  - {id: big, field: parts, when: 'label == "leaf"', expect: 'area >= 50 && width <= 30 && points >= 4',
     message: {zh: 太小, en: Too small}}
examples:
  - id: one
    label: leaf
    polarity: positive
    text: a leaf
    answer: {parts: [{label: leaf, points: [[1, 2], [11, 2], [11, 12], [1, 12]]}]}
---

## C1 边缘 | Edge
labels: leaf

沿边缘画。
"""
SQUARE = ((1.0, 2.0), (11.0, 2.0), (11.0, 12.0), (1.0, 12.0))
IMAGE = ItemShape("image", width=64, height=48)


def test_checks_ask_for_area_size_and_points_and_examples_are_short() -> None:
    compiled = compile_rulebook(RulebookVersion(7, 1, "1.0.0", DOCUMENT, "d", 1, None, 1, 0, 1, 0))
    good = {"parts": Polygons((Polygon("e1", "leaf", SQUARE),))}
    assert [compiled.answers_of(example) for example in compiled.rulebook.examples] == [good]
    assert compiled.check_answers(good, IMAGE) == []
    bad = {"parts": Polygons((Polygon("e1", "leaf", SQUARE), Polygon("e2", "leaf", SQUARE[:3])))}
    [problem] = compiled.check_answers(bad, IMAGE)
    assert (problem["code"], problem["shape"], problem["details"]) == ("check-failed", "e2", {"check": "big"})


def test_a_check_that_asks_what_no_polygon_has_keeps_the_rulebook_from_being_published() -> None:
    assert "expression-unknown-name" in [
        each.code for each in problems_of(DOCUMENT.replace("area >= 50", "angle >= 50"))
    ]
