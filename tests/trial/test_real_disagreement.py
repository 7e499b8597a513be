"""Real disagreement is explained: who and which labels drive agreement down in three well-known data sets.

Each comes in by the product's own import, as a trial of everybody who worked on it; part of each, to be quick.
"""

import csv
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from PIL import Image

from guiju.annotations.imports import Format, ImportOptions
from guiju.data import JOBS, start_import
from guiju.kit import new_id
from guiju.storage import work_jobs
from guiju.work.trial import TrialReport, annotator_names, make_report
from guiju.work.trial.model import FieldReport
from tests.annotations.moving import bring, outcome_of, publish_labels, shared
from tests.support.cast import Cast


def write_lines(path: Path, lines: Iterable[Mapping[str, object]]) -> Path:
    path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8")
    return path


def said(
    name: str, annotator: str, kind: str, member: str, marks: list[dict[str, Any]], **more: object
) -> dict[str, object]:
    numbered = [{"id": f"m{number}", **mark} for number, mark in enumerate(marks)]
    return {"name": name, "annotator": annotator, "answers": {"answer": {"kind": kind, member: numbered}}, **more}


class Told(NamedTuple):
    """A report, its only field, and the annotators' names."""

    report: TrialReport
    field: FieldReport
    names: dict[int, str]

    @property
    def people(self) -> list[tuple[str, float]]:
        """Who drives alpha down, with what it gains without them."""
        return [(self.names[line.annotator_id], line.gain or 0.0) for line in self.field.standing]

    @property
    def labels(self) -> dict[str, tuple[float | None, float | None]]:
        """Each label's own alpha, and what the whole's gains without it."""
        return {line.label: (line.alpha, line.gain) for line in self.field.labels}

    def cause(self, a: str, b: str) -> tuple[str, list[str]]:
        line = next(line for line in self.field.confusions if (line.a, line.b) == (a, b))
        assert line.cause is not None
        return line.cause.name, [self.names[one] for one in line.cause.people]


def trial_of(cast: Cast, path: Path) -> Told:
    """The file enters as a trial; its report, the only field's, and who is who."""
    options = ImportOptions(Format.JSONL, "trial", create_items=True)
    outcome = outcome_of(bring(cast, path, options))
    # two translations that came out alike are one item, which a rater answers once
    assert outcome["refused"] <= 0.15 * outcome["annotations"]
    report = make_report(cast.house, cast.zhou, outcome["round"])
    return Told(report, report.fields[0], annotator_names(cast.house, report))


def test_opinions_in_chinese_sentences(cast: Cast, tmp_path: Path) -> None:
    publish_labels(cast, "span", ["POS", "NEG"], "{nested: true}")
    sentences = shared("crowd_oei/dev-crowd.jsonl").read_text(encoding="utf-8").splitlines()[:150]
    lines: list[dict[str, object]] = []
    for sentence in map(json.loads, sentences):
        by: dict[int, set[tuple[int, int, str]]] = defaultdict(set)
        for one in sentence["annotations"]:
            marks = by[one["user"]]  # from -1 to -1 says that there is nothing to mark
            if one["start_offset"] >= 0:
                marks.add((one["start_offset"], one["end_offset"], one["label"].lower()))
        for user, spans in by.items():
            shown = [{"label": label, "start": start, "end": end} for start, end, label in sorted(spans)]
            lines.append(said(f"s{sentence['id']}", f"u{user}", "span", "spans", shown, text=sentence["text"]))
    told = trial_of(cast, write_lines(tmp_path / "oei.jsonl", lines))
    assert (told.report.items, told.report.annotators, told.report.annotations) == (149, 30, 646)
    assert told.field.alpha.value == pytest.approx(0.271, abs=0.001)
    # u60 first: alone against the others on 59 sentences, half of it marks that nobody else made
    assert [who for who, _ in told.people[:3]] == ["u60", "u53", "u68"]
    assert told.people[0][1] == pytest.approx(0.026, abs=0.001)
    # but no person is the cause: all thirty differ in what they mark at all
    assert told.cause("", "neg") == ("rule", [])
    assert told.cause("", "pos") == ("rule", [])
    missed = sum(line.count for line in told.field.confusions if not line.a)
    assert missed / sum(line.count for line in told.field.confusions) == pytest.approx(0.98, abs=0.005)


def test_errors_of_translations_by_three_raters(cast: Cast, tmp_path: Path) -> None:
    found: dict[tuple[str, str], list[tuple[int, int, str]]] = {}
    texts: dict[str, str] = {}
    with shared("wmt23_mqm_zhen_3raters/mqm_zhen_3ratings_half1.tsv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            if row["severity"] == "HOTW-test":  # a planted attention check, not an error of the translation
                continue
            item = f"{row['system']} {row['doc']} {row['seg']}"
            plain = row["target"].replace("<v>", "").replace("</v>", "")
            if len(texts) >= 150 and item not in texts:
                continue
            texts[item] = plain
            marks = found.setdefault((item, row["rater"]), [])
            start, end = row["target"].find("<v>"), row["target"].find("</v>") - len("<v>")
            label = row["category"].split("/")[0].lower().strip("!").replace(" ", "-")
            if 0 <= start < end and (start, end, label) not in marks:
                marks.append((start, end, label))
    labels = sorted({label for marks in found.values() for *_, label in marks})
    publish_labels(cast, "span", labels, "{nested: true}")
    lines = [
        said(item, rater, "span", "spans", [_mark(*mark) for mark in marks], text=texts[item])
        for (item, rater), marks in found.items()
    ]
    told = trial_of(cast, write_lines(tmp_path / "mqm.jsonl", lines))
    assert (told.report.items, told.report.annotators, told.report.annotations) == (135, 5, 405)
    assert told.field.alpha.value == pytest.approx(0.149, abs=0.001)
    # without rater4 alpha is .274 instead of .149; nobody else is worth a hundredth
    assert told.people[0] == ("rater4", pytest.approx(0.125, abs=0.001))
    assert all(gain < 0.01 for _, gain in told.people[1:])
    # what is a matter of style or of fluency is what they agree on least, and what costs most
    assert told.labels["style"] == (pytest.approx(-0.107, abs=0.001), pytest.approx(0.051, abs=0.001))
    assert told.labels["fluency"] == (pytest.approx(0.016, abs=0.001), pytest.approx(0.051, abs=0.001))
    assert (told.labels["accuracy"][1] or 0) < 0
    assert told.cause("", "terminology") == ("person", ["rater4"])
    assert told.cause("", "accuracy") == ("rule", [])


def _mark(start: int, end: int, label: str) -> dict[str, Any]:
    return {"label": label, "start": start, "end": end}


def picture(number: int) -> bytes:
    out = BytesIO()
    Image.new("L", (512, 512), number % 251).save(out, "png")
    return out.getvalue()


def test_outlines_of_nodules_by_four_readers(cast: Cast, tmp_path: Path) -> None:
    publish_labels(cast, "polygon", ["core", "blurred"])
    folder = tmp_path / "slices"
    folder.mkdir()
    lines: list[dict[str, object]] = []
    for number, line in enumerate(shared("lidc_polygons/nodules.jsonl").read_text().splitlines()[:40]):
        nodule = json.loads(line)
        name = f"{nodule['nodule']}.png"
        (folder / name).write_bytes(picture(number))
        first = nodule["readers"][0]["contours"][0]["z"]
        for reader in nodule["readers"]:
            label = "core" if reader["ratings"]["margin"] >= 4 else "blurred"
            drawn = [one["points"] for one in reader["contours"] if one["z"] == first]
            marks = [{"label": label, "points": points} for points in drawn if len(points) > 2]
            lines.append(said(name, reader["reader"], "polygon", "shapes", marks))
    started = start_import(cast.house, cast.gao, cast.project, request_id=new_id(), paths=[folder])
    work_jobs(cast.house, JOBS, only=started.job)
    told = trial_of(cast, write_lines(tmp_path / "lidc.jsonl", lines))
    assert (told.report.items, told.report.annotators, told.report.annotations) == (40, 4, 160)
    assert told.field.alpha.value == pytest.approx(0.560, abs=0.001)
    # the readers are numbered anew in every scan, and so no one of the four stands out
    assert all(gain < 0.02 for _, gain in told.people)
    # whether the edge is blurred is what the readers differ on, three of four slips; the outlines themselves agree
    alpha, gain = told.labels["blurred"]
    assert alpha == pytest.approx(0.218, abs=0.001)
    assert (gain or 0) > 0 > (told.labels["core"][1] or 0)
    first = told.field.confusions[0]
    assert (first.a, first.b) == ("blurred", "core")
    assert first.share == pytest.approx(0.78, abs=0.005)
