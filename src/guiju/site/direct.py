"""Routes that are pressed all day: their JSON goes from bytes to structs and back without the framework's layers.

A handler decodes with `decoded(await request.body(), decoder)` and returns `sent(answer)`; what the route takes and
gives is told to the API's description by `responses` and by the page on the API.
"""

from typing import TypeVar

import msgspec
from litestar.response.base import ASGIResponse
from litestar.types import Receive, Scope, Send

from guiju.site.errors import RequestUnreadable

Value = TypeVar("Value")
_encoder = msgspec.json.Encoder()


class SentJson(ASGIResponse):
    """JSON that is bytes already."""

    def __init__(self, content: bytes) -> None:
        # The framework's own response would build headers, cookies and background tasks that this one never has.
        self._content = content

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002 - what ASGI gives
        headers = [
            (b"content-type", b"application/json"),
            (b"content-length", str(len(self._content)).encode()),
            (b"cache-control", b"no-store"),
        ]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": self._content, "more_body": False})


def decoded(content: bytes, decoder: msgspec.json.Decoder[Value]) -> Value:
    """The body as its struct. Raises `RequestUnreadable`, which says where it is not what the route takes."""
    try:
        return decoder.decode(content)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise RequestUnreadable(reason=str(error)[:300]) from error


def sent(answer: msgspec.Struct) -> SentJson:
    """The answer, on its way."""
    return SentJson(_encoder.encode(answer))
