"""Routes of files: for whoever may see or annotate the item, and shut in a sandbox of their own."""

from collections.abc import Iterator
from typing import Any

from litestar import Response, get
from litestar.params import FromPath
from litestar.response import Stream

from guiju.data.media.actions import Served, open_item_file, open_thumbnail, open_wave
from guiju.data.media.errors import RangeNotHeld
from guiju.data.media.tiles import open_overview, open_tile
from guiju.data.media.tiling import Piece
from guiju.data.rules import plan_range
from guiju.site import actor_of, house_of
from guiju.site.guards import AnyRequest
from guiju.storage.blobs import CHUNK

# An item never changes, so a browser keeps it; it is from a stranger, so nothing in it runs.
HEADERS = {
    "Content-Security-Policy": "sandbox; default-src 'none'; style-src 'unsafe-inline'",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "private, max-age=31536000, immutable",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Accept-Ranges": "bytes",
    "Vary": "Cookie",
}


@get("/media/items/{item_id:int}", sync_to_thread=True, include_in_schema=False)
def send_item(request: AnyRequest, item_id: FromPath[int]) -> Response[Any]:
    return send_file(request, open_item_file(house_of(request), actor_of(request), item_id))


@get("/media/items/{item_id:int}/thumb", sync_to_thread=True, include_in_schema=False)
def send_thumbnail(request: AnyRequest, item_id: FromPath[int]) -> Response[Any]:
    return send_file(request, open_thumbnail(house_of(request), actor_of(request), item_id))


@get("/media/items/{item_id:int}/wave", sync_to_thread=True, include_in_schema=False)
def send_wave(request: AnyRequest, item_id: FromPath[int]) -> Response[Any]:
    return send_file(request, open_wave(house_of(request), actor_of(request), item_id))


def send_file(request: AnyRequest, served: Served, **other: str) -> Response[Any]:
    """A file, or the range of it that was asked for; `other` headers stand over the usual ones."""
    headers = {**HEADERS, **other, "ETag": f'"{served.tag}"'}
    if f'"{served.tag}"' in request.headers.get("if-none-match", ""):
        served.file.close()
        return Response(None, status_code=304, headers=headers)
    try:
        part = plan_range(request.headers.get("range"), served.size)
    except LookupError as error:
        served.file.close()
        raise RangeNotHeld(size=served.size) from error
    start, length = (part.start, part.length) if part else (0, served.size)
    headers["Content-Length"] = str(length)
    if part:
        headers["Content-Range"] = f"bytes {part.start}-{part.end}/{served.size}"
    status = 206 if part else 200
    return Stream(_chunks(served, start, length), headers=headers, status_code=status, media_type=served.media_type)


def _chunks(served: Served, start: int, length: int) -> Iterator[bytes]:
    with served.file as file:
        file.seek(start)
        while length > 0 and (chunk := file.read(min(CHUNK, length))):
            length -= len(chunk)
            yield chunk


@get("/media/items/{item_id:int}/overview", sync_to_thread=True, include_in_schema=False)
def send_overview(request: AnyRequest, item_id: FromPath[int]) -> Response[bytes]:
    return _send_piece(open_overview(house_of(request), actor_of(request), item_id))


@get("/media/items/{item_id:int}/tiles/{level:int}/{x:int}/{y:int}", sync_to_thread=True, include_in_schema=False)
def send_tile(
    request: AnyRequest, item_id: FromPath[int], level: FromPath[int], x: FromPath[int], y: FromPath[int]
) -> Response[bytes]:
    return _send_piece(open_tile(house_of(request), actor_of(request), item_id, level, x, y))


def _send_piece(piece: Piece) -> Response[bytes]:
    headers = {name: value for name, value in HEADERS.items() if name != "Accept-Ranges"}
    return Response(piece.content, headers=headers, media_type=piece.media_type)


PAGES: list[Any] = [send_item, send_thumbnail, send_overview, send_tile, send_wave]
