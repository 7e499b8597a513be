"""Answers as they leave the socket: joined into one write, and whole in every case."""

import asyncio
import socket
import threading
from collections.abc import Iterator

import pytest
import uvicorn
import uvloop
from litestar import Litestar

from guiju.web.wire import JoinedProtocol, joining
from tests.support.cast import Cast


@pytest.fixture
def port(app: Litestar) -> Iterator[int]:
    """The site on a port, served as `guiju serve` serves it."""
    listening = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, http=JoinedProtocol, log_level="error", lifespan="off"))
    thread = threading.Thread(target=asyncio.run, args=(server.serve([listening]),))
    thread.start()
    yield int(listening.getsockname()[1])
    server.should_exit = True
    thread.join()


def _said(port: int, request: str) -> list[bytes]:
    """What came back, a part for each time that something arrived."""
    with socket.create_connection(("127.0.0.1", port), 5) as wire:
        wire.sendall(request.encode())
        return list(iter(lambda: wire.recv(1_000_000), b""))


def _asking(method: str, path: str, *lines: str) -> str:
    return "\r\n".join((f"{method} {path} HTTP/1.1", "Host: x", "Connection: close", *lines, "", ""))


def test_head_and_body_of_a_small_answer_arrive_together(port: int, cast: Cast) -> None:
    first, *rest = _said(port, _asking("GET", "/healthz"))
    assert first.startswith(b"HTTP/1.1 200")
    assert b'"status":"ok"' in first
    assert rest == []


def test_an_answer_without_a_body_is_not_kept_back(port: int, cast: Cast) -> None:
    assert b"".join(_said(port, _asking("GET", "/projects"))).startswith(b"HTTP/1.1 303")
    assert b"".join(_said(port, _asking("HEAD", "/healthz"))).endswith(b"connection: close\r\n\r\n")


def test_who_asks_before_sending_is_told_to_go_on(port: int, cast: Cast) -> None:
    asking = _asking("POST", "/api/v1/rounds/1/lease", "Content-Length: 2", "Expect: 100-continue") + "{}"
    told = b"".join(_said(port, asking))
    assert b"HTTP/1.1 401" in told
    assert b'"not-signed-in"' in told


def test_several_requests_on_one_connection_are_answered_in_their_order(port: int, cast: Cast) -> None:
    with socket.create_connection(("127.0.0.1", port), 5) as wire:
        for _ in range(3):
            wire.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
            assert wire.recv(10_000).endswith(b"}")


def test_what_is_written_after_the_client_went_is_let_go() -> None:
    async def go_in_the_middle() -> None:
        ours, theirs = socket.socketpair()
        transport, _ = await asyncio.get_running_loop().create_connection(asyncio.Protocol, sock=ours)
        wire = joining(transport)
        wire.write(b"HTTP/1.1 200 OK\r\n\r\n")
        wire.write(b"the first part")
        assert theirs.recv(100).endswith(b"the first part")
        theirs.close()
        transport.abort()
        await asyncio.sleep(0.01)
        wire.write(b"the second part")

    uvloop.run(go_in_the_middle())
