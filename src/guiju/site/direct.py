"""Routes that are pressed all day: from bytes to structs and back, without the framework's layers.

Such a route is a `Direct`: a function from one number in the path and a body to an answer. The framework has a handler
of the same path, which calls the same function and tells the API's description what it takes and gives; `answer` is
asked first and leaves to the framework whatever is not exactly a direct route.
"""

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

import msgspec
from litestar import Request, Response
from litestar.response.base import ASGIResponse
from litestar.types import Receive, Scope, Send

from guiju.kit import Refusal
from guiju.site.errors import RequestTooLarge, RequestUnreadable, answer_fault, answer_refusal
from guiju.site.guards import AnyRequest, FindActor, finder
from guiju.storage import House

Value = TypeVar("Value")
Direct = Callable[[House, FindActor, int, bytes], Awaitable[bytes]]
"""`(house, find_actor, number in the path, body) -> body of the answer`; raises refusals."""
_encoder = msgspec.json.Encoder()
_PATH = re.compile(r"(/api/v1/[a-z]+/)(\d{1,18})(/[a-z]+)")


class SentJson(ASGIResponse):
    """JSON that is bytes already."""

    def __init__(self, content: bytes) -> None:
        # The framework's own response would build headers, cookies and background tasks that this one never has.
        self._content = content

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002 - what ASGI gives
        await _send(send, self._content)


@dataclass(frozen=True, slots=True)
class DirectRoutes:
    """The direct routes of a site, by what stands around the number in their path: `("/api/v1/rounds/", "/lease")`."""

    house: House
    routes: Mapping[tuple[str, str], Direct]
    largest: int

    def find(self, scope: Scope) -> tuple[Direct, int] | None:
        """The direct route of a request, and the number in its path."""
        if scope["type"] != "http" or scope["method"] != "POST":
            return None
        found = _PATH.fullmatch(scope["path"])
        route = self.routes.get((found[1], found[3])) if found else None
        return (route, int(found[2])) if found and route else None

    async def answer(self, route: Direct, number: int, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer the request by its route; a refusal goes out in the shape that every refusal has."""
        request: AnyRequest = Request(scope, receive, send)
        try:
            body = await _body(receive, self.largest)
            if body is None:
                return
            content = await route(self.house, finder(request), number, body)
        except Refusal as refusal:
            await _tell(answer_refusal(request, refusal), request)
        except Exception as fault:  # noqa: BLE001 - what the framework does with a fault: logged, told with its number
            await _tell(answer_fault(request, fault), request)
        else:
            await _send(send, content)


async def _tell(response: Response[Any], request: AnyRequest) -> None:
    answer = response.to_asgi_response(None, request)  # pyright: ignore[reportUnknownMemberType] - its encoders
    await answer(request.scope, request.receive, request.send)


async def _send(send: Send, content: bytes) -> None:
    headers = [
        (b"content-type", b"application/json"),
        (b"content-length", str(len(content)).encode()),
        (b"cache-control", b"no-store"),
    ]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": content, "more_body": False})


async def _body(receive: Receive, largest: int) -> bytes | None:
    """The whole body, or `None` when the sender went away before its end. Raises `RequestTooLarge`."""
    body = bytearray()  # grown in place: a large body in small pieces must not hold the loop
    while True:
        message: Any = await receive()
        if message["type"] != "http.request":
            return None
        body += message.get("body", b"")
        if len(body) > largest:
            raise RequestTooLarge
        if not message.get("more_body", False):
            return bytes(body)


def decoded(content: bytes, decoder: msgspec.json.Decoder[Value]) -> Value:
    """The body as its struct. Raises `RequestUnreadable`, which says where it is not what the route takes."""
    try:
        return decoder.decode(content)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise RequestUnreadable(reason=str(error)[:300]) from error


def encoded(answer: msgspec.Struct) -> bytes:
    """The answer, as it goes out."""
    return _encoder.encode(answer)
