"""An accepted lot goes into the bank, is compared, and is drawn from: seconds for many texts, each read back.

python -m bench.depositing [--items 100000] [--profile]
"""

import argparse
import cProfile
import json
import pstats
import random
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import func, select

from bench.table import Row, show
from guiju.annotations import Origin, RoundKind, RoundState, insert_round, named_annotator, resolve_many
from guiju.bank import JOBS, SUBSCRIBERS, Choice, ask_to_draw, deposit_table, get_draw, read_search
from guiju.data import JOBS as DATA_JOBS
from guiju.data import item_ids, start_import
from guiju.inspection import Finding, Outcome, decide_lot, draw_lot, get_lot, judge
from guiju.kit import new_id
from guiju.people import set_up
from guiju.projects import create_project
from guiju.rulebooks import publish_rulebook, save_draft, starter_document
from guiju.samples.messages import messages
from guiju.storage import Actor, House, Tx, opened_house, pump, work_jobs
from guiju.storage.tables import job as job_table

ITEMS = 100_000
DRAWN = 20_000
CHUNK = 5_000


def main(items: int = ITEMS, *, profile: bool = False) -> None:
    with tempfile.TemporaryDirectory() as folder, opened_house(Path(folder)) as house:
        actor = make(house, items)
        show(f"Into the bank: {items:,} texts", measure(house, actor, items, profile=profile))


def make(house: House, items: int) -> Actor:
    """A project whose only lot was accepted."""
    admin = set_up(house, email="bench@guiju.test", name="Bench", password="a short sentence")
    actor = Actor(admin, "Bench", "bench@guiju.test", is_admin=True, trusted=True)
    project = create_project(house, actor, request_id=new_id(), name="Bench", customer="Bench")
    save_draft(house, actor, project, document=starter_document("choice"), from_revision=0, request_id=new_id())
    rulebook = publish_rulebook(house, actor, project, request_id=new_id())
    path = house.home / "texts.txt"
    path.write_text("\n".join(_texts(items)) + "\n", encoding="utf-8")
    start_import(house, actor, project, request_id=new_id(), paths=[path])
    work_jobs(house, DATA_JOBS)
    with house.reading() as connection:
        ids = item_ids(connection, project, limit=items)

    def begin(tx: Tx) -> tuple[int, int]:
        round_id = insert_round(
            tx, project_id=project, kind=RoundKind.IMPORT, rulebook_id=rulebook, state=RoundState.OPEN, created_by=admin
        )
        return round_id, named_annotator(tx, project, "Bench")

    round_id, annotator = house.write(begin)
    answers = [json.dumps({"label": {"kind": "choice", "labels": [label]}}, separators=(",", ":")) for label in "ab"]
    keys = {"project_id": project, "rulebook_id": rulebook, "round_id": round_id, "annotator_id": annotator}
    keys |= {"origin": Origin.ANNOTATION, "annotation_id": None, "confidence": None, "restates": None}
    for start in range(0, len(ids), CHUNK):
        rows = [{**keys, "item_id": item, "answers": answers[item % 2]} for item in ids[start : start + CHUNK]]
        house.write(lambda tx, rows=rows: resolve_many(tx, rows))
    lot = draw_lot(house, actor, project, new_id(), aql="1.0")
    for place in get_lot(house, actor, project, lot).sample:
        judge(house, actor, project, lot, place.item_id, new_id(), Finding(Outcome.PASS))
    decide_lot(house, actor, project, lot, new_id())
    return actor


def _texts(count: int) -> list[str]:
    """Messages that are all different: two of the sample's beside each other, with an order's number."""
    some, rng = [each.text for each in messages(2_000, seed=3)], random.Random(1)
    return [f"{rng.choice(some)} {rng.choice(some)} 订单号 {n}" for n in range(count)]


def measure(house: House, actor: Actor, items: int, *, profile: bool) -> list[Row]:
    rows = list[Row]()
    pump(house.database, SUBSCRIBERS)

    def timed(name: str, count: int, kind: str, only: int | None = None) -> None:
        with house.reading() as connection:
            waits = select(job_table.c.id).where(job_table.c.kind == kind, job_table.c.state == "queued")
            job = only or connection.execute(waits).scalars().one()
        cpu = time.process_time()
        took = _seconds(lambda: work_jobs(house, JOBS, only=job), profile=profile)
        busy = time.process_time() - cpu
        rows.append(Row(name, f"{took:.1f} s", "", f"{count / took:,.0f} a second, {busy:.1f} s of CPU"))
        pump(house.database, SUBSCRIBERS)

    timed(f"{items:,} deposited", items, "bank.deposit")
    with house.reading() as connection:
        lie = connection.execute(select(func.count()).select_from(deposit_table)).scalar_one()
    assert lie == items, (lie, items)
    timed("compared with each other", items, "bank.compare")
    project = create_project(house, actor, request_id=new_id(), name="Next", customer="Bench")
    save_draft(house, actor, project, document=starter_document("choice"), from_revision=0, request_id=new_id())
    publish_rulebook(house, actor, project, request_id=new_id())
    most = min(DRAWN, items)
    chosen = Choice(search=read_search(facets=["media:text"]), most=most)
    draw, job = get_draw(house, actor, ask_to_draw(house, actor, project, new_id(), chosen))
    assert job is not None
    timed(f"{most:,} drawn with their answers", most, "bank.draw", job.id)
    result = get_draw(house, actor, draw.id)[0].result
    assert result is not None
    assert result.items + result.duplicates + result.doubtful == most, result
    return rows


def _seconds(work: Callable[[], object], *, profile: bool) -> float:
    profiler = cProfile.Profile()
    begun = time.perf_counter()
    if profile:
        profiler.enable()
    work()
    if profile:
        profiler.disable()
        pstats.Stats(profiler).sort_stats("cumulative").print_stats(45)
    return time.perf_counter() - begun


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--items", type=int, default=ITEMS)
    parser.add_argument("--profile", action="store_true")
    told = parser.parse_args()
    main(told.items, profile=told.profile)
