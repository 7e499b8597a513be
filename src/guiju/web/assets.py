"""The built front end, as browsers fetch it: compressed once, kept for good where its name has the content's hash."""

import gzip
import mimetypes
import re
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from litestar import Response, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from guiju.site.guards import AnyRequest

STATIC = Path(__file__).parent / "static"
# Vite writes `name-<8 of base64url>.js`.
_HASHED = re.compile(r"-[\w-]{8}\.(js|css|woff2)$")
_SMALLER_ZIPPED = frozenset({"text/javascript", "text/css", "application/json", "image/svg+xml"})
FOR_GOOD = "public, max-age=31536000, immutable"


@dataclass(frozen=True, slots=True)
class Asset:
    """A file as it is sent: `zipped` is `None` where that would not make it smaller."""

    media_type: str
    tag: str
    plain: bytes
    zipped: bytes | None


@lru_cache(maxsize=200)
def _read(path: Path, changed: float) -> Asset:
    """`changed` makes a rebuilt file another entry."""
    del changed
    plain = path.read_bytes()
    media_type = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    zipped = gzip.compress(plain, 9, mtime=0) if media_type in _SMALLER_ZIPPED else None
    return Asset(media_type, f'"{sha256(plain).hexdigest()[:16]}"', plain, zipped)


def find_asset(name: str) -> Asset | None:
    """The file of that name below `STATIC`; what leads outside of it is not there."""
    path = (STATIC / name.lstrip("/")).resolve()
    if not path.is_relative_to(STATIC.resolve()) or not path.is_file():
        return None
    return _read(path, path.stat().st_mtime)


@get("/static/{file_path:path}", sync_to_thread=True, include_in_schema=False)
def asset(request: AnyRequest, file_path: FromPath[str]) -> Response[bytes]:
    """A file of the front end."""
    found = find_asset(str(file_path))
    if found is None:
        raise NotFoundException
    keep = FOR_GOOD if _HASHED.search(str(file_path)) else "no-cache"
    headers = {"ETag": found.tag, "Cache-Control": keep, "Vary": "Accept-Encoding"}
    if request.headers.get("if-none-match") == found.tag:
        return Response(b"", status_code=304, headers=headers, media_type=found.media_type)
    if found.zipped is not None and "gzip" in request.headers.get("accept-encoding", ""):
        return Response(found.zipped, headers={**headers, "Content-Encoding": "gzip"}, media_type=found.media_type)
    return Response(found.plain, headers=headers, media_type=found.media_type)
