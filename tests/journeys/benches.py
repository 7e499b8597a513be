"""A project for each kind of answer, with items that it fits and a round of production that alice can work in."""

import json
import wave
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from guiju.kinds import KINDS
from guiju.samples.documents import rulebook_text
from guiju.samples.steel import draw_surface, item_name
from tests.annotations.moving import ENTRY
from tests.journeys.papers import found_project
from tests.journeys.served import Served

RULEBOOK = """---
title: {{zh: "规则", en: "Rules"}}
version: 1.0.0
fields:
  - {{id: answer, kind: {kind}, title: {{zh: "答案", en: "Answer"}}, options: {options}, labels: [{labels}]}}
labels: {entries}
---

## C1 看清楚 | Look closely

看清楚再标。

> en: Look before you mark.
"""


_LEANING = RULEBOOK.replace(
    """options: {options}, labels: [{labels}]}}
""",
    """options: {{of: marks, ends: {{b: {{symmetric: true}}}}}}, labels: [b, c]}}
""",
).replace("fields:\n", "fields:\n  - {{id: marks, kind: span, title: {{zh: 标记, en: Marks}}, labels: [a]}}\n")


def open_production(town: Served, name: str, rulebook: str, file: Path) -> str:
    """The address of alice's bench on a new project of these items."""
    project = found_project(town, name, rulebook, ["alice"])
    with town.client("gao") as gao:
        gao.wait_for_job(gao.import_file(project, file)["job"])
    with town.client("zhou") as zhou:
        opened = zhou.open_round(project, "production", reason="The workbench alone is looked at.")
    return f"/projects/{project}/rounds/{opened}/work"


def bench_of(town: Served, folder: Path, kind: str) -> str:
    """The same for a kind of answer, on the first of the media that it fits."""
    media = next(each for each in _FILES if each in KINDS[kind].media)
    return open_production(town, f"All of {kind}", _rulebook(kind), _FILES[media](folder))


def _rulebook(kind: str) -> str:
    if kind == "box":
        return rulebook_text("steel")
    ids = ["a", "b", "c"] if KINDS[kind].labelled else []
    entries = "".join(f"\n{ENTRY.format(id=each, name=each.upper())}" for each in ids)
    if KINDS[kind].leans is not None:
        return _LEANING.format(kind=kind, entries=entries)
    options = KINDS[kind].hint or "{}"
    return RULEBOOK.format(kind=kind, options=options, labels=", ".join(ids), entries=entries or "[]")


def surfaces(folder: Path, count: int = 3) -> Path:
    path = folder / "surfaces.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for seed in range(count):
            archive.writestr(item_name(seed), draw_surface(seed).image_bytes)
    return path


def texts(folder: Path, count: int = 3) -> Path:
    return _lines(folder, "texts", [{"name": f"t{n}", "text": f"第{n}条：快递到哪了？"} for n in range(count)])


def comparisons(folder: Path, count: int = 3) -> Path:
    rows = [{"name": f"c{n}", "prompt": f"第{n}问", "answers": ["是。", "**不是**。"]} for n in range(count)]
    return _lines(folder, "comparisons", rows)


def dialogues(folder: Path, count: int = 3) -> Path:
    turns = [{"speaker": "客户", "text": "快递到哪了？"}, {"speaker": "客服", "text": "明天到。"}]
    return _lines(folder, "dialogues", [{"name": f"d{n}", "turns": turns} for n in range(count)])


def sounds(folder: Path, count: int = 2) -> Path:
    path = folder / "sounds.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for n in range(count):
            one = folder / f"{n}.wav"
            with wave.open(str(one), "wb") as sound:
                sound.setnchannels(1)
                sound.setsampwidth(2)
                sound.setframerate(8000)
                sound.writeframes(bytes(4000 * (n + 1)))
            archive.write(one, one.name)
    return path


def _lines(folder: Path, name: str, rows: Sequence[Mapping[str, object]]) -> Path:
    path = folder / f"{name}.jsonl"
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    return path


_FILES: Mapping[str, Callable[[Path], Path]] = {
    "image": surfaces,
    "text": texts,
    "comparison": comparisons,
    "dialogue": dialogues,
    "audio": sounds,
}
