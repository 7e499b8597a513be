"""Predictions come in with how sure their model was, hold for nothing, and need not answer everything."""

import json
from pathlib import Path
from typing import Any

import pytest

from guiju.annotations import annotation_table, annotator_table, find_resolutions
from guiju.annotations.imports import Format, ImportOptions, read_refused
from guiju.annotations.imports.errors import ResultsAlone
from guiju.annotations.readers import open_work
from guiju.kit import PageRequest
from tests.annotations.moving import bring, outcome_of, publish_labels, write_json
from tests.support.build import import_messages, import_surfaces
from tests.support.cast import Cast


def stored(cast: Cast) -> list[tuple[str, str, float | None, Any]]:
    """Who answered, of what kind they are, how sure they were of the whole and of the parts."""
    a, who = annotation_table.c, annotator_table.c
    rows = (
        annotation_table.join(annotator_table, who.id == a.annotator_id)
        .select()
        .with_only_columns(who.name, who.kind, a.confidence, a.scores)
        .order_by(a.id)
    )
    with cast.house.reading() as connection:
        assert find_resolutions(connection, cast.project) == []
        return [(row[0], row[1], row[2], json.loads(row[3] or "null")) for row in connection.execute(rows)]


def test_label_studios_predictions_are_read_in_place_of_its_annotations(cast: Cast, tmp_path: Path) -> None:
    publish_labels(cast, "box", ["scratch"])
    import_surfaces(cast, tmp_path, 1)
    with cast.house.reading() as connection:
        name = connection.exec_driver_sql("SELECT name FROM item").scalar()
    value = {"x": 10, "y": 10, "width": 20, "height": 20, "rectanglelabels": ["scratch"]}
    result = {"type": "rectanglelabels", "from_name": "answer", "value": value}
    tasks = [
        {
            "data": {"image": f"/data/upload/{name}"},
            "annotations": [{"result": [result], "completed_by": "ann"}],
            "predictions": [{"result": [{**result, "score": 0.75}], "score": 0.5, "model_version": "steel-2"}],
        }
    ]
    path = write_json(tmp_path, "export.json", tasks)
    outcome_of(bring(cast, path, ImportOptions(Format.LABEL_STUDIO, predictions=True)))
    assert stored(cast) == [("steel-2", "model", 0.5, {"answer": {"i1": 0.75}})]


def test_a_delivered_line_comes_in_again_with_its_scores_and_a_confidence_is_no_percentage(
    cast: Cast, tmp_path: Path
) -> None:
    publish_labels(cast, "span", ["place"])
    import_messages(cast, tmp_path, 3)
    marked = {"answer": {"kind": "span", "spans": [{"id": "s1", "label": "place", "start": 0, "end": 2}]}}
    lines = [
        {"name": "m0000", "answers": marked, "confidence": 0.9, "scores": {"answer": {"s1": 0.25}}, "sha256": "…"},
        {"name": "m0001", "answers": marked, "confidence": 93},
        {"name": "m0002", "answers": {"answer": {"kind": "nonsense"}}},
    ]
    path = tmp_path / "annotations.jsonl"
    path.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    job = bring(cast, path, ImportOptions(Format.JSONL, annotator="ner-1", predictions=True))
    assert stored(cast) == [("ner-1", "model", 0.9, {"answer": {"s1": 0.25}})]
    refused = read_refused(cast.house, cast.gao, cast.project, job.id, PageRequest(10))
    assert [mark.code for mark in refused.rows] == ["score-out-of-range", "mark-unreadable"]


def test_a_list_of_cocos_results_alone_is_refused_with_the_next_step(tmp_path: Path) -> None:
    path = write_json(tmp_path, "results.json", [{"image_id": 1, "category_id": 1, "bbox": [0, 0, 1, 1], "score": 1}])
    with pytest.raises(ResultsAlone):
        open_work(path, "results.json", ImportOptions(Format.COCO))
