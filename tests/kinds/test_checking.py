import subprocess
import sys

from guiju.kinds import KINDS, Choice, ChoiceOptions, FieldShape, check_answers, normalise_answers
from tests.kinds.answers import FIELD, IMAGE, TEXT, box, drawn

FEELING = FieldShape("feeling", "choice", ("pos", "neg", "mixed"), options=ChoiceOptions(multiple=True))


def _codes(*problems: object) -> list[object]:
    return [getattr(problem, "code", None) for problem in problems]


def test_a_required_field_that_is_missing_is_a_problem_and_an_optional_one_is_not() -> None:
    optional = FieldShape("note", "choice", ("a",), required=False)
    assert _codes(*check_answers({}, [FEELING, optional], TEXT)) == ["field-missing"]


def test_a_field_that_the_rulebook_does_not_ask_for_is_a_problem() -> None:
    (found,) = check_answers({"feeling": Choice(("pos",)), "mood": Choice(())}, [FEELING], TEXT)
    assert (found.code, found.details) == ("unknown-field", {"field": "mood"})


def test_a_problem_names_its_shape_and_reads_as_a_sentence() -> None:
    (found,) = check_answers({"cells": drawn(box(395, 0))}, [FIELD], IMAGE)
    assert found.details == {"field": "cells", "shape": "b1", "width": 400, "height": 400}
    assert found.sentence.format_map(found.details) == (
        "Box “b1” in “cells” reaches outside the image of 400 × 400 pixels."
    )


def test_five_thousand_boxes_are_the_most() -> None:
    many = [box(1, 1, name=f"b{number}") for number in range(5_001)]
    assert not check_answers({"cells": drawn(*many[:-1])}, [FIELD], IMAGE)
    assert _codes(*check_answers({"cells": drawn(*many)}, [FIELD], IMAGE)) == ["too-many-shapes"]


def test_labels_stand_in_the_rulebooks_order_however_they_were_clicked() -> None:
    found = normalise_answers({"feeling": Choice(("mixed", "?", "pos")), "else": Choice(("b", "a"))}, [FEELING])
    assert found == {"feeling": Choice(("pos", "mixed", "?")), "else": Choice(("b", "a"))}


def test_no_two_kinds_share_a_key_or_an_icon() -> None:
    for attribute in ("hotkey", "icon", "title"):
        values = [getattr(kind, attribute) for kind in KINDS.values()]
        assert all(values)
        assert len(set(values)) == len(values)


def test_rule_checks_get_equally_long_columns() -> None:
    found = KINDS["box"].columns(drawn(box(1, 2, 3, 4), box(5, 6, label="WBC")), IMAGE)
    assert found["area"] == [12, 100]
    assert found["label"] == ["RBC", "WBC"]
    assert {len(column) for column in found.values()} == {2}
    assert KINDS["choice"].columns(Choice(("a", "b")), TEXT) == {"labels": [2.0], "text_length": [20.0]}


def test_a_summary_is_one_line() -> None:
    assert KINDS["box"].summary(drawn(box(1, 2), box(1, 2, label="WBC"), box(5, 6))) == "RBC ×2 · WBC ×1"
    assert KINDS["choice"].summary(Choice(("pos", "neg"))) == "pos, neg"
    assert KINDS["box"].summary(drawn()) == KINDS["choice"].summary(Choice(())) == "–"


def test_heavy_libraries_wait_until_shapes_are_compared() -> None:
    program = "import sys, guiju.kinds; sys.exit(bool({'numpy', 'scipy'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
