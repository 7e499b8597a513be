"""What every call of the client goes through: one connection, one token, a fresh id for each write."""

import json
import uuid
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlencode

from guiju.sdk.http import Wire

Json = dict[str, Any]


def api_path(path: str, query: Mapping[str, object]) -> str:
    """The address below the house of `/api/v1{path}`; what is `None` is left out of the query."""
    said = urlencode({name: value for name, value in query.items() if value is not None}, doseq=True)
    return f"/api/v1{path}" + (f"?{said}" if said else "")


class Calls:
    """One connection with somebody's token, and the three ways to reach any route."""

    def __init__(self, base_url: str, token: str, *, language: str = "en", timeout: float = 60.0) -> None:
        """`base_url` is where the house stands (`https://…` as well); refusals come in `language`; `timeout` in s."""
        self._wire = Wire(base_url, {"Authorization": f"Bearer {token}", "Accept-Language": language}, timeout)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        self._wire.close()

    def get(self, path: str, **query: object) -> Any:
        """Read `/api/v1{path}`; what is `None` is left out of the query."""
        return json.loads(self._wire.send("GET", api_path(path, query)))

    def fetch(self, path: str, target: str | Path, **query: object) -> Path:
        """Write the file that `/api/v1{path}` answers to `target`."""
        Path(target).write_bytes(self._wire.send("GET", api_path(path, query)))
        return Path(target)

    def write(self, method: str, path: str, /, **told: object) -> Any:
        """Write to `/api/v1{path}` with a fresh id (`id=` gives one's own)."""
        body = json.dumps({"id": uuid.uuid4().hex, **told}).encode()
        answer = self._wire.send(method, api_path(path, {}), body)
        return json.loads(answer) if answer else None

    def pages(self, path: str, rows: str, **query: object) -> Iterator[Json]:
        """Every row of a list, page after page; `rows` is the list's name in the answer."""
        cursor = None
        while True:
            answer = self.get(path, **query, cursor=cursor)
            yield from answer[rows]
            cursor = answer["cursor"]
            if cursor is None:
                return
