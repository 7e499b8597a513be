"""How long 100,000 short texts with their annotations take to come in, beside the machine's own floor.

Run: python -m bench.import_annotations [rows]
"""

import sys
import tempfile
import time
from pathlib import Path

from guiju.annotations.imports import Columns, Format, ImportOptions, start_import
from guiju.kit import new_id
from guiju.people import set_up
from guiju.projects import create_project
from guiju.rulebooks import publish_rulebook, save_draft
from guiju.samples.documents import rulebook_text
from guiju.storage import Actor, House, find_job, open_house, work_jobs
from guiju.web.jobs import HANDLERS

LABELS = ("refund", "logistics", "invoice")


def main(rows: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        house = open_house(Path(folder) / "home")
        actor = Actor(set_up(house, email="a@b.test", name="A", password="a short sentence"), "A", "", trusted=True)
        project = create_project(house, actor, request_id=new_id(), name="bench")
        labels = _publish(house, actor, project)
        file = Path(folder) / "work.csv"
        file.write_text(_content(rows, labels), encoding="utf-8")
        _table(house, actor, project, file)
        house.close()


def _publish(house: House, actor: Actor, project: int) -> tuple[str, ...]:
    document = rulebook_text("service")
    save_draft(house, actor, project, document=document, from_revision=0, request_id=new_id())
    publish_rulebook(house, actor, project, request_id=new_id())
    found = [line.partition("- id: ")[2] for line in document.splitlines() if line.startswith("  - id: ")]
    return tuple(name for name in found if name and f"labels: [{name}" not in document)[1:4]


def _content(rows: int, labels: tuple[str, ...]) -> str:
    said = (f"{n},w{n % 20},{labels[n % len(labels)]},请问第 {n} 号订单什么时候发货?" for n in range(rows))
    return "\n".join(["item,annotator,label,text", *said])


def _table(house: House, actor: Actor, project: int, file: Path) -> None:
    begun = time.perf_counter()
    options = ImportOptions(Format.CSV, columns=Columns(text="text"), create_items=True)
    started = start_import(house, actor, project, request_id=new_id(), path=file, options=options)
    looked = time.perf_counter()
    work_jobs(house, HANDLERS, only=started.items_job)
    items = time.perf_counter()
    work_jobs(house, HANDLERS, only=started.job)
    over = time.perf_counter()
    with house.reading() as connection:
        job = find_job(connection, started.job)
    print(f"outcome                 {job.outcome if job else None}")
    print(f"looking at the file     {looked - begun:8.2f} s")
    print(f"importing the items     {items - looked:8.2f} s")
    print(f"importing the answers   {over - items:8.2f} s")
    print(f"both at once            {over - begun:8.2f} s   (wanted: at most 5 s for 100,000)")
    print(f"copying the file        {_floor(file):8.2f} s   (the machine's floor: read, write, fsync)")


def _floor(file: Path) -> float:
    begun = time.perf_counter()
    with (file.parent / "copy").open("wb") as out:
        out.write(file.read_bytes())
        out.flush()
    return time.perf_counter() - begun


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
