"""One POST to a service outside the house, asked again while that helps. No NumPy.

Answers 408, 425, 429 and 5xx, and what breaks on the way, are asked again, after a half second that doubles or after as
long as the service says (at most a minute). A redirection is not followed: it would carry what is sent to somebody whom
nobody named. A service that drips its answer is held to the time that the request has as a whole.
"""

import contextlib
import time
from email.message import Message
from email.utils import parsedate_to_datetime
from http.client import HTTPException, HTTPResponse
from typing import Any
from urllib.error import HTTPError
from urllib.request import HTTPRedirectHandler, Request, build_opener

import msgspec

from guiju.kit import now
from guiju.vectors.errors import OutsideSilent
from guiju.vectors.outside import Endpoint

TRIES = 7
FIRST_WAIT, MOST_WAIT = 0.5, 60.0
PIECE = 1 << 16
_AGAIN = frozenset({408, 425, 429})


class _Stay(HTTPRedirectHandler):
    def redirect_request(self, *_: Any, **__: Any) -> None:
        return None


def post(endpoint: Endpoint, path: str, body: bytes, *, most: int, tries: int = TRIES) -> bytes:
    """What the service answers, up to `most` bytes of it; a longer answer comes back one byte longer than that.

    Raises `OutsideSilent`, and `HTTPError` for what asking again would not change.
    """
    headers = {"Content-Type": "application/json", "Accept": "application/json", "User-Agent": "guiju"}
    if endpoint.key:
        headers["Authorization"] = f"Bearer {endpoint.key}"
    request = Request(f"{endpoint.url}{path}", body, headers)  # noqa: S310 - get_endpoint lets http(s) alone pass
    last = ""
    for done in range(tries):
        wait = min(FIRST_WAIT * 2**done, MOST_WAIT)
        try:
            with build_opener(_Stay).open(request, timeout=endpoint.timeout) as answer:
                return _read_within(answer, endpoint.timeout, most)
        except HTTPError as error:
            if error.code not in _AGAIN and error.code < 500:
                raise
            last, wait = f"{error.code} {reason_of(error, endpoint)}".strip(), _told_wait(error.headers, wait)
        except (OSError, HTTPException) as error:
            last = str(error)[:160] or type(error).__name__
        if done < tries - 1:
            time.sleep(wait)
    raise OutsideSilent(host=endpoint.host, tries=tries, reason=last)


def _read_within(answer: HTTPResponse, seconds: float, most: int) -> bytes:
    """Raises `TimeoutError`."""
    until, parts, length = time.monotonic() + seconds, list[bytes](), 0
    while length <= most and (part := answer.read1(min(PIECE, most + 1 - length))):
        parts.append(part)
        length += len(part)
        if time.monotonic() > until:
            raise TimeoutError(f"no whole answer in {seconds:g} s")
    if answer.length and length <= most:
        raise HTTPException("the answer broke off")
    return b"".join(parts)


def _told_wait(headers: Message, otherwise: float) -> float:
    """Retry-After, in seconds or as a date."""
    said = (headers.get("Retry-After") or "").strip()
    if said.isdecimal():
        return min(float(said), MOST_WAIT)
    with contextlib.suppress(ValueError):
        seconds = parsedate_to_datetime(said).timestamp() - now() / 1e6
        return min(max(seconds, 0.0), MOST_WAIT)
    return otherwise


def reason_of(error: HTTPError, endpoint: Endpoint) -> str:
    """What the service says of its refusal, without the key should it repeat it."""
    said = ""
    with contextlib.suppress(OSError, HTTPException):
        said = error.read(10_000).decode(errors="replace")
    with contextlib.suppress(msgspec.DecodeError, KeyError, TypeError):
        said = str(msgspec.json.decode(said)["error"]["message"])
    said = " ".join((said or str(error.reason)).split())
    return (said.replace(endpoint.key, "…") if endpoint.key else said)[:160]
