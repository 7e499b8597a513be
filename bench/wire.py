"""A client that costs little: one kept-alive socket, requests written by hand, answers read by their length.

The clients share two cores with the server, so what they take is taken from it.
"""

import json
import socket
from typing import Any


class Wire:
    """One annotator's connection."""

    def __init__(self, port: int, token: str) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port))
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._head = f"Host: 127.0.0.1\r\nAuthorization: Bearer {token}\r\nContent-Type: application/json\r\n"

    def post(self, path: str, body: bytes) -> tuple[int, bytes]:
        """Send a POST and wait for its answer: status and body."""
        head = f"POST {path} HTTP/1.1\r\n{self._head}Content-Length: {len(body)}\r\n\r\n"
        self._socket.sendall(head.encode() + body)
        return self._answer()

    def get(self, path: str) -> tuple[int, bytes]:
        """Send a GET and wait for its answer: status and body."""
        self._socket.sendall(f"GET {path} HTTP/1.1\r\n{self._head}\r\n".encode())
        return self._answer()

    def post_json(self, path: str, value: Any) -> Any:
        """POST `value`; the answer's JSON. Raises `RuntimeError` on any refusal."""
        status, body = self.post(path, json.dumps(value).encode())
        if status >= 300:
            raise RuntimeError(f"{path}: {status} {body[:300]!r}")
        return json.loads(body) if body else None

    def _answer(self) -> tuple[int, bytes]:
        got = b""
        while (end := got.find(b"\r\n\r\n")) < 0:
            got += self._read()
        head = got[:end].lower()
        at = head.find(b"content-length:")
        length = int(head[at + 15 :].split(b"\r\n", 1)[0]) if at >= 0 else 0
        body = got[end + 4 :]
        while len(body) < length:
            body += self._read()
        return int(head[9:12]), body

    def _read(self) -> bytes:
        got = self._socket.recv(65536)
        if not got:
            raise ConnectionError("the server closed the connection")
        return got

    def close(self) -> None:
        self._socket.close()
