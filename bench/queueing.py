"""Next in the database: a round of 1,000,000 items and 200 annotators, with batches, skills and known answers.

Measured is what one transaction needs to hand out the next item to somebody who holds none (`lease_tasks`), without and
with the commit, by annotators in an order drawn at random; and the page of the project and of who works on what.
"""

import os
import random
import time
from collections.abc import Callable
from typing import Any

from sqlalchemy import select, text

from bench import floors
from bench.house import build, scratch, served
from bench.table import Row, quantile, show
from bench.wire import Wire
from guiju.data import item_table
from guiju.kinds import Choice, encode_answers
from guiju.kit import new_id
from guiju.people import Role, Skills, create_account, find_first_admin, list_accounts
from guiju.projects import set_member
from guiju.rulebooks import latest_published
from guiju.rulings import insert_gold
from guiju.storage import Actor, House, opened_house
from guiju.work import GoldWish, Submitted, Task, lease_tasks, open_production, submit_annotation
from guiju.work.actions import Answered
from guiju.work.queue import By, Change, Demands, Part, read_queue, split_batch

ITEMS, PEOPLE, TURNS, KNOWN, BATCHES = 1_000_000, 200, 2_000, 200, 8
_MORE = """
INSERT INTO item (project_id, source_id, hash, media, name, body, media_type, size)
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {count})
SELECT {project}, {source}, 'bench-' || i, 'text', 'more ' || i, '还没有收到', 'text/plain', 15 FROM n
"""


def main(items: int = ITEMS) -> None:
    """Print p50 and p95 of next on SQLite, and the pages."""
    with scratch() as folder:
        made = build(folder, KNOWN + 100)
        with opened_house(folder) as house:
            rows = measure(house, made.project, items)
        with served(folder) as (port, _, _):
            wire = Wire(port, made.trainer_token)
            for what, path in {
                "the project's page": "",
                "who works on what": f"/rounds/{rows[0].beside}/queue",
            }.items():
                rows.append(Row(what, f"{_page(wire, f'/projects/{made.project}{path}'):.0f} ms", "≤ 100 ms"))
    rows[0] = Row(rows[0].what, rows[0].figure)
    rows.append(Row("floor: an fsync after 4 kB", f"{floors.fsync_milliseconds():.3f} ms"))
    load = os.getloadavg()[0]
    show(f"Queue of {items:,} items, {PEOPLE} annotators (load {load:.1f} on {os.cpu_count()} cores)", rows)


def _page(wire: Wire, path: str) -> float:
    spent: list[float] = []
    for _ in range(7):
        begun = time.perf_counter()
        status, _ = wire.get(path)
        spent.append(time.perf_counter() - begun)
        if status != 200:
            raise RuntimeError(f"{path}: {status}")
    return quantile(spent, 0.5) * 1000


def measure(house: House, project: int, items: int) -> list[Row]:
    """Build the round, then hand out; the first row's `beside` is the round."""
    trainer = find_trainer(house)
    people = make_people(house, trainer, project)
    add_items(house, project, items)
    begun = time.perf_counter()
    gold = GoldWish(0.05, 0.8, stops=False)
    round_id = open_production(house, trainer, project, request_id=new_id(), reason="a measurement", gold=gold)
    opened = time.perf_counter() - begun
    begun = time.perf_counter()
    _split(house, trainer, round_id)
    split = (time.perf_counter() - begun) / BATCHES
    inside, whole = _hand_out(house, people, round_id)
    begun = time.perf_counter()
    read_queue(house, trainer, round_id)
    read = time.perf_counter() - begun
    return [
        Row("opened and filled, in an order drawn at random", f"{opened:.1f} s", beside=str(round_id)),
        Row("a part of 20,000 split off", f"{split:.2f} s"),
        Row("next in the database, p50", f"{quantile(inside, 0.5) * 1000:.2f} ms"),
        Row("next in the database, p95", f"{quantile(inside, 0.95) * 1000:.2f} ms", "≤ 5 ms"),
        Row("next with its commit, p95", f"{quantile(whole, 0.95) * 1000:.2f} ms"),
        Row("who works on what, read", f"{read * 1000:.0f} ms"),
    ]


def find_trainer(house: House) -> Actor:
    with house.reading() as connection:
        found = find_first_admin(connection)
    if found is None:
        raise RuntimeError("no administrator")
    return Actor(found.id, found.name, found.email, is_admin=True, trusted=True)


def make_people(house: House, trainer: Actor, project: int) -> list[Actor]:
    for n in range(PEOPLE):
        create_account(house, trainer, email=f"q{n}@bench.test", name=f"Q{n}", password="bench bench")
    with house.reading() as connection:
        people = [each.actor for each in list_accounts(connection) if each.email.startswith("q")]
    for n, each in enumerate(people):
        skills = Skills(("zh",), (f"s{n % BATCHES}",))
        set_member(house, trainer, project, each.id, Role.ANNOTATOR, skills=skills)
    return people


def add_items(house: House, project: int, items: int) -> None:
    """Items by one statement, in the source of those that were imported; the first of them are known."""
    with house.reading() as connection:
        i = item_table.c
        rows = connection.execute(select(i.id, i.source_id).where(i.project_id == project).limit(KNOWN)).all()
        published = latest_published(connection, project)
    right = encode_answers({"intent": Choice(("refund",))}).decode()
    known = [(row.id, right) for row in rows]
    house.write(lambda tx: insert_gold(tx, project, published.id if published else 0, known))
    house.write(lambda tx: tx.execute(text(_MORE.format(count=items, project=project, source=rows[0].source_id))))
    house.write(lambda tx: tx.execute(text("ANALYZE")))


def _split(house: House, trainer: Actor, round_id: int) -> None:
    [whole] = [line.batch.id for line in read_queue(house, trainer, round_id).batches]
    for n in range(BATCHES):
        change = Change(f"part {n}", 9 - n % 3, None, Demands(("zh",), (f"s{n}",)))
        split_batch(house, trainer, round_id, whole, Part(By.COUNT, "20000"), change, request_id=new_id())


def _hand_out(house: House, people: list[Actor], round_id: int) -> tuple[list[float], list[float]]:
    dice = random.Random(7)
    inside: list[float] = []
    whole: list[float] = []
    for _ in range(TURNS):
        actor = people[dice.randrange(len(people))]
        lease = lease_tasks(house, as_actor(actor), round_id, 1)

        def timed(tx: Any, lease: Callable[[Any], list[Task]] = lease) -> list[Task]:
            begun = time.perf_counter()
            tasks = lease(tx)
            inside.append(time.perf_counter() - begun)
            return tasks

        begun = time.perf_counter()
        [task] = house.write(timed)
        whole.append(time.perf_counter() - begun)
        answered = Answered(new_id(), task.slot, task.lease, 0, {"intent": Choice(("refund",))})
        if not isinstance(house.write(submit_annotation(as_actor(actor), round_id, answered)), Submitted):
            raise RuntimeError("not stored")
    return inside, whole


def as_actor(actor: Actor) -> Callable[[Any], Actor]:
    return lambda _: actor
