"""A document as the answer to a request."""

import re
from urllib.parse import quote

from litestar.response import Response

from guiju.site.documents.formats import get_format, render
from guiju.site.documents.model import Document

_UNFIT = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]+')


def file_name(stem: str, suffix: str) -> str:
    """A name that every system takes."""
    return f"{_UNFIT.sub('-', stem).strip(' .-')[:80] or 'guiju'}.{suffix}"


def as_download(document: Document, format: str, stem: str, *, inline: bool = False) -> Response[bytes]:  # noqa: A002
    """The document to be kept, or, `inline`, looked at in the browser."""
    chosen = get_format(format)
    name = file_name(stem, chosen.suffix)
    kept = "inline" if inline else "attachment"
    headers = {
        "Content-Disposition": f"{kept}; filename*=UTF-8''{quote(name)}",
        "Cache-Control": "private, no-store",
        "X-Content-Type-Options": "nosniff",
        # What strangers wrote stands in it: whatever slips through runs no script.
        "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    }
    return Response(render(document, format), media_type=chosen.media_type, headers=headers)
