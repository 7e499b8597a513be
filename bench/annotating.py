"""Eight annotators at once over HTTP, server and clients on the same cores; then one alone."""

import json
import threading
import time
import uuid
from dataclasses import dataclass, field
from multiprocessing import Process, Queue
from typing import Any

from bench.floors import fsync_milliseconds
from bench.house import CLIENTS, Bench, build, cpu_seconds, resident_mib, scratch, served
from bench.table import Row, quantile, show
from bench.wire import Wire

SECONDS = 6.0
LABELS = ["logistics", "refund", "exchange", "invoice"]


@dataclass
class Tally:
    """What one client did."""

    done: int = 0
    trips: list[float] = field(default_factory=list[float])


def answer_to(task: dict[str, Any], n: int, want: int) -> dict[str, Any]:
    """A submit for `task`, with a label that varies with `n`."""
    return {
        "id": uuid.uuid4().hex,
        "slot": task["slot"],
        "lease": task["lease"],
        "answers": {"intent": {"kind": "choice", "labels": [LABELS[n % len(LABELS)]]}},
        "active_ms": 1500,
        "want": want,
    }


def _answer(task: dict[str, Any], n: int, want: int) -> bytes:
    return json.dumps(answer_to(task, n, want)).encode()


def two_calls(wire: Wire, path: str, until: float, tally: Tally) -> None:
    """Next, then submit: as a script does it."""
    while time.perf_counter() < until:
        begun = time.perf_counter()
        tasks = wire.post_json(f"{path}/lease", {"want": 1})["tasks"]
        if not tasks:
            return
        status, body = wire.post(f"{path}/annotations", _answer(tasks[0], tally.done, 0))
        _note(tally, begun, status, body)


def one_call(wire: Wire, path: str, until: float, tally: Tally) -> None:
    """Submit brings the next: as the workbench does it."""
    tasks = wire.post_json(f"{path}/lease", {"want": 1})["tasks"]
    while tasks and time.perf_counter() < until:
        begun = time.perf_counter()
        status, body = wire.post(f"{path}/annotations", _answer(tasks[0], tally.done, 1))
        _note(tally, begun, status, body)
        tasks = json.loads(body)["tasks"]


def _note(tally: Tally, begun: float, status: int, body: bytes) -> None:
    if status != 200:
        raise RuntimeError(f"{status} {body[:300]!r}")
    tally.done += 1
    tally.trips.append(time.perf_counter() - begun)


def _clients(  # noqa: PLR0917 - what a new process is given
    port: int, tokens: list[str], path: str, way: str, seconds: float, out: "Queue[Any]"
) -> None:
    tallies = [Tally() for _ in tokens]
    until = time.perf_counter() + seconds
    press = two_calls if way == "two" else one_call
    threads = [
        threading.Thread(target=press, args=(Wire(port, token), path, until, tally))
        for token, tally in zip(tokens, tallies, strict=True)
    ]
    begun = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    spent = time.perf_counter() - begun
    out.put((sum(t.done for t in tallies) / spent, [trip for t in tallies for trip in t.trips]))


def press(port: int, bench: Bench, way: str, clients: int, seconds: float = SECONDS) -> tuple[float, list[float]]:
    """Annotations a second, and every round trip in seconds; the clients in one process of their own."""
    out: Queue[Any] = Queue()
    path = f"/api/v1/rounds/{bench.round}"
    process = Process(target=_clients, args=(port, bench.tokens[:clients], path, way, seconds, out))
    process.start()
    result = out.get(timeout=seconds + 60)
    process.join()
    return result


def measure(tasks: int) -> list[Row]:
    """The figures at one size of project."""
    with scratch() as folder:
        bench = build(folder, tasks)
        with served(folder) as (port, server, started):
            idle = resident_mib(server.pid)
            # A small project is not to run out of tasks while it is measured.
            seconds = min(SECONDS, tasks / 5_000)
            press(port, bench, "one", CLIENTS, seconds / 6)
            two, _ = press(port, bench, "two", CLIENTS, seconds)
            before = cpu_seconds(server.pid)
            one, trips = press(port, bench, "one", CLIENTS, seconds)
            spent = (cpu_seconds(server.pid) - before) / len(trips) * 1000
            _, alone = press(port, bench, "two", 1, seconds)
            busy = resident_mib(server.pid)
    fsync = f"an fsync {fsync_milliseconds():.2f} ms"
    return [
        Row("8 clients, next and submit as two calls", f"{two:,.0f}/s", "≥ 700/s", "3–10/s, 10–70/s"),
        Row("8 clients, submit brings the next", f"{one:,.0f}/s", "≥ 1,200/s", ""),
        Row("  round trip p50, p95", f"{_ms(trips, 0.5)}, {_ms(trips, 0.95)}", "", fsync),
        Row("  the server's processor time for one", f"{spent:.2f} ms", "", ""),
        Row("1 client, next and submit, p50", _ms(alone, 0.5), "≤ 4 ms", "70–300 ms, 25–47 ms"),
        Row("1 client, next and submit, p95", _ms(alone, 0.95), "≤ 8 ms", fsync),
        Row("start to first page", f"{started:.2f} s", "≤ 2.0 s", "2.4 s, 2.8 s"),
        Row("resident, idle and after", f"{idle:.0f}, {busy:.0f} MiB", "≤ 130 MiB idle", "265, 1,071 MiB"),
    ]


def _ms(values: list[float], share: float) -> str:
    return f"{quantile(values, share) * 1000:.2f} ms"


def main(sizes: tuple[int, ...] = (1_000, 100_000, 1_000_000)) -> None:
    """Print the table of each size."""
    for tasks in sizes:
        show(f"Annotating over HTTP, {tasks:,} tasks in the project", measure(tasks))
