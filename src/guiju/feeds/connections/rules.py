"""What is decided about addresses and references to secrets. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import parse_qsl, unquote, urlsplit

from guiju.feeds.connections.errors import (
    AddressHasSecret,
    BadAddress,
    BadSecretReference,
    ConnectionNameMissing,
    UnknownConnectionKind,
)
from guiju.feeds.connections.model import ADDRESSES, ConnectionKind, Place
from guiju.kit import N_

_SCHEMES = {
    ConnectionKind.POSTGRESQL: ("postgresql", "postgres"),
    ConnectionKind.MYSQL: ("mysql", "mariadb"),
    ConnectionKind.OBJECTS: ("s3", "gs", "az", "abfs", "abfss", "file"),
}
_PORTS = {ConnectionKind.POSTGRESQL: 5432, ConnectionKind.MYSQL: 3306}
OBJECT_OPTIONS = {
    "s3": frozenset({"region", "endpoint", "access_key_id", "virtual_hosted_style_request", "skip_signature"}),
    "gs": frozenset({"skip_signature"}),
    "az": frozenset({"account_name", "endpoint", "skip_signature"}),
    "file": frozenset[str](),
}
"""What an address of an object store may say behind its question mark, by scheme."""
DATABASE_OPTIONS = {
    ConnectionKind.POSTGRESQL: frozenset({"host", "sslmode", "sslrootcert", "connect_timeout", "target_session_attrs"}),
    ConnectionKind.MYSQL: frozenset({"tls", "unix_socket"}),
}
_SECRETS = re.compile(r"pass|pwd|secret|token|sig|account_?key|credential|private", re.IGNORECASE)
_VARIABLE = re.compile(r"GUIJU_SECRET_[A-Z0-9_]{1,80}")
_FILE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,80}")
NAME_CHARACTERS = 80


@dataclass(frozen=True, slots=True)
class Address:
    """An address in its parts; `path` without its first slash, except of files and folders."""

    scheme: str
    host: str
    port: int
    user: str
    path: str
    options: Mapping[str, str]


def clean_connection_name(name: str) -> str:
    """Raises `ConnectionNameMissing`."""
    cleaned = " ".join(name.split())[:NAME_CHARACTERS]
    if not cleaned:
        raise ConnectionNameMissing
    return cleaned


def as_kind(said: str) -> ConnectionKind:
    """Raises `UnknownConnectionKind`."""
    try:
        return ConnectionKind(said)
    except ValueError as error:
        raise UnknownConnectionKind(kind=said[:40], kinds=", ".join(ConnectionKind)) from error


def read_address(kind: ConnectionKind, address: str) -> Address:
    """Raises `BadAddress`, `AddressHasSecret`."""
    text = address.strip()
    if kind in {ConnectionKind.SQLITE, ConnectionKind.FOLDER}:
        return _path(kind, text)
    try:
        parts = urlsplit(text)
        port = parts.port or _PORTS.get(kind, 0)
    except ValueError as error:
        raise _bad(kind, text, N_("it cannot be read")) from error
    options = dict(parse_qsl(parts.query, keep_blank_values=True))
    if parts.password is not None or any(_SECRETS.search(name) for name in options):
        raise AddressHasSecret
    if parts.scheme not in _SCHEMES[kind]:
        raise _bad(kind, text, N_("it begins otherwise"))
    _check_options(kind, parts.scheme, options, text)
    if parts.scheme == "file":
        return _path(kind, unquote(parts.path), scheme="file")
    found = Address(
        parts.scheme, parts.hostname or "", port, unquote(parts.username or ""), unquote(parts.path)[1:], options
    )
    _check_parts(kind, found, text)
    return found


def _check_options(kind: ConnectionKind, scheme: str, options: Mapping[str, str], text: str) -> None:
    known = OBJECT_OPTIONS.get("az" if scheme.startswith("abf") else scheme, DATABASE_OPTIONS.get(kind, frozenset()))
    if set(options) - known:
        raise _bad(kind, text, N_("it has options that are not known here"))


def _check_parts(kind: ConnectionKind, found: Address, text: str) -> None:
    where = found.host or found.options.get("host") or found.options.get("unix_socket")
    if not where:
        raise _bad(kind, text, N_("the host or bucket is missing"))
    if kind.is_database and not (found.user and found.path):
        raise _bad(kind, text, N_("the user or the database is missing"))
    if kind is ConnectionKind.OBJECTS and found.user:
        raise _bad(kind, text, N_("there is an @ in it"))


def _path(kind: ConnectionKind, text: str, scheme: str = "") -> Address:
    path = text.removeprefix("sqlite://") if kind is ConnectionKind.SQLITE else text
    if not path.startswith("/") or "\0" in path or ".." in PurePosixPath(path).parts:
        raise _bad(kind, text, N_("a whole path from the root is wanted"))
    return Address(scheme, "", 0, "", path, {})


def _bad(kind: ConnectionKind, address: str, reason: str) -> BadAddress:
    """Without what stands before an @: a password may stand there."""
    return BadAddress(address=address.rpartition("@")[2][:120], reason=reason, example=ADDRESSES[kind])


def path_on_server(kind: ConnectionKind, address: Address) -> str | None:
    """The path of the server's own disk that the connection reads, if it does."""
    reads = kind in {ConnectionKind.SQLITE, ConnectionKind.FOLDER} or address.scheme == "file"
    return address.path if reads else None


def check_reference(reference: str) -> str:
    """`env:GUIJU_SECRET_X` or `file:NAME`, a file in the home's own folder of secrets. Raises `BadSecretReference`.

    Not any variable, not any file: whoever administers the site could otherwise send them to an address of their own.
    """
    kind, _, rest = reference.partition(":")
    if (kind == "env" and _VARIABLE.fullmatch(rest)) or (kind == "file" and _FILE.fullmatch(rest)):
        return reference
    raise BadSecretReference(reference=reference[:80])


def is_reference(secret: str) -> bool:
    return secret.startswith(("env:", "file:"))


def redact(message: str, place: Place) -> str:
    """A driver's message as trainers may read it: its first line, without the secret, and without the address."""
    line = next((line.strip() for line in message.splitlines() if line.strip()), "")
    where = read_address(place.kind, place.address)
    hidden = [place.secret or "", place.address, *where.options.values(), where.host, where.user]
    for word in sorted(filter(None, hidden), key=len, reverse=True):
        line = re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", "•••", line)
    return line[:300].rstrip(".")
