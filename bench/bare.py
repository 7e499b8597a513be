"""The floor of a request: uvicorn with an app that only answers, on this machine, by the same clients."""

import subprocess
import sys
import threading
import time

from bench.house import CLIENTS, ENVIRONMENT, free_port, wait_for
from bench.wire import Wire


async def app(scope: dict[str, object], receive: object, send: object) -> None:
    """Read the body, answer a few bytes."""
    if scope["type"] != "http":
        return
    await receive()  # type: ignore[operator]
    head = [(b"content-type", b"application/json"), (b"content-length", b"2")]
    await send({"type": "http.response.start", "status": 200, "headers": head})  # type: ignore[operator]
    await send({"type": "http.response.body", "body": b"{}"})  # type: ignore[operator]


def requests_a_second(seconds: float = 3.0) -> float:
    """Requests a second of eight clients against the bare app."""
    port = free_port()
    command = [sys.executable, "-m", "uvicorn", "bench.bare:app", "--port", str(port), "--log-level", "error"]
    server = subprocess.Popen([*command, "--no-access-log", "--lifespan", "off"], env=ENVIRONMENT)
    try:
        wait_for(port)
        counts = [0] * CLIENTS
        until = time.perf_counter() + seconds
        threads = [threading.Thread(target=_press, args=(port, counts, each, until)) for each in range(CLIENTS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return sum(counts) / seconds
    finally:
        server.terminate()
        server.wait()


def _press(port: int, counts: list[int], each: int, until: float) -> None:
    wire = Wire(port, "x")
    while time.perf_counter() < until:
        wire.post("/", b'{"id":"0123456789abcdef","slot":1}')
        counts[each] += 1
