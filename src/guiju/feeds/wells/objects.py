"""An object store (S3, Google, Azure, or a folder that stands for one): objects under a prefix, by their ETags."""

from collections.abc import Generator, Iterator
from contextlib import contextmanager
from datetime import timedelta
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from guiju.data.mapping.rules import told_of
from guiju.feeds.connections.model import Place
from guiju.feeds.connections.rules import Address, read_address, redact
from guiju.feeds.errors import (
    ChangedWhileRead,
    ExtraMissing,
    FileIsLink,
    FolderGone,
    WellDied,
    WellRefused,
    WellUnreachable,
)
from guiju.feeds.model import Found
from guiju.feeds.rules import find_unfit, is_meant
from guiju.feeds.wells.model import CONNECT_SECONDS, Files
from guiju.kit import Refusal

if TYPE_CHECKING:
    from obstore.store import ObjectStore

_PIECE = 4 << 20
_SECRET_OPTION = {
    "s3": "secret_access_key",
    "gs": "service_account_key",
    "az": "account_key",
    "abfs": "account_key",
    "abfss": "account_key",
}


@contextmanager
def open_files(place: Place, folder: str) -> Generator[Files]:
    """Raises `ExtraMissing`, `WellUnreachable`, `WellRefused`, `FolderGone`."""
    if find_spec("obstore") is None:
        raise ExtraMissing(connection=place.name, package="obstore", extra="scale")
    store = _open(place)
    where = read_address(place.kind, place.address)
    root = Path(where.path).resolve() if where.scheme == "file" else None
    yield Files(
        lambda: _walk(place, store, folder, root),
        lambda found, to: _copy(place, store, folder, found, to),
        must_rest=False,
    )


def _open(place: Place) -> "ObjectStore":
    from obstore.exceptions import BaseError  # noqa: PLC0415 - an extra
    from obstore.store import LocalStore, from_url  # noqa: PLC0415

    where = read_address(place.kind, place.address)
    try:
        if where.scheme == "file":
            if not Path(where.path).is_dir():
                raise FolderGone(connection=place.name, folder=place.name)
            return LocalStore(where.path)
        settings: Any = _settings(where, place.secret)
        client: Any = {"connect_timeout": f"{CONNECT_SECONDS}s", "timeout": "300s"}
        if where.options.get("endpoint", "").startswith("http://"):
            client["allow_http"] = True
        retry: Any = {"max_retries": 3, "retry_timeout": timedelta(seconds=20)}
        url = f"{where.scheme}://{where.host}/{where.path}"
        return from_url(url, config=settings, client_options=client, retry_config=retry)
    except (BaseError, ValueError, OSError) as error:
        raise WellRefused(connection=place.name, reason=redact(str(error), place)) from error


def _settings(where: Address, secret: str | None) -> dict[str, str]:
    settings = dict(where.options)
    if secret:
        settings[_SECRET_OPTION[where.scheme]] = secret
    elif where.scheme == "s3" and "access_key_id" not in settings:
        settings.setdefault("skip_signature", "true")  # a public bucket: no look for the machine's own rights
    return settings


def _walk(place: Place, store: "ObjectStore", folder: str, root: Path | None) -> Iterator[Found]:
    from obstore.exceptions import BaseError  # noqa: PLC0415

    prefix = f"{folder}/" if folder else None
    try:
        for batch in cast(Any, store).list(prefix, chunk_size=1_000):
            for one in batch:
                called = one["path"][len(folder) + 1 :] if folder else one["path"]
                if called and is_meant(called):
                    yield _found(one, called, root)
    except (BaseError, OSError) as error:
        raise _told(place, error) from error


def _found(one: Any, called: str, root: Path | None) -> Found:
    size = int(one["size"])
    sign = str(one["e_tag"] or one["last_modified"].isoformat())[:160]
    fault: Refusal | None = find_unfit(called, size)
    if root is not None and (path := root / one["path"]).resolve() != path:
        fault = FileIsLink()
    return Found(called, f"{size}-{sign}", size, told_of(fault) if fault is not None else None)


def _copy(place: Place, store: "ObjectStore", folder: str, found: Found, to: Path) -> None:
    """What was listed or nothing: an object that changes while it is read comes with the next look."""
    from obstore.exceptions import BaseError  # noqa: PLC0415

    key = f"{folder}/{found.name}" if folder else found.name
    try:
        got = store.get(key)
        if _found(got.meta, found.name, None).sign != found.sign:
            raise ChangedWhileRead
        with to.open("wb") as target:
            for piece in got.stream(min_chunk_size=_PIECE):
                target.write(piece)
        if to.stat().st_size != found.size or _found(store.head(key), found.name, None).sign != found.sign:
            raise ChangedWhileRead
    except FileNotFoundError as error:
        raise ChangedWhileRead from error
    except (BaseError, OSError) as error:
        raise WellDied(connection=place.name, rows="0", reason=redact(str(error), place)) from error


def _told(place: Place, error: Exception) -> WellUnreachable | WellRefused:
    from obstore.exceptions import PermissionDeniedError, UnauthenticatedError  # noqa: PLC0415

    reason = redact(str(error), place)
    if isinstance(error, PermissionDeniedError | UnauthenticatedError | PermissionError):
        return WellRefused(connection=place.name, reason=reason)
    return WellUnreachable(connection=place.name, reason=reason)
