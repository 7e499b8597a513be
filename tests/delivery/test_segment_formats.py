"""Segments handed over and read back: RTTM with its UEM, TextGrids of Praat in both forms."""

import io
import json
import zipfile
from pathlib import Path

import pytest
from sqlalchemy import select

from guiju.annotations.imports import Format, ImportOptions
from guiju.annotations.imports.model import Mark, RefusedMark
from guiju.annotations.readers.segments import open_rttm, open_textgrid
from guiju.annotations.tables import annotation
from guiju.data import JOBS as DATA_JOBS
from guiju.data import item_ids, start_import
from guiju.delivery import JOBS, Include, deliver, get_package
from guiju.delivery.formats.segments import lanes_of, one_word
from guiju.kinds import Answer, Segment, Segments
from guiju.kit import new_id
from guiju.storage import work_jobs
from tests.annotations.moving import bring, outcome_of, publish_labels, refused_of
from tests.inspection.build import resolve_all
from tests.support.cast import Cast
from tests.support.sounds import tone, write_sound

SHORT = """File type = "ooTextFile"
Object class = "TextGrid"

0
2.5
<exists>
2
"IntervalTier"
"turns [1]"
0
2.5
3
0
1.25
"agent"
1.25
1.5
""
1.5
2.5
"a ""quoted"" label"
"TextTier"
"clicks"
0
2.5
1
0.7
"click"
"""
NAMES = ("call one.wav", "call-2.wav")


def segments(*rows: tuple[str, int, int]) -> Segments:
    return Segments(tuple(Segment(f"s{number}", *row) for number, row in enumerate(rows)))


SAID = (segments(("agent", 0, 1234), ("customer", 1000, 1800), ("agent", 1234, 2000)), segments())


@pytest.fixture
def project(cast: Cast, tmp_path: Path) -> int:
    """Two sounds of two seconds, each with alice's segments, all of which hold."""
    rulebook = publish_labels(cast, "segment", ["AGENT", "CUSTOMER"])
    for number, name in enumerate(NAMES, start=1):
        write_sound(tmp_path / "calls" / name, tone(2, 200 * number))
    started = start_import(cast.house, cast.gao, cast.project, request_id=new_id(), paths=[tmp_path / "calls"])
    work_jobs(cast.house, DATA_JOBS, only=started.job)
    with cast.house.reading() as connection:
        items = item_ids(connection, cast.project)
    said: dict[int, dict[str, Answer]] = {item: {"answer": answer} for item, answer in zip(items, SAID, strict=True)}
    resolve_all(cast.house, cast.alice, cast.project, rulebook, said)
    return cast.project


def files_of(cast: Cast, project: int, format_name: str) -> dict[str, bytes]:
    asked = deliver(cast.house, cast.zhou, project, new_id(), format=format_name, include=Include.ALL)
    work_jobs(cast.house, JOBS)
    package = get_package(cast.house, cast.zhou, project, asked.number)
    assert package.blob is not None
    with zipfile.ZipFile(io.BytesIO(cast.house.blobs.read(package.blob))) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def test_rttm_has_a_line_a_segment_and_its_uem_a_line_a_sound(cast: Cast, project: int) -> None:
    files = files_of(cast, project, "rttm")
    assert files["annotations.rttm"].decode().splitlines() == [
        "SPEAKER call%20one.wav 1 0.000 1.234 <NA> <NA> agent <NA> <NA>",
        "SPEAKER call%20one.wav 1 1.000 0.800 <NA> <NA> customer <NA> <NA>",
        "SPEAKER call%20one.wav 1 1.234 0.766 <NA> <NA> agent <NA> <NA>",
    ]
    assert files["annotations.uem"].decode().splitlines() == [
        "call%20one.wav 1 0.000 2.000",
        "call-2.wav 1 0.000 2.000",
    ]


@pytest.mark.parametrize(
    ("format_name", "file", "count"), [("rttm", "annotations.rttm", 1), ("textgrid", "annotations.textgrids.zip", 2)]
)
def test_segments_come_back_to_the_millisecond(
    cast: Cast, project: int, tmp_path: Path, format_name: str, file: str, count: int
) -> None:
    path = tmp_path / file
    path.write_bytes(files_of(cast, project, format_name)[file])
    job = bring(cast, path, ImportOptions(Format(format_name), "trial", annotator="Outside"))
    assert (outcome_of(job)["annotations"], outcome_of(job)["refused"]) == (count, 0), refused_of(cast, job)
    with cast.house.reading() as connection:
        newest = select(annotation.c.answers).order_by(annotation.c.id.desc()).limit(count)
        found = [json.loads(row)["answer"]["segments"] for row in connection.scalars(newest)]
    places = [[(one["label"], one["start"], one["end"]) for one in answer] for answer in found]
    wanted = [[(one.label, one.start, one.end) for one in answer.segments] for answer in SAID[:count]]
    assert sorted(places) == sorted(wanted)


def test_the_same_rows_give_the_same_zip(cast: Cast, project: int) -> None:
    once, again = (files_of(cast, project, "textgrid")["annotations.textgrids.zip"] for _ in range(2))
    assert once == again


def _marks(path: Path) -> list[Mark | RefusedMark]:
    reader = open_rttm if path.suffix == ".rttm" else open_textgrid
    return list(reader(path, path.name, ImportOptions(Format.RTTM, "trial", annotator="mei")).marks())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_the_short_form_of_a_textgrid_is_read_and_points_are_passed_over(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "call.wav.TextGrid"
    path.write_bytes(SHORT.encode(encoding))
    [found] = _marks(path)
    assert isinstance(found, Mark)
    assert found.item == "call.wav"
    assert [(one.label, one.start, one.end) for one in found.spans or ()] == [
        ("agent", 0, 1250),
        ('a "quoted" label', 1500, 2500),
    ]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (SHORT[:180], "too early"),
        ("not a grid", "no TextGrid"),
        (SHORT.replace("1.25\n", "long\n", 1), ""),
    ],
)
def test_a_broken_textgrid_is_refused_alone(tmp_path: Path, content: str, reason: str) -> None:
    (tmp_path / "a.TextGrid").write_text(content, encoding="utf-8")
    (tmp_path / "b.TextGrid").write_text(SHORT, encoding="utf-8")
    broken, whole = _marks(tmp_path)
    assert isinstance(broken, RefusedMark)
    assert reason in str(broken.details["reason"])
    assert isinstance(whole, Mark)


def test_a_file_of_an_rttm_with_a_broken_line_is_refused_with_the_line(tmp_path: Path) -> None:
    path = tmp_path / "a.rttm"
    good = "SPEAKER b 1 0.5 1.0 <NA> <NA> agent <NA> <NA>"
    path.write_text(f"SPKR-INFO a 1\nSPEAKER a 1 0.0 long <NA> <NA> agent\n{good}\nSPEAKER c 1\n", encoding="utf-8")
    a, b, c = _marks(path)
    assert isinstance(a, RefusedMark)
    assert isinstance(c, RefusedMark)
    assert "line 2" in str(a.details["reason"])
    assert isinstance(b, Mark)
    assert [(one.label, one.start, one.end) for one in b.spans or ()] == [("agent", 500, 1500)]


def test_overlapping_segments_stand_on_further_tiers_and_names_are_one_word() -> None:
    lanes = lanes_of(SAID[0].segments)
    assert [[(one.start, one.end) for one in lane] for lane in lanes] == [[(0, 1234), (1234, 2000)], [(1000, 1800)]]
    assert one_word("甲 100%.wav") == "甲%20100%25.wav"
