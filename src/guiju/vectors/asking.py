"""One request to a service that speaks OpenAI's protocol for embeddings: asked again while that helps, checked, read.

Answers 408, 425, 429 and 5xx, and what breaks on the way, are asked again six times, after a half second that doubles
or after as long as the service says (at most a minute). What a service refuses as too much is asked in halves; a text
that it refuses alone is cut to its first half, down to 200 characters. A redirection is not followed: it would carry
texts to somebody whom nobody named.
"""

import contextlib
import time
from collections.abc import Sequence
from email.message import Message
from email.utils import parsedate_to_datetime
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError
from urllib.request import HTTPRedirectHandler, Request, build_opener

import msgspec
import numpy as np

from guiju.kit import now
from guiju.vectors.errors import OutsideRefused, OutsideSilent, OutsideWrong
from guiju.vectors.model import Floats, unit
from guiju.vectors.outside import Endpoint

TRIES = 7
FIRST_WAIT, MOST_WAIT = 0.5, 60.0
SHORTEST = 200
MOST_BYTES = 256 << 20
MOST_NUMBERS = 16_384
_AGAIN = frozenset({408, 425, 429})
_TOO_MUCH = frozenset({400, 413, 422})


class _One(msgspec.Struct):
    embedding: list[float]
    index: int


class _Answer(msgspec.Struct):
    data: list[_One]


_decode = msgspec.json.Decoder(_Answer).decode


class _Stay(HTTPRedirectHandler):
    def redirect_request(self, *_: Any, **__: Any) -> None:
        return None


def ask(endpoint: Endpoint, texts: Sequence[str]) -> Floats:
    """A row of length 1 for each text. Raises `OutsideSilent`, `OutsideRefused`, `OutsideWrong`."""
    try:
        return _read(endpoint, _post(endpoint, texts), len(texts))
    except HTTPError as error:
        reason = _reason(error, endpoint)
        if error.code not in _TOO_MUCH or (len(texts) == 1 and len(texts[0]) <= SHORTEST):
            raise OutsideRefused(host=endpoint.host, status=error.code, reason=reason) from error
    if len(texts) == 1:
        return ask(endpoint, [texts[0][: max(SHORTEST, len(texts[0]) // 2)]])
    half = len(texts) // 2
    parts = [ask(endpoint, texts[:half]), ask(endpoint, texts[half:])]
    if parts[0].shape[1] != parts[1].shape[1]:
        raise OutsideWrong(host=endpoint.host, reason=_widths(parts[0].shape[1], parts[1].shape[1]))
    return np.concatenate(parts)


def _post(endpoint: Endpoint, texts: Sequence[str]) -> bytes:
    """What the service answers. Raises `OutsideSilent`, and `HTTPError` for what asking again would not change."""
    body = msgspec.json.encode({"model": endpoint.model, "input": list(texts), "encoding_format": "float"})
    headers = {"Content-Type": "application/json", "Accept": "application/json", "User-Agent": "guiju"}
    if endpoint.key:
        headers["Authorization"] = f"Bearer {endpoint.key}"
    request = Request(f"{endpoint.url}/embeddings", body, headers)  # noqa: S310 - get_endpoint lets http(s) alone pass
    last = ""
    for done in range(TRIES):
        wait = min(FIRST_WAIT * 2**done, MOST_WAIT)
        try:
            with build_opener(_Stay).open(request, timeout=endpoint.timeout) as answer:
                return answer.read(MOST_BYTES)
        except HTTPError as error:
            if error.code not in _AGAIN and error.code < 500:
                raise
            last, wait = f"{error.code} {_reason(error, endpoint)}".strip(), _told_wait(error.headers, wait)
        except (OSError, HTTPException) as error:
            last = str(error)[:160] or type(error).__name__
        if done < TRIES - 1:
            time.sleep(wait)
    raise OutsideSilent(host=endpoint.host, tries=TRIES, reason=last)


def _told_wait(headers: Message, otherwise: float) -> float:
    """Retry-After, in seconds or as a date."""
    said = (headers.get("Retry-After") or "").strip()
    if said.isdecimal():
        return min(float(said), MOST_WAIT)
    with contextlib.suppress(ValueError):
        seconds = parsedate_to_datetime(said).timestamp() - now() / 1e6
        return min(max(seconds, 0.0), MOST_WAIT)
    return otherwise


def _reason(error: HTTPError, endpoint: Endpoint) -> str:
    """What the service says of its refusal, without the key should it repeat it."""
    said = ""
    with contextlib.suppress(OSError, HTTPException):
        said = error.read(10_000).decode(errors="replace")
    with contextlib.suppress(msgspec.DecodeError, KeyError, TypeError):
        said = str(msgspec.json.decode(said)["error"]["message"])
    said = " ".join((said or str(error.reason)).split())
    return (said.replace(endpoint.key, "…") if endpoint.key else said)[:160]


def _read(endpoint: Endpoint, answer: bytes, count: int) -> Floats:
    try:
        found = sorted(_decode(answer).data, key=lambda one: one.index)
    except msgspec.DecodeError as error:
        raise OutsideWrong(host=endpoint.host, reason=str(error)[:160]) from error
    if [one.index for one in found] != list(range(count)):
        raise OutsideWrong(host=endpoint.host, reason=f"{len(found)} rows for {count} texts")
    widths = sorted({len(one.embedding) for one in found})
    if len(widths) > 1 or not 1 <= widths[0] <= MOST_NUMBERS:
        raise OutsideWrong(host=endpoint.host, reason=_widths(*widths))
    rows = np.array([one.embedding for one in found], np.float64)
    if not np.isfinite(rows).all() or not rows.any(axis=1).all():
        raise OutsideWrong(host=endpoint.host, reason="a row without a direction (NaN, infinite or all zeros)")
    return unit((rows / np.abs(rows).max(axis=1, keepdims=True)).astype(np.float32))


def _widths(*widths: int) -> str:
    return f"rows of {' and '.join(map(str, widths))} numbers"
