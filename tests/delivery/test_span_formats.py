"""Spans handed over: CoNLL read by seqeval, lines of spans read back; what cannot be carried is listed."""

import io
import json
import warnings
import zipfile
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from guiju.annotations.imports import Format, ImportOptions
from guiju.annotations.tables import annotation
from guiju.delivery import JOBS, Include, deliver, get_package
from guiju.delivery.formats.spans import fitting, tagged, tokens
from guiju.kinds import Answer, Spans, TextSpan
from guiju.kinds.span.shape import span_of
from guiju.kit import new_id
from guiju.storage import work_jobs
from tests.annotations.moving import bring, outcome_of, publish_labels, refused_of
from tests.inspection.build import import_texts, resolve_all
from tests.support.cast import Cast

TEXTS = ("李雷在北京大学读书", "They met Zoë in New York 😀", "没有人")


def spans(*rows: tuple[str, int, int]) -> Spans:
    return Spans(tuple(TextSpan(f"s{number}", *row) for number, row in enumerate(rows)))


SAID = (
    spans(("per", 0, 2), ("org", 3, 7), ("loc", 3, 5)),
    spans(("per", 9, 12), ("loc", 16, 24)),
    spans(),
)


@pytest.fixture
def project(cast: Cast) -> int:
    """Three texts, each with alice's spans, all of which hold."""
    rulebook = publish_labels(cast, "span", ["PER", "LOC", "ORG"])
    items = import_texts(cast, cast.project, TEXTS)
    said: dict[int, dict[str, Answer]] = {item: {"answer": answer} for item, answer in zip(items, SAID, strict=True)}
    resolve_all(cast.house, cast.alice, cast.project, rulebook, said)
    return cast.project


def files_of(cast: Cast, project: int, format_name: str) -> dict[str, str]:
    asked = deliver(cast.house, cast.zhou, project, new_id(), format=format_name, include=Include.ALL)
    work_jobs(cast.house, JOBS)
    package = get_package(cast.house, cast.zhou, project, asked.number)
    assert package.blob is not None
    with zipfile.ZipFile(io.BytesIO(cast.house.blobs.read(package.blob))) as opened:
        return {name: opened.read(name).decode() for name in opened.namelist()}


def entities(tags: Sequence[list[str]]) -> list[tuple[str, int, int]]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        seqeval: Any = import_module("seqeval.metrics.sequence_labeling")
    found = seqeval.get_entities([list(one) for one in tags])
    return [(str(kind), int(start), int(end)) for kind, start, end in found]


def test_seqeval_reads_from_the_conll_file_what_was_marked(cast: Cast, project: int) -> None:
    files = files_of(cast, project, "conll")
    sentences = [part.splitlines() for part in files["annotations.conll"].split("\n\n") if part]
    rows = [[line.split("\t") for line in sentence] for sentence in sentences]
    assert len(rows) == len(TEXTS)
    for sentence, text, answer in zip(rows, TEXTS, SAID, strict=True):
        words = [token for token, _ in sentence]
        found = [
            (kind, "".join(words[start : end + 1])) for kind, start, end in entities([[tag for _, tag in sentence]])
        ]
        kept, _ = fitting(answer.spans)
        assert found == [(one.label, text[one.start : one.end].replace(" ", "")) for one in kept]


def test_what_a_column_of_tags_cannot_carry_is_listed_beside_it(cast: Cast, project: int) -> None:
    files = files_of(cast, project, "conll")
    [left_out] = map(json.loads, files["annotations.left_out.jsonl"].splitlines())
    assert (left_out["start"], left_out["end"], left_out["label"]) == (3, 5, "loc")
    assert left_out["over"] == {"start": 3, "end": 7, "label": "org"}
    assert "annotations.left_out.jsonl" in json.loads(files["manifest.json"])["files"]


def test_the_lines_of_spans_come_back_as_they_went(cast: Cast, project: int, tmp_path: Path) -> None:
    written = files_of(cast, project, "spacy")["annotations.spans.jsonl"]
    path = tmp_path / "spans.jsonl"
    path.write_text(written, encoding="utf-8")
    job = bring(cast, path, ImportOptions(Format.SPACY, "trial", annotator="Outside"))
    assert (outcome_of(job)["annotations"], outcome_of(job)["refused"]) == (3, 0)
    with cast.house.reading() as connection:
        newest = select(annotation.c.answers).order_by(annotation.c.id.desc()).limit(3)
        found = [json.loads(row)["answer"]["spans"] for row in connection.scalars(newest)]
    places = [[(one["label"], one["start"], one["end"]) for one in answer] for answer in reversed(found)]
    assert places == [[("per", 0, 2), ("org", 3, 7), ("loc", 3, 5)], [("per", 9, 12), ("loc", 16, 24)], []]


def test_spans_in_pieces_go_in_lines_and_come_back_and_are_listed_beside_a_column_of_tags(
    cast: Cast, tmp_path: Path
) -> None:
    rulebook = publish_labels(cast, "span", ["ADR"], options="{pieces: true}")
    items = import_texts(cast, cast.project, ("pain in left and right knee", "nothing"))
    pieced = Spans((span_of("s1", "adr", [(0, 12), (22, 27)]), TextSpan("s2", "adr", 0, 4)))
    said: dict[int, dict[str, Answer]] = {items[0]: {"answer": pieced}, items[1]: {"answer": Spans(())}}
    resolve_all(cast.house, cast.alice, cast.project, rulebook, said)
    files = files_of(cast, cast.project, "conll")
    assert [line.split("\t")[1] for line in files["annotations.conll"].splitlines() if line][:3] == ["B-adr", "O", "O"]
    [left_out] = map(json.loads, files["annotations.left_out.jsonl"].splitlines())
    assert (left_out["pieces"], left_out["over"]) == ([[0, 12], [22, 27]], None)
    path = tmp_path / "spans.jsonl"
    path.write_text(files_of(cast, cast.project, "spacy")["annotations.spans.jsonl"], encoding="utf-8")
    job = bring(cast, path, ImportOptions(Format.SPACY, "trial", annotator="Outside"))
    assert (outcome_of(job)["annotations"], outcome_of(job)["refused"]) == (2, 0)
    with cast.house.reading() as connection:
        newest = select(annotation.c.answers).order_by(annotation.c.id.desc()).limit(2)
        found = [json.loads(row)["answer"]["spans"] for row in connection.scalars(newest)]
    assert found[1][0]["pieces"] == [[0, 12], [22, 27]]
    assert "pieces" not in found[1][1]


def test_a_broken_line_is_refused_alone_and_says_why(cast: Cast, tmp_path: Path) -> None:
    publish_labels(cast, "span", ["PER"])
    path = tmp_path / "spans.jsonl"
    lines = [
        '{"text": "李雷来了", "spans": [{"start": 0, "end": 2, "label": "PER"}], "_annotator_id": "mei"}',
        '{"text": "李雷", "spans": [{"start": 0, "end": 3, "label": "PER"}], "annotator": "mei"}',
        '{"text": "half',
        '{"text": "跳过", "answer": "ignore"}',
        '{"text": "王五", "spans": [{"start": 0, "end": 2, "label": "CAT"}], "annotator": "mei"}',
    ]
    path.write_text("\n".join(lines), encoding="utf-8")
    job = bring(cast, path, ImportOptions(Format.SPACY, "trial", create_items=True))
    assert outcome_of(job)["annotations"] == 1
    refused = refused_of(cast, job)
    assert [(one.position, one.code) for one in refused] == [
        (2, "mark-unreadable"),
        (3, "mark-unreadable"),
        (5, "label-not-in-rulebook"),
    ]
    assert "from 0 to 3" in str(refused[0].details["reason"])


def test_tokens_are_characters_in_chinese_and_words_elsewhere() -> None:
    assert tokens("李雷去New York, 23岁") == ["李", "雷", "去", "New", "York", ",", "23", "岁"]
    assert tokens("e\u0301te\u0301 한국어 नमस्ते") == ["e\u0301te\u0301", "한국어", "नमस्ते"]
    assert tokens("カナ\r\n") == ["カ", "ナ"]


cuts = st.lists(st.tuples(st.integers(0, 12), st.integers(1, 6)), max_size=4)


@given(st.text(alphabet="ab 李京，e\u0301😀", max_size=18), cuts)
def test_every_span_that_is_kept_has_exactly_its_own_characters(text: str, places: list[tuple[int, int]]) -> None:
    rows = [("x", start, min(start + length, len(text))) for start, length in places if start < len(text)]
    kept, left_out = fitting(sorted(spans(*rows).spans, key=lambda one: (one.start, -one.end)))
    assert len(kept) + len(left_out) == len(rows)
    found = list(tagged(text, kept))
    assert "".join(token for token, _ in found) == "".join(text.split())
    tags = [tag for _, tag in found]
    words = [token for token, _ in found]
    marked = ["".join(words[start : end + 1]) for _, start, end in entities([tags])]
    assert marked == [said for one in kept if (said := "".join(text[one.start : one.end].split()))]
