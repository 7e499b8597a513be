"""Keep the house: back it up, restore it, check it, move it to PostgreSQL."""

import sys
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from guiju.cli.common import Noun, context_of, emit, opened, progress_of, refusals, words_of
from guiju.kit import N_, Words
from guiju.storage.backup import Backup, Progress, back_up, in_silence
from guiju.storage.checking import Verified
from guiju.storage.checking import verify as verify_house
from guiju.storage.restore import Restored, move_database
from guiju.storage.restore import restore as restore_home
from guiju.web.keeping import REBUILD, REFERENCES

PROGRESS_SECONDS = 0.1
BACKED_UP = N_("Backed up to {file}: {rows} rows, {blobs} files of content, {size} bytes.")
DAMAGED_IN_BACKUP = N_("{count} or more files of content were damaged already; “guiju verify” names them.")
RESTORED = N_("Restored to {home}: {rows} rows, {blobs} files of content.")
MOVED = N_("Moved {rows} rows. From now on give --database to every command; the old database was left as it is.")
WHOLE = N_("Everything is as it was written: {sealed} journal rows in the chain, {blobs} files of content.")
NOT_WHOLE = N_("{count} findings.")
TAIL = N_("{unsealed} journal rows are not yet sealed.")
ORPHANS = N_("{orphans} files of content ({size} bytes) are named by no row.")

At = Annotated[Path, typer.Argument(help="The backup, a .tar file.")]


def backup(ctx: typer.Context, file: At) -> None:
    """Write everything to one file, while the server runs. A file of that name is replaced once it is whole."""
    with opened(ctx) as house, _progress(ctx) as progress:
        made = back_up(house, file, progress)
    emit(ctx, made, _say_backup(made, words_of(ctx)))


def _say_backup(made: Backup, words: Words) -> str:
    said = [words(BACKED_UP, file=made.file, rows=made.rows, blobs=made.blobs, size=made.size)]
    if made.damaged:
        said.append(words(DAMAGED_IN_BACKUP, count=len(made.damaged)))
    return "\n".join(said)


def restore(ctx: typer.Context, file: Annotated[Path, typer.Argument(exists=True, dir_okay=False)]) -> None:
    """Make a new home of a backup: all of it or nothing. The home and the database, if one is given, must be empty."""
    options = context_of(ctx)
    with refusals(ctx), _progress(ctx) as progress:
        made = restore_home(file, options.home, database=options.database, rebuild=REBUILD, progress=progress)
    said = words_of(ctx)(RESTORED, home=str(options.home), rows=sum(made.rows.values()), blobs=made.blobs)
    emit(ctx, _counted(made), said)


def migrate(
    ctx: typer.Context,
    to: Annotated[str, typer.Option(metavar="URL", help="The empty database, postgresql+psycopg://user@host/name.")],
) -> None:
    """Move the database of a home, from SQLite to PostgreSQL or back; the files of content stay in the home."""
    with opened(ctx) as house, _progress(ctx) as progress:
        made = move_database(house, to, rebuild=REBUILD, progress=progress)
    emit(ctx, _counted(made), words_of(ctx)(MOVED, rows=sum(made.rows.values())))


def _counted(made: Restored) -> dict[str, object]:
    return {"rows": sum(made.rows.values()), "tables": made.rows, "blobs": made.blobs}


def verify(ctx: typer.Context) -> None:
    """Check the journal's chain, every file of content, and the database; exit code 1 if something was found."""
    with opened(ctx) as house, _progress(ctx) as progress:
        found = verify_house(house, REFERENCES, progress)
    emit(ctx, {"whole": found.is_whole, **msgspec.to_builtins(found)}, _say_verified(found, words_of(ctx)))
    if not found.is_whole:
        raise typer.Exit(1)


def _say_verified(found: Verified, words: Words) -> str:
    said = [words(finding.sentence, **finding.details) for finding in found.findings]
    if found.is_whole:
        said.append(words(WHOLE, sealed=found.sealed, blobs=found.blobs))
    else:
        said.append(words(NOT_WHOLE, count=found.count))
    if found.unsealed:
        said.append(words(TAIL, unsealed=found.unsealed))
    if found.orphans:
        said.append(words(ORPHANS, orphans=found.orphans, size=found.orphan_bytes))
    return "\n".join(said)


@contextmanager
def _progress(ctx: typer.Context) -> Generator[Progress]:
    """One line on stderr that is written over, for people."""
    if not progress_of(ctx):
        yield in_silence
        return
    words = words_of(ctx)

    shown = 0.0

    def show(what: str, done: int, total: int | None) -> None:
        nonlocal shown
        if time.monotonic() - shown < PROGRESS_SECONDS:
            return
        shown = time.monotonic()
        share = f" / {total}" if total is not None else ""
        sys.stderr.write(f"\r\x1b[K{words(what, done=f'{done}{share}')}")

    try:
        yield show
    finally:
        sys.stderr.write("\r\x1b[K")


def add_to(app: Noun) -> None:
    app.command()(backup)
    app.command()(restore)
    app.command()(verify)
    app.command()(migrate)
