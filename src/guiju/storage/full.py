"""A store that cannot be written: one name for it, whichever part of the machine said so first."""

import errno
from collections.abc import Generator
from contextlib import contextmanager

from guiju.kit import N_, Refusal

# SQLite's primary result codes READONLY, IOERR, FULL, CANTOPEN.
_SQLITE = {8, 10, 13, 14}
# PostgreSQL's read_only_sql_transaction, disk_full, io_error.
_POSTGRES = {"25006", "53100", "58030"}
_SYSTEM = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO}


class StorageFull(Refusal):
    """The database or the blob folder could not make a write durable."""

    code = "storage-full"
    status = 507
    sentence = N_("The server could not store this: its disk is full or cannot be written.")
    next_step = N_("Nothing was changed. Ask the administrator to free space, then send it again.")


def is_full(error: BaseException) -> bool:
    """Whether `error`, of a driver, of SQLAlchemy or of the system, says that nothing more can be stored."""
    told = getattr(error, "orig", None) or error
    if isinstance(told, OSError):
        return told.errno in _SYSTEM
    return getattr(told, "sqlite_errorcode", 0) & 0xFF in _SQLITE or getattr(told, "sqlstate", None) in _POSTGRES


def named(error: BaseException) -> BaseException:
    """`StorageFull` because of `error` if that is what it says, else `error` itself."""
    if not is_full(error):
        return error
    full = StorageFull()
    full.__cause__ = error
    return full


@contextmanager
def writing_files() -> Generator[None]:
    """A full disk met while writing files is refused as `StorageFull`."""
    try:
        yield
    except OSError as error:
        if is_full(error):
            raise StorageFull from error
        raise
