"""An answer's head and body leave in one write.

uvicorn writes the head when an answer starts and the body when it comes: two system calls, and the client is woken
twice. For answers of some hundred bytes that is a tenth of all the time there is.
"""

import asyncio
from typing import Any, cast

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol


class JoinedProtocol(HttpToolsProtocol):
    """uvicorn's own protocol on a transport that joins."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(joining(transport))


def joining(transport: asyncio.Transport) -> asyncio.Transport:
    """`transport`, with every head sent along with what follows it."""
    return cast(asyncio.Transport, _Joining(transport))


class _Joining:
    """A transport that keeps a head back until the first part of its body is written, or anything else happens."""

    __slots__ = ("_head", "_transport")

    def __init__(self, transport: asyncio.Transport) -> None:
        self._transport = transport
        self._head = b""

    def write(self, data: bytes) -> None:
        if self._head:
            data, self._head = self._head + data, b""
        elif data.startswith(b"HTTP/1.1 ") and data.endswith(b"\r\n\r\n") and not data.startswith(b"HTTP/1.1 100"):
            self._head = data
            return
        # A client that went in the middle of a download is no fault: uvicorn is told of it in its own time.
        if not self._transport.is_closing():
            self._transport.write(data)

    def __getattr__(self, name: str) -> Any:
        """Whatever else is asked of the transport, closing it among them, finds the head gone out."""
        if self._head:
            self._transport.write(self._head)
            self._head = b""
        return getattr(self._transport, name)
