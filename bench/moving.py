"""A batch of 100,000 is split off, withdrawn and put back while people work; and answers to known items beside others.

Measured is what somebody waits for who submits meanwhile (with the commit), and whether the time that an answer takes
could tell a known item: inside the transaction, and whole.
"""

import os
import random
import threading
import time
from collections.abc import Callable
from typing import Any

from sqlalchemy import func, select

from bench.house import build, scratch
from bench.queueing import KNOWN, add_items, as_actor, find_trainer, make_people
from bench.table import Row, quantile, show
from guiju.kinds import Choice
from guiju.kit import new_id
from guiju.storage import Actor, House, opened_house
from guiju.work import GoldWish, Submitted, Task, lease_tasks, open_production, submit_annotation
from guiju.work.actions import Answered
from guiju.work.gold.tables import gold_item
from guiju.work.queue import By, Change, Part, put_back, read_queue, split_batch, withdraw_batch
from guiju.work.tables import slot

ITEMS, PART, ANSWERS = 200_000, 100_000, 1_500


def main(items: int = ITEMS, part: int = PART, answers: int = ANSWERS) -> None:
    """Print what others wait while a batch moves, and answers to known items beside the others."""
    with scratch() as folder:
        made = build(folder, KNOWN + 100)
        with opened_house(folder) as house:
            trainer = find_trainer(house)
            people = make_people(house, trainer, made.project)
            add_items(house, made.project, items)
            told: dict[str, Any] = {"request_id": new_id(), "reason": "a measurement"}
            gold = GoldWish(0.2, 0.8, stops=False)
            round_id = open_production(house, trainer, made.project, gold=gold, **told)
            rows = _told_apart(house, people, round_id, answers)
            rows += _moved(house, trainer, people, round_id, part)
    load = os.getloadavg()[0]
    show(f"Moving {part:,} of {items:,}, and known items (load {load:.1f} on {os.cpu_count()} cores)", rows)


def _moved(house: House, trainer: Actor, people: list[Actor], round_id: int, part: int) -> list[Row]:
    [whole] = [line.batch.id for line in read_queue(house, trainer, round_id).batches]
    made: list[int] = []

    def split() -> None:
        by = Part(By.COUNT, str(part))
        made.append(split_batch(house, trainer, round_id, whole, by, Change("a part"), request_id=new_id()))

    acts: dict[str, Callable[[], object]] = {
        "split off": split,
        "withdrawn": lambda: withdraw_batch(house, trainer, round_id, made[0], reason="a measurement"),
        "put back": lambda: put_back(house, trainer, round_id, made[0]),
    }
    before, rows = _counted(house, round_id), list[Row]()
    for name, act in acts.items():
        waits, spent = _meanwhile(house, people, round_id, act)
        said = f"{quantile(waits, 0.5) * 1000:.0f} ms, p95 {quantile(waits, 0.95) * 1000:.0f}, at most"
        rows.append(Row(f"{name}: in {spent:.1f} s", f"{said} {max(waits) * 1000:.0f} ms of {len(waits)} answers"))
    lost = before - _counted(house, round_id)
    return [*rows, Row("slots lost", f"{lost}", "0")]


def _counted(house: House, round_id: int) -> int:
    with house.reading() as connection:
        return connection.execute(select(func.count()).where(slot.c.round_id == round_id)).scalar_one()


def _meanwhile(
    house: House, people: list[Actor], round_id: int, act: Callable[[], object]
) -> tuple[list[float], float]:
    """What each answer waited that was given while `act` ran, and how long that was."""
    over, waits = threading.Event(), list[float]()

    def work() -> None:
        dice = random.Random(3)
        while not over.is_set():
            _answer(house, people[dice.randrange(len(people))], round_id, waits)

    worker = threading.Thread(target=work)
    worker.start()
    begun = time.perf_counter()
    act()
    spent = time.perf_counter() - begun
    over.set()
    worker.join()
    return waits, spent


def _answer(house: House, actor: Actor, round_id: int, waits: list[float]) -> None:
    begun = time.perf_counter()
    tasks = house.write(lease_tasks(house, as_actor(actor), round_id, 1))
    for task in tasks:
        house.write(submit_annotation(as_actor(actor), round_id, _said(task)))
    waits.append((time.perf_counter() - begun) / (1 + len(tasks)))


def _said(task: Task, revision: int = 0) -> Answered:
    lease = "" if revision else task.lease
    return Answered(new_id(), task.slot, lease, revision, {"intent": Choice(("refund",))}, want=0)


def _told_apart(house: House, people: list[Actor], round_id: int, answers: int) -> list[Row]:
    """Medians of an answer, and of its correction, to known items and to others."""
    with house.reading() as connection:
        known = set(connection.execute(select(gold_item.c.item_id)).scalars())
    inside: dict[tuple[str, bool], list[float]] = {}
    whole: dict[tuple[str, bool], list[float]] = {}
    dice = random.Random(5)
    for _ in range(answers):
        actor = people[dice.randrange(len(people))]
        for task in house.write(lease_tasks(house, as_actor(actor), round_id, 1)):
            for what, revision in (("an answer", 0), ("its correction", 1)):
                key = (what, task.item.id in known)
                spent = _timed(house, actor, round_id, _said(task, revision))
                inside.setdefault(key, []).append(spent[0])
                whole.setdefault(key, []).append(spent[1])
    rows = list[Row]()
    for what in ("an answer", "its correction"):
        of = {is_known: (inside[what, is_known], whole[what, is_known]) for is_known in (True, False)}
        told = {is_known: [f"{quantile(one, 0.5) * 1000:.2f}" for one in of[is_known]] for is_known in of}
        rows.append(
            Row(
                f"{what}, in the database and with its commit",
                f"known {told[True][0]} and {told[True][1]} ms (n = {len(of[True][0])})",
                "",
                f"others {told[False][0]} and {told[False][1]} ms (n = {len(of[False][0])})",
            )
        )
    return rows


def _timed(house: House, actor: Actor, round_id: int, said: Answered) -> tuple[float, float]:
    spent: list[float] = []
    submit = submit_annotation(as_actor(actor), round_id, said)

    def timed(tx: Any) -> object:
        begun = time.perf_counter()
        stored = submit(tx)
        spent.append(time.perf_counter() - begun)
        return stored

    begun = time.perf_counter()
    stored = house.write(timed)
    assert isinstance(stored, Submitted)
    return spent[-1], time.perf_counter() - begun


if __name__ == "__main__":
    main()
