"""How long a lot of 100,000 takes to be drawn and delivered as JSON Lines. Prints a table.

python bench/export_annotations.py [ITEMS]
"""

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from guiju.annotations import Origin, RoundKind, RoundState, insert_round, named_annotator, resolve_many
from guiju.bank import JOBS as BANK_JOBS
from guiju.bank import SUBSCRIBERS
from guiju.data import JOBS as DATA_JOBS
from guiju.data import item_ids, start_import
from guiju.delivery import JOBS, deliver
from guiju.inspection import Finding, Outcome, decide_lot, draw_lot, get_lot, judge
from guiju.kit import new_id
from guiju.people import set_up
from guiju.projects import create_project
from guiju.rulebooks import publish_rulebook, save_draft, starter_document
from guiju.storage import Actor, House, Tx, opened_house, pump, work_jobs

ANSWER = '{"label":{"kind":"choice","labels":["a"]}}'
CHUNK = 5_000


def timed(name: str, act: Callable[[], object]) -> None:
    began = time.perf_counter()
    act()
    print(f"{name:<44}{time.perf_counter() - began:8.2f} s")


def make(house: House, items: int) -> tuple[Actor, int]:
    """A project of short texts, every one resolved."""
    admin = set_up(house, email="bench@guiju.test", name="Bench", password="a short sentence")
    actor = Actor(admin, "Bench", "bench@guiju.test", is_admin=True, trusted=True)
    project = create_project(house, actor, request_id=new_id(), name="Bench")
    save_draft(house, actor, project, document=starter_document("choice"), from_revision=0, request_id=new_id())
    rulebook = publish_rulebook(house, actor, project, request_id=new_id())
    texts = house.home / "texts.txt"
    texts.write_text("".join(f"第{n}条留言，申请退款 {n}\n" for n in range(items)), encoding="utf-8")
    start_import(house, actor, project, request_id=new_id(), paths=[texts])
    work_jobs(house, DATA_JOBS)
    with house.reading() as connection:
        ids = item_ids(connection, project, limit=items)

    def open_round(tx: Tx) -> tuple[int, int]:
        made = insert_round(
            tx,
            project_id=project,
            kind=RoundKind.IMPORT,
            rulebook_id=rulebook,
            state=RoundState.CLOSED,
            created_by=admin,
        )
        return made, named_annotator(tx, project, "bench")

    round_id, who = house.write(open_round)
    shared = {"project_id": project, "round_id": round_id, "rulebook_id": rulebook, "annotator_id": who}
    shared |= {"origin": Origin.ANNOTATION, "answers": ANSWER, "annotation_id": None, "confidence": None}
    for start in range(0, items, CHUNK):
        rows = [{**shared, "item_id": item} for item in ids[start : start + CHUNK]]
        house.write(lambda tx, rows=rows: resolve_many(tx, rows))
    return actor, project


def main(items: int) -> None:
    with tempfile.TemporaryDirectory() as folder, opened_house(Path(folder)) as house:
        actor, project = make(house, items)
        print(f"{items:,} items, SQLite, synchronous=FULL")
        timed("draw the lot", lambda: draw_lot(house, actor, project, new_id(), aql="1.0"))
        lot = 1
        sample = get_lot(house, actor, project, lot).sample

        def judge_all() -> None:
            for place in sample:
                judge(house, actor, project, lot, place.item_id, new_id(), Finding(Outcome.PASS))

        timed(f"judge its sample of {len(sample)}", judge_all)
        timed("accept it", lambda: decide_lot(house, actor, project, lot, new_id()))
        timed("ask for the delivery", lambda: deliver(house, actor, project, new_id(), format="jsonl"))
        timed("deliver as JSON Lines (issue: 100,000 in 2 s)", lambda: work_jobs(house, JOBS))
        pump(house.database, SUBSCRIBERS)
        timed("deposit it in the bank", lambda: work_jobs(house, BANK_JOBS))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
