"""One request to a service that speaks OpenAI's protocol for embeddings: asked again while that helps, checked, read.

What breaks on the way is asked again (`posting`). What a service refuses as too much is asked in halves; a text
that it refuses alone is cut to its first half, down to 200 characters.
"""

from collections.abc import Sequence
from urllib.error import HTTPError

import msgspec
import numpy as np

from guiju.vectors.errors import OutsideRefused, OutsideWrong
from guiju.vectors.model import Floats, unit
from guiju.vectors.outside import Endpoint
from guiju.vectors.posting import post, reason_of

SHORTEST = 200
MOST_BYTES = 256 << 20
MOST_NUMBERS = 16_384
_TOO_MUCH = frozenset({400, 413, 422})


class _One(msgspec.Struct):
    embedding: list[float]
    index: int


class _Answer(msgspec.Struct):
    data: list[_One]


_decode = msgspec.json.Decoder(_Answer).decode


def ask(endpoint: Endpoint, texts: Sequence[str]) -> Floats:
    """A row of length 1 for each text. Raises `OutsideSilent`, `OutsideRefused`, `OutsideWrong`."""
    try:
        return _read(endpoint, _post(endpoint, texts), len(texts))
    except HTTPError as error:
        reason = reason_of(error, endpoint)
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
    return post(endpoint, "/embeddings", body, most=MOST_BYTES)


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
