"""The server is killed under eight writing clients, again and again: what it acknowledged is there, once."""

import threading
import time
from pathlib import Path

from sqlalchemy import func, select

from bench.annotating import answer_to
from bench.house import CLIENTS, Bench, build, scratch, served
from bench.table import Row, show
from bench.wire import Wire
from guiju.annotations import annotation_table
from guiju.storage import opened_house

TIMES = 20
SECONDS = 1.0


def main(times: int = TIMES) -> None:
    """Print how many acknowledged annotations are missing, and how many are there twice."""
    acknowledged: list[int] = []
    with scratch() as folder:
        bench = build(folder, 100_000)
        for _ in range(times):
            acknowledged += _press_and_kill(folder, bench)
        stored, doubles = _look(folder)
    rows = [
        Row("acknowledged", f"{len(acknowledged):,}"),
        Row("missing", f"{len(set(acknowledged) - stored):,}", "0"),
        Row("items answered twice", f"{doubles:,}", "0"),
    ]
    show(f"SIGKILL under {CLIENTS} writing clients, {times} times", rows)


def _press_and_kill(folder: Path, bench: Bench) -> list[int]:
    told: list[int] = []
    with served(folder) as (port, server, _):
        threads = [threading.Thread(target=_press, args=(port, token, bench, told)) for token in bench.tokens]
        for thread in threads:
            thread.start()
        time.sleep(SECONDS)
        server.kill()
        server.wait()
        for thread in threads:
            thread.join()
    return told


def _press(port: int, token: str, bench: Bench, told: list[int]) -> None:
    """Annotate until the server is gone, noting each annotation that it said is stored."""
    path = f"/api/v1/rounds/{bench.round}"
    try:
        wire = Wire(port, token)
        tasks = wire.post_json(f"{path}/lease", {"want": 1})["tasks"]
        while tasks:
            stored = wire.post_json(f"{path}/annotations", answer_to(tasks[0], len(told), 1))
            told.append(stored["annotation"]["id"])
            tasks = stored["tasks"]
    except OSError:
        return


def _look(folder: Path) -> tuple[set[int], int]:
    a = annotation_table.c
    with opened_house(folder) as house, house.reading() as connection:
        stored = set(connection.execute(select(a.id)).scalars())
        twice = select(a.item_id).group_by(a.item_id).having(func.count() > 1).subquery()
        return stored, connection.execute(select(func.count()).select_from(twice)).scalar_one()
