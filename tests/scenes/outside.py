"""A small real server that speaks OpenAI's protocol for embeddings, and misbehaves as a test asks it to."""

import hashlib
import json
import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import numpy as np

WIDTH = 32
Answer = tuple[int, dict[str, str], object]


def row_of(text: str) -> list[float]:
    """Texts with the same words lie together: a sum of a direction for each word."""
    total = np.zeros(WIDTH)
    for word in text.lower().split():
        seed = int.from_bytes(hashlib.sha256(word.encode()).digest()[:4])
        total += np.random.default_rng(seed).normal(size=WIDTH)
    return total.tolist()


class Service:
    """What it was asked, and what it does instead of answering: `instead` is heard first, with the texts."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.host = address.removeprefix("http://").split("/")[0]
        self.texts: list[str] = []
        self.requests: list[tuple[str, dict[str, str], dict[str, Any]]] = []
        self.instead: Callable[[list[str]], Answer | None] = lambda _: None

    def answer(self, path: str, headers: dict[str, str], told: dict[str, Any]) -> Answer:
        self.requests.append((path, headers, told))
        other = self.instead(told["input"])
        if other is not None:
            return other
        self.texts += told["input"]
        rows = [
            {"object": "embedding", "index": at, "embedding": row_of(text)} for at, text in enumerate(told["input"])
        ]
        return 200, {}, {"object": "list", "model": told["model"], "data": rows[::-1]}


@contextmanager
def service() -> Generator[Service]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            told = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            status, headers, body = known.answer(self.path, dict(self.headers), told)
            content = body if isinstance(body, bytes) else json.dumps(body).encode()
            self.send_response(status)
            for name, value in {"Content-Length": str(len(content)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name above
            """Tests print nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    known = Service(f"http://127.0.0.1:{server.server_address[1]}/v1")
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield known
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
