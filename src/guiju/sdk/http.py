"""One kept-alive connection that sends again what may not have arrived."""

import http.client
import json
import time
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from typing import IO, Any, cast
from urllib.parse import urlsplit

from guiju.sdk.errors import ApiError, UnreachableError

TRIES = 5
FIRST_WAIT_SECONDS = 0.2
Body = bytes | Callable[[], IO[bytes]] | None
"""What a request carries; a file is given as a way to open it, because it may have to be sent twice."""


class Wire:
    """A connection to one house. For one thread: others make a wire of their own."""

    def __init__(self, base_url: str, headers: Mapping[str, str], timeout: float) -> None:
        parts = urlsplit(base_url)
        kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
        self._connection = kind(parts.netloc, timeout=timeout)
        self._prefix = parts.path.rstrip("/")
        self._headers = dict(headers)

    def close(self) -> None:
        self._connection.close()

    def send(self, method: str, path: str, body: Body = None, media_type: str = "application/json") -> bytes:
        """The answer's body. Raises `ApiError`, `UnreachableError`."""
        with self.answer(method, path, body, media_type) as response:
            return response.read()

    @contextmanager
    def answer(
        self, method: str, path: str, body: Body = None, media_type: str = "application/json"
    ) -> Generator[http.client.HTTPResponse]:
        """The answer, to be read piece by piece. Raises `ApiError`, `UnreachableError`."""
        response = self._insist(method, path, body, media_type)
        try:
            if response.status >= 400:
                raise _refusal(response)
            yield response
        finally:
            if not response.isclosed():
                # what was not read would be taken for the next answer
                self._connection.close()

    def _insist(self, method: str, path: str, body: Body, media_type: str) -> http.client.HTTPResponse:
        """Ask again on a new connection while none holds: every write carries an id, so it is stored once."""
        for failed in range(1, TRIES + 1):
            try:
                return self._ask(method, path, body, media_type)
            except (OSError, http.client.HTTPException) as error:
                self._connection.close()
                if failed == TRIES:
                    raise UnreachableError(f"{method} {path}: {error!r}, {TRIES} times") from error
                time.sleep(FIRST_WAIT_SECONDS * 2 ** (failed - 1))
        raise AssertionError("the last try returns or raises")

    def _ask(self, method: str, path: str, body: Body, media_type: str) -> http.client.HTTPResponse:
        headers = {**self._headers, **({"Content-Type": media_type} if body is not None else {})}
        if body is None or isinstance(body, bytes):
            self._connection.request(method, self._prefix + path, body, headers)
            return self._connection.getresponse()
        with body() as file:
            self._connection.request(method, self._prefix + path, file, headers, encode_chunked=True)
            return self._connection.getresponse()


def _refusal(response: http.client.HTTPResponse) -> ApiError:
    """The answer as an error; a proxy between may say something that is no JSON."""
    text = response.read()
    try:
        told: Any = json.loads(text)
    except ValueError:
        told = None
    known = cast("dict[str, Any]", told) if isinstance(told, dict) else {}
    return ApiError(
        str(known.get("code", "no-answer")),
        str(known.get("message", text[:200].decode(errors="replace"))),
        str(known.get("next", "")),
        dict(known.get("details") or {}),
        response.status,
    )
