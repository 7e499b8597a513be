"""Packages of boxes: time and memory as they grow, each in a process of its own. Prints a table.

python -m bench.delivering [ITEMS …]   ten boxes an item; the last size is compared with the first

`python -m bench.delivering 100000 300000 1000000` goes up to ten million boxes, and needs 5 GB of disk.

The memory is the program's own: pages of the database that it maps, up to 256 MiB, are the system's to take back.
"""

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from sqlalchemy import insert, select

from bench.memory import OwnMemory
from bench.table import Row, show
from guiju.annotations import Origin, RoundKind, RoundState, insert_round, named_annotator, resolve_many
from guiju.data import JOBS as DATA_JOBS
from guiju.data import item_ids, item_table, source_table, start_import
from guiju.delivery import JOBS, Include, Splits, Terms, deliver, get_delivery
from guiju.kit import new_id, sha256_hex
from guiju.people import set_up
from guiju.projects import create_project
from guiju.rulebooks import publish_rulebook, save_draft, starter_document
from guiju.storage import Actor, House, Tx, opened_house, work_jobs

BOXES = 10
SIZES = (10_000, 100_000)
CHUNK = 5_000
PARTS = Terms(Splits({"train": 0.8, "validation": 0.1, "test": 0.1}))
WANTED = {
    "jsonl": ("jsonl", Terms()),
    "coco": ("coco", Terms()),
    "parquet": ("parquet", Terms()),
    "arrow": ("arrow", Terms()),
    "coco in three parts": ("coco", PARTS),
}


def _answer(number: int) -> str:
    shapes = [
        {"id": f"b{n}", "label": "ab"[(number + n) % 2], "x": 10 * n, "y": number % 400, "w": 40.5, "h": 30}
        for n in range(BOXES)
    ]
    return json.dumps({"objects": {"kind": "box", "shapes": shapes}}, separators=(",", ":"))


def make(house: House, items: int) -> int:
    """A project of pictures that are only said to be there, each with ten boxes; returns its number."""
    admin = set_up(house, email="bench@guiju.test", name="Bench", password="a short sentence")
    actor = Actor(admin, "Bench", "bench@guiju.test", is_admin=True, trusted=True)
    project = create_project(house, actor, request_id=new_id(), name="Bench")
    save_draft(house, actor, project, document=starter_document("box"), from_revision=0, request_id=new_id())
    rulebook = publish_rulebook(house, actor, project, request_id=new_id())
    first = house.home / "first.txt"
    first.write_text("one\n", encoding="utf-8")
    start_import(house, actor, project, request_id=new_id(), paths=[first])
    work_jobs(house, DATA_JOBS)

    def begin(tx: Tx) -> tuple[int, int, int]:
        source = tx.scalar(select(source_table.c.id))
        kind, state = RoundKind.IMPORT, RoundState.CLOSED
        made = insert_round(tx, project_id=project, kind=kind, rulebook_id=rulebook, state=state, created_by=admin)
        return source, made, named_annotator(tx, project, "bench")

    source, round_id, who = house.write(begin)
    plain = {"project_id": project, "source_id": source, "media": "image", "media_type": "image/png", "size": 1_000}
    plain |= {"width": 640, "height": 480}
    for start in range(0, items, CHUNK):
        part = range(start, min(start + CHUNK, items))
        rows = [{**plain, "hash": sha256_hex(str(n).encode()), "name": f"plate-{n:07}.png"} for n in part]
        house.write(lambda tx, rows=rows: tx.execute(insert(item_table), rows))
    with house.reading() as connection:
        ids = item_ids(connection, project, limit=items + 1)[1:]
    shared = {"project_id": project, "round_id": round_id, "rulebook_id": rulebook, "annotator_id": who}
    shared |= {"origin": Origin.ANNOTATION, "annotation_id": None, "confidence": None}
    for start in range(0, items, CHUNK):
        each = enumerate(ids[start : start + CHUNK], start)
        rows = [{**shared, "item_id": item, "answers": _answer(n)} for n, item in each]
        house.write(lambda tx, rows=rows: resolve_many(tx, rows))
    return project


def build(home: Path, project: int, name: str) -> None:
    """In a process of its own: build a package, say how long it took and how large the process became."""
    format_name, terms = WANTED[name]
    with opened_house(home) as house:
        actor = Actor(1, "Bench", "bench@guiju.test", is_admin=True, trusted=True)
        own, began = OwnMemory(), time.perf_counter()
        asked = deliver(house, actor, project, new_id(), format=format_name, include=Include.ALL, terms=terms)
        work_jobs(house, JOBS)
        seconds = time.perf_counter() - began
        size = get_delivery(house, actor, project, asked.number).size
        print(json.dumps({"seconds": seconds, "peak": own.stop(), "size": size}))


def _said(told: list[dict[str, float]], grown: float) -> tuple[str, str, str]:
    first, last = told[0], told[-1]
    slope = f"{(last['peak'] - first['peak']) / grown:+.0f} MiB a million boxes" if grown else ""
    figure = f"{last['seconds']:.1f} s, {(last['size'] or 0) / 1e6:,.0f} MB, {last['peak']:.0f} MiB"
    return figure, "flat memory", slope


def main(sizes: tuple[int, ...] = SIZES) -> None:
    found: dict[str, list[dict[str, float]]] = {name: [] for name in WANTED}
    for items in sizes:
        with tempfile.TemporaryDirectory() as folder:
            with opened_house(Path(folder)) as house:
                project = make(house, items)
            for name, told in found.items():
                command = [sys.executable, "-m", "bench.delivering", "--build", folder, str(project), name]
                told.append(json.loads(subprocess.run(command, check=True, capture_output=True).stdout))
    grown = (sizes[-1] - sizes[0]) * BOXES / 1e6
    rows = [Row(f"{name}, {sizes[-1] * BOXES:,} boxes", *_said(told, grown)) for name, told in found.items()]
    show("Deliveries of boxes, ten an item (issue: COCO of 1,000,000 in 10 s and 400 MiB)", rows)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--build"]:
        build(Path(sys.argv[2]), int(sys.argv[3]), sys.argv[4])
    else:
        main(tuple(map(int, sys.argv[1:])) or SIZES)
