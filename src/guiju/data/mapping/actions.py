"""Look before anything is taken; keep an upload until it is imported; import it as somebody said."""

import shutil
from collections.abc import Sequence
from itertools import islice
from pathlib import Path

import msgspec

from guiju.data.intake.actions import Started, start_import
from guiju.data.intake.errors import ImportRefused, RecordRefused
from guiju.data.intake.layouts import said_columns
from guiju.data.intake.model import Columns, Origin, PictureRecord, Record, SoundRecord
from guiju.data.mapping import store
from guiju.data.mapping.errors import UploadNotFound
from guiju.data.mapping.model import (
    LOOKED_AT,
    SHOWN_PARTS,
    SHOWN_RECORDS,
    Preview,
    Remembered,
    SeenPart,
    SeenRecord,
)
from guiju.data.mapping.rules import told_of, try_record
from guiju.data.model import Media
from guiju.data.readers import Opened, Part, find_family, find_parts, look_at_part, open_part
from guiju.data.readers.pictures import read_header
from guiju.data.readers.table import Looked
from guiju.data.uploads.actions import Upload
from guiju.people import Act
from guiju.projects import authorise
from guiju.storage import Actor, Event, House, Tx


def preview_import(
    house: House, actor: Actor, project_id: int, paths: Sequence[Path], columns: Columns | None = None
) -> Preview:
    """What these files were recognised as and what would become of them; nothing is kept.

    Without `columns`, what was said the last time for such columns is taken. Raises `ImportRefused` of a single file
    that cannot be read at all.
    """
    with house.reading() as connection:
        authorise(connection, actor, project_id, Act.IMPORT_DATA)
    family = find_family(find_parts(paths, columns.take if columns else None))
    remembered = _remembered(house, project_id, family) if family else None
    if columns is None:
        columns = remembered.columns if remembered else Columns()
    parts = find_parts(paths, columns.take)
    return _preview(parts, columns, family, remembered)


def _remembered(house: House, project_id: int, family: str) -> Remembered | None:
    with house.reading() as connection:
        return store.find_remembered(connection, project_id, family)


def _preview(parts: list[Part], columns: Columns, family: str, remembered: Remembered | None) -> Preview:
    table, looked = _first_table(parts, columns)
    seen: list[SeenPart] = []
    opened: list[Opened] = []
    for part in parts[:SHOWN_PARTS]:
        told, ready = _see(part, columns)
        seen.append(told)
        opened += [ready] if ready is not None else []
    refusal = next((part.refusal for part in seen if part.refusal), None) if not opened else None
    if looked is not None:
        try:
            columns = said_columns(looked.decide(columns), columns)
        except ImportRefused as error:
            refusal = refusal or told_of(error)
    preview = Preview(seen, max(len(parts) - SHOWN_PARTS, 0), columns, family=family, remembered=remembered)
    about = _about(table, looked) if looked is not None and table is not None else {}
    return _with(preview, refusal=refusal, **about, **_try(opened))


def _with(preview: Preview, **values: object) -> Preview:
    return type(preview)(**{name: getattr(preview, name) for name in preview.__struct_fields__} | values)  # type: ignore[arg-type]


def _first_table(parts: Sequence[Part], columns: Columns) -> tuple[Part | None, Looked | None]:
    for part in parts[:SHOWN_PARTS]:
        try:
            looked = look_at_part(part, columns)
        except ImportRefused:
            continue
        if looked is not None:
            return part, looked
    return None, None


def _about(table: Part, looked: Looked) -> dict[str, object]:
    return {
        "table": table.name,
        "header": [column for column in looked.header if column],
        "rows": [[_clean(cell) for cell in row] for row in looked.sample],
        "sheets": list(looked.sheets),
        "sheet": looked.sheet,
        "delimiter": looked.delimiter,
        "lists": sorted(looked.lists),
    }


def _clean(cell: str) -> str:
    return cell[:200].encode("utf-8", errors="replace").decode()


def _see(part: Part, columns: Columns) -> tuple[SeenPart, Opened | None]:
    size = 0 if part.path.is_dir() else part.path.stat().st_size
    try:
        opened = open_part(part, columns)
    except ImportRefused as refusal:
        _, looked = _first_table([part], columns)
        about = (looked.total, looked.encoding) if looked is not None else (0, "")
        return SeenPart(part.name, part.format.value, size, *about, refusal=told_of(refusal)), None
    encoding = next(iter(opened.encodings.values()), "")
    return SeenPart(part.name, part.format.value, size, opened.total, encoding), opened


def _try(opened: Sequence[Opened]) -> dict[str, object]:
    """The first records of every part, `LOOKED_AT` in all."""
    each = max(LOOKED_AT // max(len(opened), 1), 1)
    tried = [_try_one(record) for part in opened for record in islice(part.records(), each)]
    shown = [one for one in tried if one.refusal is None]
    refused = [one for one in tried if one.refusal is not None]
    return {
        "looked": len(tried),
        "taken": len(shown),
        "shown": shown[:SHOWN_RECORDS],
        "refused": refused[:SHOWN_RECORDS],
    }


def _try_one(record: Record) -> SeenRecord:
    try:
        if isinstance(record, PictureRecord):
            found = read_header(record.read())
            return SeenRecord(record.position, record.name, Media.IMAGE, f"{found.width} × {found.height}")
        if isinstance(record, SoundRecord):
            next(iter(record.stream()), b"")
            return SeenRecord(record.position, record.name, Media.AUDIO)
    except RecordRefused as refusal:
        return SeenRecord(record.position, record.name, refusal=told_of(refusal))
    seen = try_record(record)
    assert seen is not None
    return seen


def keep_upload(house: House, actor: Actor, project_id: int, upload: Upload, *, name: str = "", then: str = "") -> str:
    """Let an upload wait for its mapping; its id. What waited for more than a day is removed.

    A sample that nobody is to import says in `then` where the page sends what was said of it.
    """
    with house.reading() as connection:
        authorise(connection, actor, project_id, Act.IMPORT_DATA)
    store.sweep(house)
    key = upload.folder.name.removeprefix("upload-")
    files = [str(path.relative_to(upload.folder)) for path in upload.paths]
    store.keep(house, store.Waiting(key, project_id, actor.id, name or upload.name, files, then))
    return key


def find_upload(house: House, actor: Actor, project_id: int, upload: str) -> tuple[store.Waiting, list[Path]]:
    """An upload of one's own that waits, and its files. Raises `UploadNotFound`."""
    with house.reading() as connection:
        authorise(connection, actor, project_id, Act.IMPORT_DATA)
    found = store.find_waiting(house, upload)
    if found is None or (found.project, found.account) != (project_id, actor.id):
        raise UploadNotFound(upload=upload[:40])
    return found, [store.folder_of(house, upload) / path for path in found.files]


def list_uploads(house: House, actor: Actor, project_id: int) -> list[store.Waiting]:
    """One's own uploads that nobody has imported yet."""
    return [one for one in store.list_waiting(house, project_id, actor.id) if not one.then]


def import_upload(
    house: House,
    actor: Actor,
    project_id: int,
    upload: str,
    *,
    request_id: str,
    columns: Columns,
    origin: Origin,
) -> Started:
    """Import an upload that waits, as somebody said. Refused, it goes on waiting.

    Raises `UploadNotFound`, `ImportRefused`.
    """
    waiting, paths = find_upload(house, actor, project_id, upload)
    if waiting.then:
        raise UploadNotFound(upload=upload[:40])
    folder = store.folder_of(house, upload)
    named = origin if origin.name else msgspec.structs.replace(origin, name=waiting.name[:200])
    if not store.claim(house, upload):
        raise UploadNotFound(upload=upload[:40])
    try:
        about = {"request_id": request_id, "columns": columns, "origin": named, "uploaded": folder}
        return start_import(house, actor, project_id, paths=paths, waiting=True, **about)  # type: ignore[arg-type]
    except BaseException:
        if folder.is_dir():
            store.keep(house, waiting)
        raise


def discard_upload(house: House, actor: Actor, project_id: int, upload: str) -> None:
    """Remove an upload that waits. Raises `UploadNotFound`."""
    find_upload(house, actor, project_id, upload)
    if store.claim(house, upload):
        shutil.rmtree(store.folder_of(house, upload), ignore_errors=True)


def forget_mapping(house: House, actor: Actor, project_id: int, family: str) -> None:
    """Think of what was said for such columns no more."""

    def write(tx: Tx) -> None:
        authorise(tx.connection, actor, project_id, Act.IMPORT_DATA)
        if store.forget(tx, project_id, family):
            tx.journal(Event(actor.id, "data.mapping-forgotten", project_id))

    house.write(write)
