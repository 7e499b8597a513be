"""What is delivered, read back by readers that others made: spans by spaCy and a parser of brat's, choices by Label
Studio's converter, sounds by praatio and pyannote, tables by pandas, lines and Arrow by datasets. A file knows no
database: rows go in, bytes come out.
"""

import csv
import io
import json
import zipfile
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from guiju.delivery.formats import FORMATS
from guiju.delivery.formats import parquet as parquet_format
from guiju.delivery.formats.model import Source
from guiju.delivery.model import Label, Row
from guiju.kinds import (
    Answer,
    Choice,
    ChoiceOptions,
    Each,
    FieldShape,
    Link,
    Ranking,
    RelationOptions,
    Relations,
    Segment,
    Segments,
    Spans,
    TextSpan,
    Written,
    encode_answers,
)
from guiju.storage import StorageFull
from guiju.storage.full import writing_files

WIDE, HIGH = 64, 48
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


def unpacked(content: bytes, folder: Path) -> Path:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        archive.extractall(folder)
    return folder


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


def converter(given: Source, folder: Path) -> tuple[Any, Path]:
    """Label Studio's own converter with our labelling interface, and our tasks in a file."""
    module: Any = pytest.importorskip("label_studio_converter")
    (tasks := folder / "tasks.json").write_bytes(written("label-studio", given))
    interface = b"".join(FORMATS["label-studio"].once["annotations.label-studio.xml"](given)).decode()
    return module.Converter(interface, str(folder), download_resources=False), tasks


def test_label_studios_converter_makes_a_table_of_the_choices(tmp_path: Path) -> None:
    rows = [
        row(f"t{n}", "text", {"answer": Choice(said)}, text=text)
        for n, (said, text) in enumerate(((("a",), "他说：“好,的”"), (("b", "a"), 'x "y"\nz')))
    ]
    field = FieldShape("answer", "choice", labels=("a", "b"), options=ChoiceOptions(multiple=True))
    given = Source("Said", "1.0.0", (Label("a", "a", "a"), Label("b", "b", "b")), (field,), lambda: iter(rows))
    reader, tasks = converter(given, tmp_path)
    reader.convert_to_csv(str(tasks), str(tmp_path / "out"), is_dir=False, sep=",", header=True)
    with (tmp_path / "out/result.csv").open(encoding="utf-8", newline="") as file:
        found = [(one["text"], one["answer"]) for one in csv.DictReader(file)]
    assert found == [("他说：“好,的”", "a"), ('x "y"\nz', '{"choices":["b","a"]}')]


def test_a_parser_of_brats_standoff_finds_spans_and_relations(tmp_path: Path) -> None:
    brat: Any = pytest.importorskip("brat_parser")
    text = "阿司匹林 😀 helps\nagainst headache"
    spans = Spans((TextSpan("s1", "drug", 0, 4), TextSpan("s2", "illness", 21, 29)))
    links = Relations((Link("r1", "treats", "s1", "s2"),), of="things")
    fields = (
        FieldShape("things", "span", labels=("drug", "illness")),
        FieldShape("facts", "relation", labels=("treats",), options=RelationOptions(of="things")),
    )
    rows = [row("a.txt", "text", {"things": spans, "facts": links}, text=text)]
    given = Source("Drugs", "1.0.0", (), fields, lambda: iter(rows))
    folder = unpacked(written("brat", given), tmp_path)
    entities, relations, *_ = brat.get_entities_relations_attributes_groups(str(folder / "a.ann"))
    known = (folder / "a.txt").read_bytes().decode()
    found = {name: (one.type, known[one.start : one.end], one.text) for name, one in entities.items()}
    assert found == {"T1": ("drug", "阿司匹林", "阿司匹林"), "T2": ("illness", "headache", "headache")}
    assert [(one.type, one.subj, one.obj) for one in relations.values()] == [("treats", "T1", "T2")]


@pytest.mark.filterwarnings("ignore")
def test_datasets_and_feather_read_the_arrow_that_was_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    monkeypatch.setenv("HF_HOME", str(tmp_path / "home"))
    datasets: Any = pytest.importorskip("datasets")
    feather: Any = pytest.importorskip("pyarrow.feather")
    second: dict[str, Answer] = {"answer": Choice(("b", "a")), "note": Written("好\n")}
    said: list[dict[str, Answer]] = [{"answer": Choice(("a",))}, second]
    rows = [row(f"t{n}", "text", one, text="x" * n) for n, one in enumerate(said)]
    fields = (
        FieldShape("answer", "choice", labels=("a", "b"), options=ChoiceOptions(multiple=True)),
        FieldShape("note", "text", ()),
    )
    given = Source("Said", "1.0.0", (), fields, lambda: iter(rows))
    (place := tmp_path / "annotations.arrow").write_bytes(written("arrow", given))
    assert place.read_bytes() == written("arrow", given)
    opened = datasets.load_dataset("arrow", data_files=str(place), split="train", cache_dir=str(tmp_path / "cache"))
    for table in (opened.to_list(), feather.read_table(str(place)).to_pylist()):
        assert [(one["name"], one["answer.answer"], one["answer.note"]) for one in table] == [
            ("t0", ["a"], None),
            ("t1", ["b", "a"], "好"),
        ]
    opened.save_to_disk(str(tmp_path / "kept"))
    assert datasets.load_from_disk(str(tmp_path / "kept")).to_list() == opened.to_list()


def test_long_rows_make_small_groups_and_a_row_may_be_longer_than_any_buffer(tmp_path: Path) -> None:
    parquet: Any = pytest.importorskip("pyarrow.parquet")

    def rows() -> Iterator[Row]:
        for n in range(600):
            yield row(f"t{n}", "text", {"answer": Choice(("a",))}, text=f"{n} " + "长" * (20_000 if n else 12_000_000))

    given = Source("Long", "1.0.0", (), (FieldShape("answer", "choice", labels=("a",)),), rows)
    (place := tmp_path / "a.parquet").write_bytes(b"".join(FORMATS["parquet"].write(given)))
    file = parquet.ParquetFile(place)
    assert file.metadata.num_row_groups > 1
    read = file.read(columns=["name", "text"])
    assert [len(text) for text in read["text"].to_pylist()[:3]] == [12_000_002, 20_002, 20_002]
    assert read["name"].to_pylist() == [f"t{n}" for n in range(600)]


def test_a_disk_that_is_full_below_the_engine_is_called_full(monkeypatch: pytest.MonkeyPatch) -> None:
    # The file that the engine writes is the device that is always full.
    monkeypatch.setattr(parquet_format, "FILE", "/dev/full")
    given = source([row("t", "text", {"answer": Choice(("a",))}, text="x")], "choice", ["a"])
    with pytest.raises(StorageFull), writing_files():
        written("parquet", given)


def test_a_disk_that_is_full_below_arrow_is_called_full(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("pyarrow")
    monkeypatch.setattr("tempfile.TemporaryFile", partial(open, "/dev/full", "w+b"))
    given = source([row("t", "text", {"answer": Choice(("a",))}, text="x" * 100_000)], "choice", ["a"])
    with pytest.raises(StorageFull), writing_files():
        written("arrow", given)


TURNS = json.dumps({"turns": [{"speaker": "客户", "text": "=1+1\n还没到"}, {"speaker": "客服", "text": "马上，“亲”"}]})
COMPARED = json.dumps({"prompt": "1+1?", "answers": [{"text": "3"}, {"text": "2 😀"}]})


def loaded(name: str, given: Source, folder: Path, monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What datasets reads of lines of JSON."""
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    monkeypatch.setenv("HF_HOME", str(folder / "home"))
    datasets: Any = pytest.importorskip("datasets")
    folder.mkdir(exist_ok=True)
    (place := folder / FORMATS[name].file).write_bytes(written(name, given))
    opened = datasets.load_dataset("json", data_files=str(place), split="train", cache_dir=str(folder / "cache"))
    return opened.to_list()


@pytest.mark.filterwarnings("ignore")
def test_datasets_reads_the_lines_for_tuning_that_were_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [
        row("d1", "dialogue", {"reply": Written("已退款")}, text=TURNS),
        row("c1", "comparison", {"better": Ranking(((1,), (0,)))}, text=COMPARED),
    ]
    fields = (FieldShape("reply", "text", ()), FieldShape("better", "ranking", ()))
    given = Source("Talk", "1.0.0", (), fields, lambda: iter(rows))
    lines = loaded("messages", given, tmp_path, monkeypatch)
    assert [[(one["role"], one["content"]) for one in line["messages"]] for line in lines] == [
        [("user", "=1+1\n还没到"), ("assistant", "马上，“亲”"), ("assistant", "已退款")],
        [("user", "1+1?"), ("assistant", "2 😀")],
    ]
    (pair,) = loaded("preference-chat", given, tmp_path / "pairs", monkeypatch)
    assert [pair[side][0]["content"] for side in ("prompt", "chosen", "rejected")] == ["1+1?", "2 😀", "3"]


@pytest.mark.filterwarnings("ignore")
def test_datasets_and_pandas_read_the_dialogues_that_were_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pandas: Any = pytest.importorskip("pandas")
    rows = [row("d1", "dialogue", {"intent": Each("turn", {"1": Choice(("ask",))})}, text=TURNS)]
    fields = (FieldShape("intent", "choice", ("ask",), target="turn"),)
    given = Source("Talk", "1.0.0", (), fields, lambda: iter(rows))
    (talk,) = loaded("turns-jsonl", given, tmp_path, monkeypatch)
    assert [turn["text"] for turn in talk["turns"]] == ["=1+1\n还没到", "马上，“亲”"]
    assert talk["turns"][0]["answers"]["intent"]["labels"] == ["ask"]
    table = pandas.read_csv(io.BytesIO(written("turns-csv", given)), keep_default_na=False)
    assert [*zip(table["turn"], table["speaker"], table["intent"], strict=True)] == [
        (1, "客户", "ask"),
        (2, "客服", ""),
    ]


@pytest.mark.filterwarnings("ignore")
def test_datasets_reads_the_lines_of_answers_that_were_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [row(f"t{n}", "text", {"answer": Choice((label,))}, text=f"“{n}”\n") for n, label in enumerate("ab")]
    lines = loaded("jsonl", source(rows, "choice", ["a", "b"]), tmp_path, monkeypatch)
    assert [(one["name"], one["text"], one["answers"]["answer"]["labels"]) for one in lines] == [
        ("t0", "“0”\n", ["a"]),
        ("t1", "“1”\n", ["b"]),
    ]
