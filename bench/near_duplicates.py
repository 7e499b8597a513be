"""Near-duplicates among a million short texts, from the job's start to the groups, beside datasketch on fewer.

    python -m bench.near_duplicates [TEXTS] [TEXTS FOR DATASKETCH]

One text in ten is another one with a word appended; the rest are of random words. datasketch gets the same tokens and
finds candidates only; ours also compares them exactly, and writes the groups. The floor: reading the rows.
"""

import random
import sys
import time
from pathlib import Path
from typing import Any

import guiju.web.routes  # noqa: F401 # pyright: ignore[reportUnusedImport] - every slice's tables, as in the program
from bench.house import scratch
from bench.profile import peak_mib, read_all
from bench.table import Row, show
from guiju.cleaning.duplicates.actions import ask_for_search, look_at_groups
from guiju.data import JOBS as DATA_JOBS
from guiju.data import start_import
from guiju.kit import new_id
from guiju.people import get_actor, set_up
from guiju.projects import create_project
from guiju.storage import open_house, work_jobs
from guiju.web.jobs import HANDLERS


def main(count: int = 1_000_000, beside: int = 100_000) -> None:
    texts = made(count)
    expected = sum(1 for n in range(count) if is_copy(n))
    other = datasketch_seconds(texts[:beside]) if beside else 0.0
    with scratch() as folder:
        house = open_house(folder / "home")
        set_up(house, email="bench@guiju.test", name="Bench", password="a short sentence")
        actor = get_actor(house, None)
        project = create_project(house, actor, request_id=new_id(), name="bench")
        path = write_texts(folder, texts)
        del texts
        started = start_import(house, actor, project, request_id=new_id(), paths=[path])
        work_jobs(house, DATA_JOBS, only=started.job)
        floor = read_all(house, started.source)
        began = time.perf_counter()
        work_jobs(house, HANDLERS, only=ask_for_search(house, actor, project, request_id=new_id()))
        taken = time.perf_counter() - began
        groups = look_at_groups(house, actor, project).waiting
        house.close()
    show(
        f"{count:,} short texts, {expected:,} of them copies with a word more",
        [
            Row("searched, compared, written", f"{taken:.1f} s", "≤ 60 s", f"reading the rows: {floor:.1f} s"),
            Row("groups", f"{groups:,}"),
            Row("memory of the whole process at most", f"{peak_mib():,.0f} MiB", "≤ 3,072 MiB"),
            Row(f"datasketch, candidates of {beside:,}", "", "", f"{other:.1f} s"),
        ],
    )


def is_copy(n: int) -> bool:
    return n % 10 == 9


def made(count: int) -> list[str]:
    chance = random.Random(1)
    words = ["".join(chr(chance.randrange(0x4E00, 0x5E00)) for _ in range(2)) for _ in range(3_000)]
    texts: list[str] = []
    for n in range(count):
        if is_copy(n):
            texts.append(texts[chance.randrange(n // 10 + 1) * 10] + f"吧{n % 7}")
        else:
            texts.append("".join(chance.choices(words, k=chance.randrange(8, 16))))
    return texts


def write_texts(folder: Path, texts: list[str]) -> Path:
    path = folder / "texts.csv"
    with path.open("w", encoding="utf-8") as out:
        out.write("id,text\n")
        out.writelines(f"m{n},{text}\n" for n, text in enumerate(texts))
    return path


def datasketch_seconds(texts: list[str]) -> float:
    from datasketch import MinHash, MinHashLSH  # noqa: PLC0415 - of the development group

    began = time.perf_counter()
    index: Any = MinHashLSH(threshold=0.8, num_perm=64)
    for n, text in enumerate(texts):
        sketch: Any = MinHash(num_perm=64)
        sketch.update_batch([text[at : at + 2].encode() for at in range(len(text) - 1)])
        index.query(sketch)
        index.insert(n, sketch)
    return time.perf_counter() - began


if __name__ == "__main__":
    main(*map(int, sys.argv[1:3]))
