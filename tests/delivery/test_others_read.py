"""What is delivered, read back by readers that others made: boxes by globox, spans by spaCy, sounds by praatio and
pyannote, tables by pandas. A file knows no database: rows go in, bytes come out.
"""

import io
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from guiju.delivery.formats import FORMATS
from guiju.delivery.formats.model import Source
from guiju.delivery.model import Label, Row
from guiju.kinds import Answer, Box, Boxes, Choice, FieldShape, Segment, Segments, Spans, TextSpan, encode_answers

WIDE, HIGH = 64, 48
PARTS = ("train", "validation", "test")
BOXES = (
    Boxes((Box("i1", "leaf", 1.25, 2, 30, 12.5), Box("i2", "stem", 40, 20, 24, 28))),
    Boxes((Box("i1", "stem", 0, 0, 64, 48),)),
    Boxes(()),
    Boxes((Box("i1", "leaf", 10, 10, 5, 5),)),
)
TALK = "王女士 said: “Zoë lives in 北京 😀, 谢谢”"


def row(name: str, media: str, said: dict[str, Answer], part: str | None = None, **more: Any) -> Row:
    sizes = {"width": WIDE, "height": HIGH} if media == "image" else {"width": None, "height": None}
    known: dict[str, Any] = {"text": None, "duration": None, **sizes, **more}
    answers = encode_answers(said).decode()
    plain: dict[str, Any] = {
        "media_type": None,
        "size": 1,
        "meta": None,
        "parts": None,
        "rulebook": "1.0.0",
        "accepted": True,
    }
    return Row(name=name, hash="00", media=media, answers=answers, part=part, **plain, **known)


def source(rows: Sequence[Row], kind: str, labels: Sequence[str], parts: tuple[str, ...] = ()) -> Source:
    field = FieldShape("answer", kind, labels=tuple(labels))
    named = tuple(Label(one, one, one) for one in labels)
    return Source("Leaves", "1.0.0", named, (field,), lambda: iter(rows), parts)


def written(name: str, given: Source) -> bytes:
    return b"".join(FORMATS[name].write(given))


@pytest.fixture
def pictures() -> Source:
    """Four pictures, two for training, one for validation, one for the test."""
    parts = ("train", "train", "validation", "test")
    rows = [
        row(f"plate-{n}.png", "image", {"answer": said}, part)
        for n, (said, part) in enumerate(zip(BOXES, parts, strict=True))
    ]
    return source(rows, "box", ["leaf", "stem"], PARTS)


def unpacked(content: bytes, folder: Path) -> Path:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        archive.extractall(folder)
    return folder


def seen(annotations: Any) -> dict[str, list[tuple[Any, ...]]]:
    """What globox read: label, left, top, width and height of each box, by the picture's stem."""
    return {
        Path(str(one.image_id)).stem: [
            (str(box.label), *(round(float(side), 3) for side in (box.xmin, box.ymin, box.width, box.height)))
            for box in one.boxes
        ]
        for one in annotations
    }


MEANT = {f"plate-{n}": [(box.label, box.x, box.y, box.w, box.h) for box in said.shapes] for n, said in enumerate(BOXES)}


def test_globox_reads_the_pascal_voc_that_was_written(pictures: Source, tmp_path: Path) -> None:
    globox: Any = pytest.importorskip("globox")
    folder = unpacked(written("voc", pictures), tmp_path)
    assert seen(globox.AnnotationSet.from_pascal_voc(folder / "Annotations")) == MEANT


def test_globox_reads_the_yolo_that_was_written(pictures: Source, tmp_path: Path) -> None:
    globox: Any = pytest.importorskip("globox")
    folder = unpacked(written("yolo", pictures), tmp_path)
    (folder / "images").mkdir()
    for n in range(len(BOXES)):
        Image.new("L", (WIDE, HIGH)).save(folder / f"images/plate-{n}.png")
    asked = {"image_folder": folder / "images", "image_extension": ".png"}
    found = globox.AnnotationSet.from_yolo_v5(folder / "labels", **asked)
    names = {"0": "leaf", "1": "stem"}
    by_name = {stem: [(names[label], *sides) for label, *sides in boxes] for stem, boxes in seen(found).items()}
    assert by_name == MEANT


def test_globox_reads_the_cvat_that_was_written(pictures: Source, tmp_path: Path) -> None:
    globox: Any = pytest.importorskip("globox")
    place = tmp_path / "boxes.xml"
    place.write_bytes(written("cvat", pictures))
    found = seen(globox.AnnotationSet.from_cvat(place))
    assert {name: boxes for name, boxes in found.items() if boxes} == {
        name: boxes for name, boxes in MEANT.items() if boxes
    }


def test_the_lists_of_pictures_keep_the_parts(pictures: Source, tmp_path: Path) -> None:
    voc = unpacked(written("voc", pictures), tmp_path / "voc") / "ImageSets/Main"
    assert {place.stem: place.read_text().split() for place in voc.iterdir()} == {
        "train": ["plate-0", "plate-1"],
        "val": ["plate-2"],
        "test": ["plate-3"],
        "trainval": ["plate-0", "plate-1", "plate-2"],
    }
    yolo = unpacked(written("yolo", pictures), tmp_path / "yolo")
    assert [yolo.joinpath(f"{name}.txt").read_text().split() for name in ("train", "val", "test")] == [
        ["./images/plate-0.png", "./images/plate-1.png"],
        ["./images/plate-2.png"],
        ["./images/plate-3.png"],
    ]
    described = (yolo / "data.yaml").read_text()
    assert "train: train.txt\nval: val.txt\ntest: test.txt\n" in described


def test_spacy_finds_each_span_at_whole_tokens_of_its_text() -> None:
    spacy: Any = pytest.importorskip("spacy")
    srsly: Any = pytest.importorskip("srsly")
    said = Spans((TextSpan("s1", "per", 0, 3), TextSpan("s2", "per", 11, 14), TextSpan("s3", "loc", 24, 26)))
    given = source([row("t1", "text", {"answer": said}, text=TALK)], "span", ["per", "loc"])
    (line,) = [srsly.json_loads(one) for one in written("spacy", given).decode().splitlines()]
    document = spacy.blank("zh")(line["text"])
    found = [document.char_span(one["start"], one["end"], label=one["label"]) for one in line["spans"]]
    assert [(one.text, one.label_) for one in found] == [("王女士", "per"), ("Zoë", "per"), ("北京", "loc")]


@pytest.fixture
def sounds() -> Source:
    said = Segments(
        (Segment("s1", "agent", 0, 1234), Segment("s2", "客户", 1000, 1800), Segment("s3", "agent", 1500, 2000))
    )
    rows = [row("call one.wav", "audio", {"answer": said}, duration=2000), row("b.wav", "audio", {}, duration=500)]
    return source(rows, "segment", ["agent", "客户"])


def test_praatio_reads_the_textgrids_that_were_written(sounds: Source, tmp_path: Path) -> None:
    textgrid: Any = pytest.importorskip("praatio.textgrid")
    folder = unpacked(written("textgrid", sounds), tmp_path)
    grid = textgrid.openTextgrid(str(folder / "call one.wav.TextGrid"), includeEmptyIntervals=False)
    tiers = {name: [tuple(one) for one in grid.getTier(name).entries] for name in grid.tierNames}
    assert tiers == {
        "answer": [(0.0, 1.234, "agent"), (1.5, 2.0, "agent")],
        "answer #2": [(1.0, 1.8, "客户")],
    }
    assert grid.maxTimestamp == 2.0


def test_pyannote_reads_the_rttm_that_was_written(sounds: Source, tmp_path: Path) -> None:
    util: Any = pytest.importorskip("pyannote.database.util")
    rttm, uem = tmp_path / "a.rttm", tmp_path / "a.uem"
    rttm.write_bytes(written("rttm", sounds))
    uem.write_bytes(b"".join(FORMATS["rttm"].beside["annotations.uem"](sounds)))
    found = util.load_rttm(rttm)
    assert [*found] == ["call%20one.wav"]
    tracks = [
        (round(s.start, 3), round(s.end, 3), label)
        for s, _, label in found["call%20one.wav"].itertracks(yield_label=True)
    ]
    assert tracks == [(0.0, 1.234, "agent"), (1.0, 1.8, "客户"), (1.5, 2.0, "agent")]
    assert {name: line.extent().end for name, line in util.load_uem(uem).items()} == {
        "call%20one.wav": 2.0,
        "b.wav": 0.5,
    }


def test_pandas_reads_the_table_that_was_written() -> None:
    pandas: Any = pytest.importorskip("pandas")

    def rows() -> Iterator[Row]:
        for n, text in enumerate(("他说：“好,的”", 'a "b"\nc', "=1+1")):
            yield row(f"t{n}", "text", {"answer": Choice(("a",) if n else ("b",))}, text=text)

    table = pandas.read_csv(io.BytesIO(written("csv", source([*rows()], "choice", ["a", "b"]))))
    assert [*table["answer.answer"]] == ["b", "a", "a"]
    assert [*table["text"]][:2] == ["他说：“好,的”", 'a "b"\nc']
