"""A rulebook's draft tried on a million answers: twenty checks of boxes and changes of meaning, until it is told.

    python -m bench.impact [ANSWERS]

The floor: reading the answers and decoding them, nothing else.
"""

import sys
import time

from sqlalchemy import insert

import guiju.web.routes  # noqa: F401 # pyright: ignore[reportUnusedImport] - every slice's tables, as in the program
from bench.house import build, scratch
from bench.profile import peak_mib
from bench.table import Row, show
from guiju.annotations import resolution_table
from guiju.data import item_ids
from guiju.kinds import decode_answers
from guiju.kit import new_id
from guiju.planning.impact import JOBS, ask_for_impact, look_at_impact, store
from guiju.rulebooks import get_draft, save_draft
from guiju.samples.documents import rulebook_text
from guiju.storage import Actor, House, opened_house, work_jobs

CHECKS = 20
ANSWER = (
    '{"defects":{"kind":"box","shapes":[{"id":"a","label":"scratch","x":%d,"y":40,"w":200,"h":%d},'
    '{"id":"b","label":"crack","x":300,"y":90,"w":40,"h":44}]}}'
)


def main(count: int = 1_000_000) -> None:
    """Print the seconds of the job, and of its floor."""
    with scratch() as folder:
        bench = build(folder, count)
        with opened_house(bench.home) as house:
            actor = Actor(1, "Admin", "admin@bench.test", is_admin=True, trusted=True)
            answer_all(house, bench.project, bench.round)
            floor = read_all(house, bench.project)
            revision = get_draft(house, actor, bench.project).revision
            save_draft(house, actor, bench.project, document=draft(), from_revision=revision, request_id=new_id())
            before, begun = peak_mib(), time.perf_counter()
            work_jobs(house, JOBS, only=ask_for_impact(house, actor, bench.project, request_id=new_id()))
            taken = time.perf_counter() - begun
            grown, begun = peak_mib() - before, time.perf_counter()
            looked = look_at_impact(house, actor, bench.project)
            shown = time.perf_counter() - begun
    assert looked.measured is not None
    if looked.measured.examined != count:
        raise RuntimeError(f"{looked.measured.examined:,} answers were tried")
    show(
        f"{CHECKS} checks on {count:,} answers of two boxes",
        [
            Row("the draft tried", f"{taken:.1f} s", "≤ 20 s", f"reading and decoding: {floor:.1f} s"),
            Row("memory that it took", f"{grown:.0f} MiB"),
            Row("what the page shows", f"{shown * 1000:.0f} ms", "≤ 300 ms"),
        ],
    )


def draft() -> str:
    """The steel rulebook with `CHECKS` checks."""
    text = rulebook_text("steel")
    known = text.split("checks:\n", 1)[1].split("\nexamples:", 1)[0].count("\n  - id: ") + 1
    made = "".join(
        f'  - {{id: more{n}, field: defects, when: \'label == "scratch" || label == "crack"\', '
        f"expect: 'width * height <= {n} * 90000 && x + width <= 4000', message: {{zh: 大, en: large}}}}\n"
        for n in range(1, CHECKS - known + 1)
    )
    return text.replace("examples:\n", f"{made}examples:\n", 1)


def answer_all(house: House, project: int, round_id: int) -> None:
    """An answer of record for each item, as production leaves it."""
    with house.reading() as connection:
        items = item_ids(connection, project, limit=1 << 30)
    row = {"project_id": project, "rulebook_id": 1, "round_id": round_id, "origin": "ruling", "holds": True, "at": 1}
    for start in range(0, len(items), 10_000):
        some = items[start : start + 10_000]
        rows = [{**row, "item_id": item, "answers": ANSWER % (item % 99, 8 + item % 90)} for item in some]
        house.write(lambda tx, rows=rows: tx.execute(insert(resolution_table), rows))


def read_all(house: House, project: int) -> float:
    begun, after = time.perf_counter(), 0
    with house.reading() as connection:
        while rows := store.read_answers(connection, project, after):
            for row in rows:
                decode_answers(row.answers.encode())
            after = rows[-1].item
    return time.perf_counter() - begun


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
