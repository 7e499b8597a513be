"""What is done to briefs: saved, signed, read."""

from dataclasses import replace
from datetime import UTC, date, datetime

from sqlalchemy import Connection

from guiju.briefs import store
from guiju.briefs.document import parse_brief, render_brief
from guiju.briefs.errors import BriefAlreadySigned, BriefHasGaps, BriefIsStale, BriefNotFound
from guiju.briefs.model import Brief, BriefVersion, Figures
from guiju.briefs.rules import blocking, find_gaps, is_stale
from guiju.kit import sha256_hex
from guiju.people import Act
from guiju.projects import Project, Standing, authorise
from guiju.storage import Actor, Event, House, Tx


def today_of(house: House) -> date:
    """Today by the house's clock, in UTC."""
    return datetime.fromtimestamp(house.clock() // 1_000_000, UTC).date()


def save_brief(
    house: House,
    actor: Actor,
    project_id: int,
    *,
    document: str,
    started_from: tuple[int, int] | None,
    request_id: str,
) -> tuple[int, int]:
    """Keep `document` as the project's brief: into the current version while it is unsigned, else as the next one.

    `started_from` is the (version, revision) that the writer had before them, `None` for the first. Returns the new
    one. Raises the refusals of the document, `BriefIsStale`.
    """
    text = document.replace("\r\n", "\n").strip() + "\n"
    parse_brief(text)

    def save(tx: Tx) -> list[int]:
        current = store.find_current(tx.connection, project_id)
        if is_stale(mark_of(current), started_from):
            version, revision = mark_of(current) or (0, 0)
            raise BriefIsStale(version=version, revision=revision)
        return list(_store(tx, actor, project_id, current, text))

    def write(tx: Tx) -> tuple[int, int]:
        authorise(tx.connection, actor, project_id, Act.WRITE_BRIEF)
        version, revision = tx.once(request_id, actor.id, f"brief.save.{project_id}", lambda: save(tx))
        return version, revision

    return house.write(write)


def mark_of(current: BriefVersion | None) -> tuple[int, int] | None:
    """What a save says it started from."""
    return (current.version, current.revision) if current else None


def _store(tx: Tx, actor: Actor, project_id: int, current: BriefVersion | None, text: str) -> tuple[int, int]:
    values = {"document": text, "digest": sha256_hex(text.encode()), "created_by": actor.id, "created_at": tx.at}
    if current is None or current.is_signed:
        mark = ((current.version if current else 0) + 1, 1)
        brief_id = store.insert_version(tx, project_id=project_id, version=mark[0], revision=1, **values)
    else:
        mark, brief_id = (current.version, current.revision + 1), current.id
        store.update_unsigned(tx, brief_id, revision=mark[1], **values)
    facts = {"version": mark[0], "revision": mark[1], "digest": values["digest"]}
    before = current.revision if current else None
    tx.journal(Event(actor.id, "brief.saved", project_id, brief_id, from_revision=before, facts=facts))
    return mark


def sign_brief(house: House, actor: Actor, project_id: int, *, version: int, revision: int, request_id: str) -> int:
    """Sign exactly the text that the signer read; its figures are what the gates read from now on. Returns its version.

    Raises `BriefNotFound`, `BriefIsStale`, `BriefAlreadySigned`, `BriefHasGaps`.
    """
    today = today_of(house)

    def sign(tx: Tx) -> int:
        current = store.find_current(tx.connection, project_id)
        if current is None:
            raise BriefNotFound(project=project_id)
        _check_signing(current, (version, revision), today)
        store.update_unsigned(tx, current.id, signed_by=actor.id, signed_at=tx.at)
        facts = {"version": version, "digest": current.digest}
        tx.journal(Event(actor.id, "brief.signed", project_id, current.id, from_revision=revision, facts=facts))
        return version

    def write(tx: Tx) -> int:
        authorise(tx.connection, actor, project_id, Act.SIGN_BRIEF)
        return tx.once(request_id, actor.id, f"brief.sign.{project_id}", lambda: sign(tx))

    return house.write(write)


def _check_signing(current: BriefVersion, read: tuple[int, int], today: date) -> None:
    if mark_of(current) != read:
        raise BriefIsStale(version=current.version, revision=current.revision)
    if current.is_signed:
        raise BriefAlreadySigned(version=current.version)
    gaps = blocking(find_gaps(parse_brief(current.document), today))
    if gaps:
        raise BriefHasGaps(count=len(gaps), gaps=", ".join(f"{gap.place}: {gap.code}" for gap in gaps))


def get_brief(
    house: House, actor: Actor, project_id: int, version: int | None = None
) -> tuple[Standing, BriefVersion | None]:
    """The reader's standing and the current brief (`None` before the first save), or the version asked for.

    Raises `BriefNotFound` for a version that is not there.
    """
    with house.reading() as connection:
        standing = authorise(connection, actor, project_id, Act.SEE_PROJECT)
        if version is None:
            return standing, store.find_current(connection, project_id)
        found = store.find_version(connection, project_id, version)
    if found is None:
        raise BriefNotFound(version=version)
    return standing, found


def list_brief_versions(house: House, actor: Actor, project_id: int) -> list[BriefVersion]:
    """All versions, the newest first."""
    with house.reading() as connection:
        authorise(connection, actor, project_id, Act.SEE_PROJECT)
        return store.list_versions(connection, project_id)


def get_current_brief(connection: Connection, project_id: int) -> Brief | None:
    """The newest brief, signed or not; the caller has authorised."""
    current = store.find_current(connection, project_id)
    return parse_brief(current.document) if current else None


def get_signed_figures(connection: Connection, project_id: int) -> Figures | None:
    """The figures of the newest signed brief: what gates read. `None` while nothing is signed."""
    signed = store.find_signed(connection, project_id)
    return parse_brief(signed.document).figures if signed else None


def starter_brief(project: Project) -> str:
    """What a project without a brief begins with: its name, its customer, the usual figures, every facet empty."""
    brief = Brief(title={"zh": project.name, "en": project.name}, customer=project.customer)
    return render_brief(replace(brief, figures=Figures(rights=project.rights)))
