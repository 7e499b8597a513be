"""A profile of a million short texts, from the job's start to the documents of the source and its project.

    python -m bench.profile [TEXTS]

Half of the texts are Chinese, half English, with three columns of the record's own. The floor: reading the same rows.
Seconds, and how much the process grew while the profile was taken.
"""

import random
import resource
import sys
import time
from pathlib import Path

import guiju.web.routes  # noqa: F401 # pyright: ignore[reportUnusedImport] - every slice's tables, as in the program
from bench.house import scratch
from bench.table import Row, show
from guiju.cleaning.profiles import store
from guiju.cleaning.profiles.actions import ask_for_profile, get_profile, list_wanted_items
from guiju.cleaning.profiles.model import Wanted
from guiju.data import JOBS as DATA_JOBS
from guiju.data import start_import
from guiju.kit import PageRequest, new_id
from guiju.people import get_actor, set_up
from guiju.projects import create_project
from guiju.storage import House, open_house, work_jobs
from guiju.web.jobs import HANDLERS

OPENINGS = ["请问我的订单什么时候发货", "包裹三天没有更新了", "我想退货，但是找不到入口", "發票抬頭可以修改嗎"]
ENGLISH = ["where is my order", "the parcel has not moved for three days", "how do I send this back", "cannot pay"]


def main(count: int = 1_000_000) -> None:
    with scratch() as folder:
        house = open_house(folder / "home")
        set_up(house, email="bench@guiju.test", name="Bench", password="a short sentence")
        actor = get_actor(house, None)
        project = create_project(house, actor, request_id=new_id(), name="bench")
        began = time.perf_counter()
        started = start_import(house, actor, project, request_id=new_id(), paths=[write_texts(folder, count)])
        work_jobs(house, DATA_JOBS, only=started.job)
        imported = time.perf_counter() - began
        floor = read_all(house, started.source)
        before = peak_mib()
        began = time.perf_counter()
        for job in ask_for_profile(house, actor, project, request_id=new_id()):
            work_jobs(house, HANDLERS, only=job)
        taken = time.perf_counter() - began
        grown = peak_mib() - before
        shown = quickest(lambda: get_profile(house, actor, project))
        wanted = Wanted("length", 40, None)
        listed = quickest(lambda: list_wanted_items(house, actor, project, wanted, PageRequest(60)))
        house.close()
    show(
        f"{count:,} short texts",
        [
            Row("import", f"{imported:.1f} s"),
            Row("profile", f"{taken:.1f} s", "≤ 25 s", f"reading the rows: {floor:.1f} s"),
            Row("import and profile", f"{imported + taken:.1f} s", "≤ 60 s"),
            Row("memory that the profile took", f"{grown:.0f} MiB", "flat"),
            Row("the profile for a page", f"{shown * 1000:.1f} ms"),
            Row("the first items behind a bar", f"{listed * 1000:.1f} ms", "≤ 100 ms"),
        ],
    )


def write_texts(folder: Path, count: int) -> Path:
    chance = random.Random(1)
    path = folder / "texts.csv"
    with path.open("w", encoding="utf-8") as out:
        out.write("id,text,channel,city,score\n")
        for n in range(count):
            said = chance.choice(OPENINGS if n % 2 else ENGLISH)
            out.write(
                f"m{n},{said.replace('，', ' ')} {n},{chance.choice('abc')},城市{n % 400},{chance.random():.3f}\n"
            )
    return path


def read_all(house: House, source: int) -> float:
    began, after = time.perf_counter(), 0
    with house.reading() as connection:
        while items := store.read_items(connection, source, after, 20_000, 1 << 40):
            after = items[-1].id
    return time.perf_counter() - began


def quickest(act: object) -> float:
    seconds: list[float] = []
    for _ in range(5):
        began = time.perf_counter()
        act()  # type: ignore[operator]
        seconds.append(time.perf_counter() - began)
    return min(seconds)


def peak_mib() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
