"""The service outside the house that may be asked for vectors, or for drafts: `embedders/endpoint.toml` in the home.

No NumPy.

    url = "https://service.example/v1"    what `/embeddings` is put behind
    model = "text-embedding-3-small"      for vectors; left out, none are asked for
    chat = "small-instruct"               for drafts, behind `/chat/completions`; left out, none are asked for
    key = "EMBEDDINGS_KEY"                the environment variable with the key, where one is asked for
    batch = 64                            texts a request, 1 to 64
    timeout = 60                          seconds a request may take

Without the file nothing can be sent anywhere.
"""

import contextlib
import hashlib
import os
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import msgspec

from guiju.vectors.errors import EndpointFileWrong

FILE = Path("embedders") / "endpoint.toml"


class _Told(msgspec.Struct, forbid_unknown_fields=True):
    url: str
    model: str = ""
    chat: str = ""
    key: str = ""
    batch: int = 64
    timeout: float = 60.0


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where texts would go. `key` is the secret itself, and is never shown."""

    url: str
    host: str
    model: str
    batch: int
    timeout: float
    key: str = field(default="", repr=False)
    # the model for drafts, empty where none is named
    chat: str = ""

    @property
    def variant(self) -> str:
        """What tells its vectors from another service's."""
        return hashlib.sha256(f"{self.url}\n{self.model}".encode()).hexdigest()[:12]


def has_endpoint(home: Path) -> bool:
    """Whether vectors may be asked for; a file that says nonsense says so when it is read."""
    if not (home / FILE).is_file():
        return False
    with contextlib.suppress(EndpointFileWrong):
        told = _told(home)
        return bool(told.model.strip() or not told.chat.strip())
    return True


def find_chat(home: Path) -> Endpoint | None:
    """The service that may be asked for drafts, if one is named. Raises `EndpointFileWrong`."""
    if not (home / FILE).is_file():
        return None
    told = _told(home)
    return _endpoint(told) if told.chat.strip() else None


def get_endpoint(home: Path) -> Endpoint:
    """The service for vectors. Raises `EndpointFileWrong`."""
    told = _told(home)
    if not told.model.strip():
        raise EndpointFileWrong(reason="model: it has no name")
    return _endpoint(told)


def _told(home: Path) -> _Told:
    try:
        return msgspec.convert(tomllib.loads((home / FILE).read_text(encoding="utf-8")), _Told)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise EndpointFileWrong(reason=str(error).splitlines()[0][:160]) from error


def _endpoint(told: _Told) -> Endpoint:
    place = urlsplit(told.url)
    if place.scheme not in {"http", "https"} or not place.hostname or place.query or place.fragment:
        raise EndpointFileWrong(reason=f"url: {told.url[:80]!r} is no http address")
    if place.username or place.password:
        raise EndpointFileWrong(reason="url: a key belongs into the environment, not into the address")
    if not 1 <= told.batch <= 64 or not 1 <= told.timeout <= 600:
        raise EndpointFileWrong(reason="batch is from 1 to 64, timeout from 1 to 600 seconds")
    key = os.environ.get(told.key, "") if told.key else ""
    if told.key and not key:
        raise EndpointFileWrong(reason=f"the environment variable {told.key[:60]} is empty")
    if not key.isascii() or not key.isprintable():
        raise EndpointFileWrong(reason=f"the environment variable {told.key[:60]} is no key")
    shown = (told.url.rstrip("/"), place.netloc, told.model.strip(), told.batch, told.timeout)
    return Endpoint(*shown, key, told.chat.strip())
