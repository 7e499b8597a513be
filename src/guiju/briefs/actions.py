"""What is done to briefs: saved, signed, read."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from sqlalchemy import Connection

from guiju.briefs import store
from guiju.briefs.changes import moved_gates, place_named
from guiju.briefs.document import edit_brief, parse_brief, render_brief
from guiju.briefs.errors import (
    BriefAlreadySigned,
    BriefConflict,
    BriefHasGaps,
    BriefIsStale,
    BriefNotFound,
    CommentNotFound,
)
from guiju.briefs.merging import Merged, merge_briefs
from guiju.briefs.model import Brief, BriefVersion, Comment, Figures, Save
from guiju.briefs.rules import blocking, find_gaps, settle_question
from guiju.kit import sha256_hex
from guiju.people import Act, may
from guiju.projects import Project, Standing, authorise, list_members
from guiju.storage import Actor, Event, House, Tx

Mark = tuple[int, int]
"""(version, revision): what a save started from."""


def today_of(house: House) -> date:
    """Today by the house's clock, in UTC."""
    return datetime.fromtimestamp(house.clock() // 1_000_000, UTC).date()


def save_brief(
    house: House, actor: Actor, project_id: int, *, document: str, started_from: Mark | None, request_id: str
) -> Mark:
    """Keep `document` as the project's brief: into the current version while it is unsigned, else as the next one.

    `started_from` is the (version, revision) that the writer had before them, `None` for the first. What others saved
    since is brought together with it, entry by entry. Returns the new mark; a document that says nothing new makes
    none. Raises the refusals of the document, `BriefConflict`, `BriefIsStale` where what it started from is not known.
    """
    mine = parse_brief(document)

    def text_of(tx: Tx, current: BriefVersion | None) -> str:
        if current is None or not is_behind(current, started_from):
            return document
        return edit_brief(document, _merge(tx.connection, project_id, current, mine, started_from).brief)

    return _keep(house, actor, project_id, text_of, started_from=started_from, request_id=request_id)


def save_written(
    house: House, actor: Actor, project_id: int, *, brief: Brief, started_from: Mark | None, request_id: str
) -> Mark:
    """Keep what a form holds: the document is changed where it says something else, and nowhere beside.

    Raises what `save_brief` raises.
    """
    render_brief(brief)

    def text_of(tx: Tx, current: BriefVersion | None) -> str:
        if current is None:
            return render_brief(brief)
        merged = brief
        if is_behind(current, started_from):
            merged = _merge(tx.connection, project_id, current, brief, started_from).brief
        return edit_brief(current.document, merged)

    return _keep(house, actor, project_id, text_of, started_from=started_from, request_id=request_id)


def answer_question(
    house: House, actor: Actor, project_id: int, *, question: str, answer: str, facet: str, request_id: str
) -> Mark:
    """Answer an open question, and put the answer into the facet it belongs to, in one save.

    Raises `BriefNotFound`, `QuestionGone`.
    """

    def text_of(_tx: Tx, current: BriefVersion | None) -> str:
        if current is None:
            raise BriefNotFound(project=project_id)
        brief = parse_brief(current.document)
        return edit_brief(current.document, settle_question(brief, question, answer, facet))

    return _keep(house, actor, project_id, text_of, started_from=None, request_id=request_id, on_newest=True)


def merge_with_newest(
    house: House, actor: Actor, project_id: int, mine: Brief, started_from: Mark | None
) -> tuple[BriefVersion, Merged]:
    """What a refused save would have become, with its conflicts, and the version it would have gone into."""
    with house.reading() as connection:
        authorise(connection, actor, project_id, Act.WRITE_BRIEF)
        current = store.find_current(connection, project_id)
        if current is None:
            raise BriefNotFound(project=project_id)
        base = _base(connection, project_id, current, started_from)
    return current, merge_briefs(base, mine, parse_brief(current.document))


def mark_of(current: BriefVersion | None) -> Mark | None:
    """What a save says it started from."""
    return (current.version, current.revision) if current else None


def is_behind(current: BriefVersion, started_from: Mark | None) -> bool:
    """Whether others saved since."""
    return mark_of(current) != started_from


def _merge(
    connection: Connection, project_id: int, current: BriefVersion, mine: Brief, started_from: Mark | None
) -> Merged:
    base = _base(connection, project_id, current, started_from)
    merged = merge_briefs(base, mine, parse_brief(current.document))
    if merged.conflicts:
        raise BriefConflict(places=", ".join(dict.fromkeys(place_named(each.place) for each in merged.conflicts)))
    return merged


def _base(connection: Connection, project_id: int, current: BriefVersion, started_from: Mark | None) -> Brief:
    found = store.find_save(connection, project_id, started_from) if started_from else None
    if found is None:
        raise BriefIsStale(version=current.version, revision=current.revision)
    return parse_brief(found)


def _keep(
    house: House,
    actor: Actor,
    project_id: int,
    text_of: Callable[[Tx, BriefVersion | None], str],
    *,
    started_from: Mark | None,
    request_id: str,
    on_newest: bool = False,
) -> Mark:
    def save(tx: Tx) -> list[int]:
        current = store.find_current(tx.connection, project_id)
        if current is None and started_from is not None and not on_newest:
            raise BriefIsStale(version=0, revision=0)
        return list(_store(tx, actor, project_id, current, text_of(tx, current)))

    def write(tx: Tx) -> Mark:
        authorise(tx.connection, actor, project_id, Act.WRITE_BRIEF)
        version, revision = tx.once(request_id, actor.id, f"brief.save.{project_id}", lambda: save(tx))
        return version, revision

    return house.write(write)


def _store(tx: Tx, actor: Actor, project_id: int, current: BriefVersion | None, text: str) -> Mark:
    if current is not None and current.document == text:
        return current.version, current.revision
    values = {"document": text, "digest": sha256_hex(text.encode()), "created_by": actor.id, "created_at": tx.at}
    if current is None or current.is_signed:
        mark = ((current.version if current else 0) + 1, 1)
        brief_id = store.insert_version(tx, project_id=project_id, version=mark[0], revision=1, **values)
    else:
        mark, brief_id = (current.version, current.revision + 1), current.id
        store.update_unsigned(tx, brief_id, revision=mark[1], **values)
    store.insert_save(tx, brief_id, mark[1], text, actor.id)
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
        signed = store.find_signed(tx.connection, project_id)
        moved = moved_gates(parse_brief(signed.document), parse_brief(current.document)) if signed else []
        store.update_unsigned(tx, current.id, signed_by=actor.id, signed_at=tx.at)
        facts = {"version": version, "digest": current.digest, "gates": [each.code for each in moved]}
        tx.journal(Event(actor.id, "brief.signed", project_id, current.id, from_revision=revision, facts=facts))
        return version

    def write(tx: Tx) -> int:
        authorise(tx.connection, actor, project_id, Act.SIGN_BRIEF)
        return tx.once(request_id, actor.id, f"brief.sign.{project_id}", lambda: sign(tx))

    return house.write(write)


def comment_brief(house: House, actor: Actor, project_id: int, *, place: str, text: str, request_id: str) -> int:
    """Say something of a facet or figure, or of the whole; returns the comment's number. Raises `BriefNotFound`."""

    def comment(tx: Tx) -> int:
        current = store.find_current(tx.connection, project_id)
        if current is None:
            raise BriefNotFound(project=project_id)
        written = {"version": current.version, "place": place, "text": text.strip(), "written_by": actor.id}
        comment_id = store.insert_comment(tx, project_id=project_id, **written)
        facts = {"version": current.version, "place": place, "digest": sha256_hex(text.encode())}
        tx.journal(Event(actor.id, "brief.commented", project_id, comment_id, facts=facts))
        return comment_id

    def write(tx: Tx) -> int:
        authorise(tx.connection, actor, project_id, Act.COMMENT_BRIEF)
        return tx.once(request_id, actor.id, f"brief.comment.{project_id}", lambda: comment(tx))

    return house.write(write)


def close_comment(house: House, actor: Actor, project_id: int, comment_id: int, *, request_id: str) -> None:
    """Settle a comment; it stays readable. Raises `CommentNotFound`."""

    def close(tx: Tx) -> int:
        found = store.find_comment(tx.connection, project_id, comment_id)
        if found is None:
            raise CommentNotFound(comment=comment_id)
        if found.closed_at is None:
            store.close_comment(tx, comment_id, actor.id)
            tx.journal(Event(actor.id, "brief.comment-closed", project_id, comment_id))
        return comment_id

    def write(tx: Tx) -> int:
        authorise(tx.connection, actor, project_id, Act.COMMENT_BRIEF)
        return tx.once(request_id, actor.id, f"brief.comment-close.{project_id}", lambda: close(tx))

    house.write(write)


def _check_signing(current: BriefVersion, read: Mark, today: date) -> None:
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


@dataclass(frozen=True, slots=True)
class Around:
    """What stands beside a brief. `saves` are those of the newest version."""

    versions: list[BriefVersion]
    signed: BriefVersion | None
    saves: list[Save]
    comments: list[Comment]
    names: dict[int, str]


def look_at_brief(house: House, actor: Actor, project_id: int) -> Around:
    """The versions, the signed one, the latest saves and the comments, with the names of who wrote them.

    Comments are for those who may write them; others see none.
    """
    with house.reading() as connection:
        standing = authorise(connection, actor, project_id, Act.SEE_PROJECT)
        versions = store.list_versions(connection, project_id)
        signed = next((each for each in versions if each.is_signed), None)
        speaks = actor.trusted or may(standing.roles, Act.COMMENT_BRIEF)
        comments = store.list_comments(connection, project_id) if speaks else []
        saves = store.list_saves(connection, versions[0].id, 12) if versions else []
        names = {member.account_id: member.name for member in list_members(connection, project_id)}
    return Around(versions, signed, saves, comments, names)


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
