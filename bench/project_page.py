"""A project of a million items in production and inspection: its own page and its progress, over HTTP.

    python -m bench.project_page [ITEMS [HOME]]

A HOME that is there already is measured as it is; another is made and kept.
"""

import statistics
import sys
import time
from pathlib import Path

from sqlalchemy import text

import guiju.web.routes  # noqa: F401 # pyright: ignore[reportUnusedImport] - every slice's tables, as in the program
from bench.house import Bench, build, scratch, served
from bench.table import Row, show
from bench.wire import Wire
from guiju.storage import House, opened_house

SEEDS = 1_000
LOT = 3_200
SAMPLE = 125
DAY = 86_400 * 10**6
TURNS = 7


_STATEMENTS = (
    """INSERT INTO item (id, name, hash, $kept) $numbers
    SELECT k.n, 'm' || k.n, printf('%064x', k.n), $copied FROM k JOIN item i ON i.id = 1 + k.n % :n""",
    "INSERT INTO slot (round_id, item_id, ordinal, reserved, state) $numbers SELECT :round, n, n, 0, 0 FROM k",
    "INSERT INTO annotator (id, kind, account_id, name) SELECT id - 1, 'person', id, name FROM account WHERE id > 1",
    "UPDATE slot SET state = 2, annotator_id = 1 + item_id % 8 WHERE item_id <= :done",
    """INSERT INTO annotation (id, project_id, round_id, item_id, annotator_id, rulebook_id, revision, answers,
    active_ms, at) SELECT item_id, :project, :round, item_id, annotator_id, 1, 1, '{}',
    4000 + item_id * 7919 % 9000, :begun + :step * item_id FROM slot WHERE state = 2 ORDER BY item_id""",
    """INSERT INTO resolution (id, project_id, item_id, rulebook_id, round_id, origin, annotation_id, annotator_id,
    answers, holds, at) SELECT id, :project, item_id, 1, :round, 'annotation', id, annotator_id, '{}', 1, at
    FROM annotation""",
    """INSERT INTO lot (project_id, number, state, plan, seed, contents, created_by, created_at, decided_by, decided_at)
    SELECT :project, id / :lot, 'accepted',
    '{"type":"aql","lot":3200,"limits":[{"weights":["major","minor"],"stages":[[125,3,4]],"aql":"1.0",
    "severity":"normal"}],"code":"K","at_level":"II","kind":"single"}',
    's', 'c', 1, at + 3600000000, 1, at + 36000000000 FROM annotation WHERE id % :lot = 0 AND id <= :lotted""",
    """INSERT INTO lot_entry (lot_id, item_id, resolution_id, drawn) SELECT 1 + (id - 1) / :lot, item_id, id,
    CASE WHEN id % :lot < :sample THEN 1 + id % :lot END FROM resolution WHERE id <= :lotted""",
    """INSERT INTO verdict (lot_id, item_id, resolution_id, inspector_id, revision, outcome, request_id, at)
    SELECT e.lot_id, e.item_id, e.resolution_id, 1, 1, CASE WHEN e.item_id % 97 = 0 THEN 'defect' ELSE 'pass' END,
    'v' || e.item_id, l.created_at + e.drawn * 20000000 FROM lot_entry e JOIN lot l ON l.id = e.lot_id
    WHERE e.drawn IS NOT NULL""",
    "UPDATE verdict SET defect_type = 'wrong-label', severity = 'major', clause = 'C1' WHERE outcome = 'defect'",
)


LOTS_FROM = 6
"""The first of the statements that make lots."""


def fill(house: House, bench: Bench, items: int, *, lots: bool = True) -> None:
    """Make `items` of the few: nine tenths answered by eight people over forty days, two thirds in lots."""
    done = items * 9 // 10
    begun = int(time.time() * 10**6) - 40 * DAY
    places = {"round": bench.round, "project": bench.project, "n": SEEDS, "done": done, "begun": begun}
    places |= {"step": 39 * DAY // done, "lot": LOT, "lotted": items * 2 // 3 // LOT * LOT, "sample": SAMPLE}
    numbers = f"WITH RECURSIVE k(n) AS (SELECT {SEEDS + 1} UNION ALL SELECT n + 1 FROM k WHERE n < {items})"
    with house.reading() as connection:
        columns = [row[1] for row in connection.execute(text("PRAGMA table_info(item)"))]
    copied = ", ".join(f"i.{name}" for name in columns if name not in {"id", "name", "hash"})
    kept = ", ".join(name for name in columns if name not in {"id", "name", "hash"})
    for written in (*(_STATEMENTS if lots else _STATEMENTS[:LOTS_FROM]), "ANALYZE"):
        statement = written.replace("$numbers", numbers).replace("$copied", copied).replace("$kept", kept)
        used = {name: value for name, value in places.items() if f":{name}" in statement}
        house.write(lambda tx, statement=statement, used=used: tx.connection.exec_driver_sql(statement, used))


def main(items: int = 1_000_000, home: Path | None = None) -> None:
    """Print the median of each page."""
    if home is not None and home.exists():
        _measure(home, items, Path(home / "token").read_text(), 1)
        return
    with scratch() as folder:
        where = home or folder / "home"
        bench = build(where, SEEDS)
        with opened_house(where) as house:
            fill(house, bench, items)
        (where / "token").write_text(bench.trainer_token)
        _measure(where, items, bench.trainer_token, bench.project)


def _measure(home: Path, items: int, token: str, project: int) -> None:
    with served(home) as (port, _, _):
        wire = Wire(port, token)
        rows = [
            Row(what, f"{_median(wire, path):.0f} ms", wanted)
            for what, path, wanted in (
                ("the project's own page", f"/projects/{project}", "≤ 100 ms"),
                ("its progress", f"/projects/{project}/progress", "≤ 1,000 ms"),
            )
        ]
    show(f"A project of {items:,} items, over HTTP", rows)


def _median(wire: Wire, path: str) -> float:
    status, said = wire.get(path)
    if status != 200:
        raise RuntimeError(f"{path}: {status} {said[:300]!r}")
    return statistics.median(_timed(wire, path) for _ in range(TURNS)) * 1000


def _timed(wire: Wire, path: str) -> float:
    begun = time.perf_counter()
    wire.get(path)
    return time.perf_counter() - begun


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000, Path(sys.argv[2]) if len(sys.argv) > 2 else None)
