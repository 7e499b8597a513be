"""A small real server that speaks OpenAI's protocol for chat, and misbehaves as a test asks it to."""

import json
import threading
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class Chat:
    """`answers` says what comes back: a proposal, or bytes as they are; `drip` seconds pass between the pieces."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.host = address.removeprefix("http://").split("/")[0]
        self.requests: list[tuple[str, dict[str, str], dict[str, Any]]] = []
        self.status = 200
        self.drip = 0.0
        self.answers: Callable[[], object] = dict

    def body(self) -> bytes:
        said = self.answers()
        if isinstance(said, bytes):
            return said
        content = said if isinstance(said, str) else json.dumps(said, ensure_ascii=False)
        return json.dumps({"choices": [{"message": {"role": "assistant", "content": content}}]}).encode()


@contextmanager
def chat() -> Generator[Chat]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            told = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            known.requests.append((self.path, dict(self.headers), told))
            body = known.body()
            self.send_response(known.status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            step = 20 if known.drip else len(body)
            try:
                for start in range(0, len(body), step):
                    time.sleep(known.drip)
                    self.wfile.write(body[start : start + step])
                    self.wfile.flush()
            except OSError:
                return

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name above
            """Tests print nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    known = Chat(f"http://127.0.0.1:{server.server_address[1]}/v1")
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield known
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
