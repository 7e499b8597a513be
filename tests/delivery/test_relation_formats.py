"""Relations handed over and read back: brat's standoff, and lines of spans with relations."""

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from guiju.annotations.imports import Format, ImportOptions
from guiju.annotations.imports.errors import WorkUnreadable
from guiju.annotations.imports.model import Mark, RawLink, RawSpan, RefusedMark
from guiju.annotations.readers.brat import open_brat
from guiju.annotations.readers.spans import open_spans
from guiju.annotations.tables import annotation
from guiju.delivery import JOBS, Include, deliver, get_package
from guiju.delivery.formats.brat import placed, safe_name
from guiju.kinds import Answer, decode_answers, normalise_answers
from guiju.kinds.span.shape import span_of
from guiju.kit import new_id
from guiju.rulebooks import get_published, publish_rulebook, save_draft
from guiju.storage import work_jobs
from tests.annotations.moving import ENTRY, bring, outcome_of, publish_labels, refused_of
from tests.inspection.build import import_texts, resolve_all
from tests.support.cast import Cast

RULES = """---
title: {{zh: 规则, en: Rules}}
version: 1.0.0
fields:
  - {{id: things, kind: span, title: {{zh: 药与病, en: Things}}, labels: [drug, illness], options: {{pieces: true}}}}
  - id: facts
    kind: relation
    title: {{zh: 关系, en: Facts}}
    labels: [treats, same]
    options: {{of: things, ends: {{treats: {{from: [drug], to: [illness]}}, same: {{symmetric: true}}}}}}
labels:
{entries}
---

## C1 看清楚 | Look closely

看清楚再标。

> en: Look before you mark.
"""
TEXTS = (
    "😀 阿司匹林治头痛，也治牙痛。",
    "aspirin, that is ASA, helps against pain in the left and the right hand",
    "没有药",
)


def _said(text: str, marks: list[tuple[str, str]], links: list[tuple[str, int, int]]) -> dict[str, Any]:
    spans = [
        {"id": f"s{n}", "label": label, "start": text.index(words), "end": text.index(words) + len(words)}
        for n, (label, words) in enumerate(marks)
    ]
    drawn = [{"id": f"r{n}", "label": label, "from": f"s{a}", "to": f"s{b}"} for n, (label, a, b) in enumerate(links)]
    return {"things": {"kind": "span", "spans": spans}, "facts": {"kind": "relation", "links": drawn}}


WIRES = (
    _said(
        TEXTS[0], [("drug", "阿司匹林"), ("illness", "头痛"), ("illness", "牙痛")], [("treats", 0, 1), ("treats", 0, 2)]
    ),
    _said(TEXTS[1], [("drug", "aspirin"), ("drug", "ASA"), ("illness", "pain")], [("same", 1, 0), ("treats", 1, 2)]),
    _said(TEXTS[2], [], []),
)


@pytest.fixture
def project(cast: Cast) -> int:
    """Three texts, each with alice's spans and links, all of which hold; one span lies in two pieces."""
    entries = "\n".join(ENTRY.format(id=label, name=label) for label in ("drug", "illness", "treats", "same"))
    rulebook = publish(cast, RULES.format(entries=entries), 0)
    items = import_texts(cast, cast.project, TEXTS)
    with cast.house.reading() as connection:
        compiled = get_published(connection, rulebook)
    said = {item: _stored(wire, compiled.fields) for item, wire in zip(items, WIRES, strict=True)}
    resolve_all(cast.house, cast.alice, cast.project, rulebook, said)
    return cast.project


def publish(cast: Cast, document: str, revision: int) -> int:
    save_draft(cast.house, cast.zhou, cast.project, document=document, from_revision=revision, request_id=new_id())
    return publish_rulebook(cast.house, cast.zhou, cast.project, request_id=new_id())


def _stored(wire: dict[str, Any], fields: Any) -> dict[str, Answer]:
    return normalise_answers(decode_answers(wire), fields)


def files_of(cast: Cast, project: int, format_name: str) -> dict[str, bytes]:
    asked = deliver(cast.house, cast.zhou, project, new_id(), format=format_name, include=Include.ALL)
    work_jobs(cast.house, JOBS)
    package = get_package(cast.house, cast.zhou, project, asked.number)
    assert package.blob is not None
    with zipfile.ZipFile(io.BytesIO(cast.house.blobs.read(package.blob))) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def unpacked(content: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def meant(answers: Any, text: str) -> tuple[list[tuple[str, str]], list[tuple[str, str, str]]]:
    """Spans and links in the words of the text, whatever their ids."""
    spans = {one["id"]: (one["label"], text[one["start"] : one["end"]]) for one in answers["things"]["spans"]}
    links = [(one["label"], spans[one["from"]][1], spans[one["to"]][1]) for one in answers["facts"]["links"]]
    return sorted(spans.values()), sorted(links)


def test_brat_has_a_text_and_its_standoff_for_each_item(cast: Cast, project: int) -> None:
    files = unpacked(files_of(cast, project, "brat")["annotations.brat.zip"])
    [name] = [name for name, text in files.items() if text == TEXTS[0]]
    assert files[f"{name.removesuffix('.txt')}.ann"].splitlines() == [
        "T1\tdrug 2 6\t阿司匹林",
        "T2\tillness 7 9\t头痛",
        "T3\tillness 12 14\t牙痛",
        "R1\ttreats Arg1:T1 Arg2:T2\t",
        "R2\ttreats Arg1:T1 Arg2:T3\t",
    ]
    assert files["annotation.conf"].splitlines() == [
        *("[entities]", "drug", "illness", "", "[relations]", "treats\tArg1:drug, Arg2:illness"),
        *("same\tArg1:drug|illness, Arg2:drug|illness, <REL-TYPE>:symmetric", "", "[events]", "", "[attributes]"),
    ]


@pytest.mark.parametrize(
    ("format_name", "file"), [("brat", "annotations.brat.zip"), ("spacy", "annotations.spans.jsonl")]
)
def test_spans_and_links_come_back_as_they_were(
    cast: Cast, project: int, tmp_path: Path, format_name: str, file: str
) -> None:
    path = tmp_path / file
    path.write_bytes(files_of(cast, project, format_name)[file])
    job = bring(cast, path, ImportOptions(Format(format_name), "trial", annotator="Outside"))
    assert (outcome_of(job)["annotations"], outcome_of(job)["refused"]) == (3, 0), refused_of(cast, job)
    with cast.house.reading() as connection:
        newest = select(annotation.c.item_id, annotation.c.answers).order_by(annotation.c.id.desc()).limit(3)
        found = {item: json.loads(answers) for item, answers in connection.execute(newest)}
    for item, text, wire in zip(sorted(found), TEXTS, WIRES, strict=True):
        assert meant(found[item], text) == meant(_forward(wire), text)
        assert all(len(link["ends"]) == 2 for link in found[item]["facts"]["links"])


def _forward(wire: dict[str, Any]) -> dict[str, Any]:
    """Links without a direction as they are stored, from front to back."""
    links = [{**one, "from": "s0", "to": "s1"} if one["label"] == "same" else one for one in wire["facts"]["links"]]
    return {**wire, "facts": {"kind": "relation", "links": links}}


# Reading


def read_ann(folder: Path, standoff: str, text: str | None = "aspirin and ASA help against headache") -> Any:
    if text is not None:
        (folder / "a.txt").write_bytes(text.encode())
    (folder / "a.ann").write_bytes(standoff.encode())
    [found] = open_brat(folder, "folder", ImportOptions(Format.BRAT)).marks()
    return found


def test_lines_of_other_things_are_left_out_and_equal_spans_are_linked_each_with_each(tmp_path: Path) -> None:
    found = read_ann(
        tmp_path,
        "T1\tdrug 0 7\taspirin\r\nT2\tdrug 12 15\tASA\nT9\tillness 29 37\theadache\nE1\thelp:T1\nA1\tSure T1\n"
        "#1\tAnnotatorNotes T1\tnote\n*\tsame T1 T2 T9\nR1\ttreats Arg1:T1 Arg2:T9\t\n\n",
    )
    assert isinstance(found, Mark)
    assert (found.item, found.annotator, found.text) == ("a", "brat", "aspirin and ASA help against headache")
    assert found.spans == (RawSpan("drug", 0, 7), RawSpan("drug", 12, 15), RawSpan("illness", 29, 37))
    same = [RawLink("same", 0, 1), RawLink("same", 0, 2), RawLink("same", 1, 2)]
    assert found.links == (*same, RawLink("treats", 0, 2))


def test_pieces_are_pieces_unless_only_the_end_of_a_line_divides_them(tmp_path: Path) -> None:
    found = read_ann(tmp_path, "T1\tdrug 0 3;4 7\tone two\nT2\tdrug 0 3;8 13\tone three\n", "one\ntwo three")
    assert isinstance(found, Mark)
    assert found.spans == (RawSpan("drug", 0, 7), RawSpan("drug", 0, 13, pieces=((0, 3), (8, 13))))


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("T2 drug 0 3", "another form"),
        ("T2\tdrug 5 3\tx", "does not lie"),
        ("T2\tdrug 0 900\tx", "does not lie"),
        ("T1\tdrug 0 3\tx", "stands twice"),
        ("R1\ttreats Arg1:T1", "another form"),
        ("R1\ttreats Arg1:T1 Arg2:T7", "no span of this file"),
        ("*\tsame T1 T7", "no span of this file"),
    ],
)
def test_a_line_that_makes_no_sense_refuses_its_file_alone(tmp_path: Path, line: str, reason: str) -> None:
    found = read_ann(tmp_path, f"T1\tdrug 0 3\tasp\n{line}\n")
    assert isinstance(found, RefusedMark)
    assert reason in str(found.details["reason"])


def test_a_folder_without_standoff_and_a_broken_zip_are_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(WorkUnreadable):
        open_brat(tmp_path, "folder", ImportOptions(Format.BRAT))
    (tmp_path / "x.zip").write_bytes(b"PK no")
    with pytest.raises(WorkUnreadable):
        open_brat(tmp_path / "x.zip", "x.zip", ImportOptions(Format.BRAT))


def test_a_relation_of_a_line_names_its_spans_by_their_places(tmp_path: Path) -> None:
    text = "aspirin helps"
    spans = [{"start": 0, "end": 7, "label": "drug"}, {"start": 8, "end": 13, "label": "illness"}]
    right = {"label": "treats", "head_span": spans[0], "child_span": {"start": 8, "end": 13}, "head": 0, "child": 1}
    wrong = {**right, "child_span": {"start": 8, "end": 12}}
    lines = [{"text": text, "spans": spans, "relations": [one]} for one in (right, wrong)]
    path = tmp_path / "lines.jsonl"
    path.write_text("\n".join(map(json.dumps, lines)))
    first, second = open_spans(path, path.name, ImportOptions(Format.SPACY)).marks()
    assert isinstance(first, Mark)
    assert first.links == (RawLink("treats", 0, 1),)
    assert isinstance(second, RefusedMark)
    assert "no such span" in str(second.details["reason"])


def test_links_without_a_field_for_them_are_refused_by_name(cast: Cast, tmp_path: Path) -> None:
    publish_labels(cast, "span", ["DRUG", "ILLNESS"])
    import_texts(cast, cast.project, TEXTS)
    (tmp_path / "a.txt").write_text(TEXTS[0], encoding="utf-8")
    (tmp_path / "a.ann").write_text("T1\tdrug 2 6\tx\nT2\tillness 7 9\ty\nR1\ttreats Arg1:T1 Arg2:T2\n")
    job = bring(cast, tmp_path, ImportOptions(Format.BRAT, "trial"))
    assert [one.code for one in refused_of(cast, job)] == ["no-field-for-work"]


def test_names_that_could_leave_the_folder_do_not() -> None:
    assert [safe_name(name) for name in ("../../etc/passwd", "a/b.txt", "", "c:\\d")] == [
        "etc/passwd",
        "a/b",
        "item",
        "c:_d",
    ]


def test_a_span_of_several_lines_is_written_in_pieces() -> None:
    made = placed(span_of("x", "drug", [(0, 8)]), "one\r\ntwo")
    assert made == "drug 0 3;5 8\tone two"
