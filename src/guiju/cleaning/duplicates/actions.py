"""Near-duplicates are searched, shown, decided one group at a time or many at once, and every decision is undone."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from guiju.cleaning.duplicates import store
from guiju.cleaning.duplicates.errors import BadLikeness, GroupNotFound, NotInGroup, UnknownKeep
from guiju.cleaning.duplicates.model import AT_LEAST, Group, Keep, Run, Shown
from guiju.cleaning.duplicates.rules import decide, pieces_of
from guiju.data import (
    AsideReason,
    Item,
    bring_back,
    find_items,
    read_text,
    set_aside,
)
from guiju.data.intake.dialogues import excerpt_of
from guiju.data.model import Media
from guiju.kit import Page, PageRequest, decode_cursor, encode_cursor
from guiju.kit.paging import BadCursor
from guiju.people import Act
from guiju.projects import authorise
from guiju.storage import (
    Actor,
    BlobMissing,
    Event,
    House,
    Job,
    JobRun,
    JournalRow,
    Subscriber,
    Tx,
    ask_for_job,
    list_jobs,
)

SEARCH = "cleaning.near-search"
DECIDE = "cleaning.near-decide"


def run_search(run: JobRun) -> dict[str, object]:
    """The job; see `duplicates.running`."""
    from guiju.cleaning.duplicates.running import run_search as carry_out  # noqa: PLC0415 - NumPy

    return carry_out(run)


def _on_landed(tx: Tx, row: JournalRow) -> None:
    """Where near-duplicates were searched before, new items are placed at once."""
    before = store.find_run(tx.connection, int(row.project_id or 0))
    if before is not None:
        ask_for_job(tx, SEARCH, {"at_least": before.at_least}, project_id=row.project_id, actor_id=row.actor_id)


SUBSCRIBERS = [Subscriber("cleaning.near-search", frozenset({"data.landed"}), _on_landed)]


def ask_for_search(house: House, actor: Actor, project_id: int, *, request_id: str, at_least: float = AT_LEAST) -> int:
    """Ask for the job that searches the project; its id. Raises `BadLikeness`."""
    if not 0.5 <= at_least <= 1:
        raise BadLikeness(value=at_least)

    def ask(tx: Tx) -> int:
        tx.journal(Event(actor.id, "cleaning.near-asked", project_id, facts={"at_least": at_least}))
        return ask_for_job(tx, SEARCH, {"at_least": at_least}, project_id=project_id, actor_id=actor.id)

    def write(tx: Tx) -> int:
        authorise(tx.connection, actor, project_id, Act.IMPORT_DATA)
        return tx.once(request_id, actor.id, SEARCH, lambda: ask(tx))

    return house.write(write)


@dataclass(frozen=True, slots=True)
class Overview:
    """Where the groups of a project stand: waiting, decided, the latest search, jobs at work, the latest mass act."""

    waiting: int
    decided: int
    run: Run | None
    jobs: list[Job]
    bulk: tuple[int, int] | None


def look_at_groups(house: House, actor: Actor, project_id: int) -> Overview:
    with house.reading() as connection:
        authorise(connection, actor, project_id, Act.SEE_ITEMS)
        waiting, decided = store.count_groups(connection, project_id)
        jobs = [job for job in list_jobs(connection, project_id) if job.kind in {SEARCH, DECIDE}]
        moving = [job for job in jobs if not job.state.is_over]
        bulk = store.last_bulk(connection, project_id)
        return Overview(waiting, decided, store.find_run(connection, project_id), moving, bulk)


def list_groups(
    house: House, actor: Actor, project_id: int, request: PageRequest, *, is_open: bool = True
) -> Page[tuple[Group, list[Shown]]]:
    """Groups with their first members, side by side. Raises `BadCursor`."""
    key = decode_cursor(request.cursor) if request.cursor else [0]
    if len(key) != 1 or not isinstance(key[0], int):
        raise BadCursor(cursor=(request.cursor or "")[:40])
    with house.reading() as connection:
        authorise(connection, actor, project_id, Act.SEE_ITEMS)
        groups = store.list_groups(connection, project_id, is_open=is_open, after=key[0], limit=request.size + 1)
        shown = groups[: request.size]
        ids = [member.item_id for group in shown for member in group.members]
        items = find_items(connection, project_id, ids, withheld=False)
    cursor = encode_cursor([shown[-1].id]) if len(groups) > request.size else None
    return Page([(group, _shown(house, group, items)) for group in shown], cursor)


def _shown(house: House, group: Group, items: dict[int, Item]) -> list[Shown]:
    there = [(member, items[member.item_id]) for member in group.members if member.item_id in items]
    if not there or not group.media.is_written:
        return [Shown(member, item, []) for member, item in there]
    texts = [_text(house, item) for _, item in there]
    pieces = [[(texts[0][:2_000], False)], *(pieces_of(texts[0], text) for text in texts[1:])]
    return [Shown(member, item, told) for (member, item), told in zip(there, pieces, strict=True)]


def _text(house: House, item: Item) -> str:
    try:
        text = read_text(house, item)
    except BlobMissing:
        return ""
    return excerpt_of(text) if item.media is Media.DIALOGUE else text


def as_keep(said: str) -> Keep:
    """Raises `UnknownKeep`."""
    try:
        return Keep(said)
    except ValueError as error:
        raise UnknownKeep(keep=said[:40]) from error


def decide_group(
    house: House, actor: Actor, project_id: int, group_id: int, *, request_id: str, keep: Keep, kept: int | None = None
) -> Group:
    """Decide on a group, or decide anew: what a decision before set aside comes back first.

    `kept` is the item that stays, by default the first. Raises `GroupNotFound`, `NotInGroup`.
    """

    def act(tx: Tx) -> int:
        group = _get(tx.connection, project_id, group_id)
        _apply(tx, group, keep, kept, by=actor.id, job=None)
        tx.journal(Event(actor.id, "cleaning.near-decided", project_id, group_id, facts={"keep": keep}))
        return group_id

    def write(tx: Tx) -> int:
        authorise(tx.connection, actor, project_id, Act.IMPORT_DATA)
        return tx.once(request_id, actor.id, DECIDE, lambda: act(tx))

    house.write(write)
    with house.reading() as connection:
        return _get(connection, project_id, group_id)


def undo_group(house: House, actor: Actor, project_id: int, group_id: int, *, request_id: str) -> None:
    """As if nobody had decided. Raises `GroupNotFound`."""

    def act(tx: Tx) -> int:
        group = _get(tx.connection, project_id, group_id)
        _undo(tx, group)
        tx.journal(Event(actor.id, "cleaning.near-undone", project_id, group_id))
        return group_id

    def write(tx: Tx) -> int:
        authorise(tx.connection, actor, project_id, Act.IMPORT_DATA)
        return tx.once(request_id, actor.id, "cleaning.near-undo", lambda: act(tx))

    house.write(write)


def decide_all(
    house: House, actor: Actor, project_id: int, *, request_id: str, keep: Keep = Keep.ONE, at_least: float = AT_LEAST
) -> int:
    """Ask for the job that decides every waiting group whose members are as like as that; its id."""
    if not 0.5 <= at_least <= 1:
        raise BadLikeness(value=at_least)
    return _ask_to_decide(house, actor, project_id, request_id, {"keep": keep, "at_least": at_least})


def undo_all(house: House, actor: Actor, project_id: int, job_id: int, *, request_id: str) -> int:
    """Ask for the job that undoes what such a job decided, as far as it stands; its id."""
    return _ask_to_decide(house, actor, project_id, request_id, {"undo": job_id})


def _ask_to_decide(house: House, actor: Actor, project_id: int, request_id: str, payload: dict[str, object]) -> int:
    def ask(tx: Tx) -> int:
        tx.journal(Event(actor.id, "cleaning.near-decided", project_id, facts=payload))
        return ask_for_job(tx, DECIDE, payload, project_id=project_id, actor_id=actor.id)

    def write(tx: Tx) -> int:
        authorise(tx.connection, actor, project_id, Act.IMPORT_DATA)
        return tx.once(request_id, actor.id, "cleaning.near-decide-all", lambda: ask(tx))

    return house.write(write)


def run_decide(run: JobRun) -> dict[str, object]:
    """Decide or undo group by group; killed, it goes on: what is decided waits no more."""
    project_id, payload = int(run.job.project_id or 0), run.job.payload
    undone, done, after = payload.get("undo"), 0, 0
    at_least, keep = float(payload.get("at_least", AT_LEAST)), Keep(payload.get("keep", Keep.ONE))
    by, job = run.job.created_by, run.job.id
    with run.house.reading() as connection:
        total = store.count_groups(connection, project_id)[undone is not None]

    def act(tx: Tx, group: Group) -> None:
        if undone is not None:
            _undo(tx, group)
        else:
            _apply(tx, group, keep, None, by=by, job=job)

    while True:
        with run.house.reading() as connection:
            group = store.next_group(connection, project_id, after, job=undone, at_least=at_least)
        if group is None:
            return {"groups": done}
        after, done = group.id, done + 1
        run.advance(lambda tx, group=group: act(tx, group), done=done, total=total)


def _get(connection: Connection, project_id: int, group_id: int) -> Group:
    group = store.find_group(connection, project_id, group_id)
    if group is None:
        raise GroupNotFound(group=group_id)
    return group


def _apply(tx: Tx, group: Group, keep: Keep, kept: int | None, *, by: int | None, job: int | None) -> None:
    members = store.members_of(tx.connection, group.id)
    if not members:
        raise GroupNotFound(group=group.id)
    stays = members[0] if kept is None else kept
    if stays not in members:
        raise NotInGroup(item=stays)
    decision = decide(members, keep, stays)
    bring_back(tx, group.project_id, group.cause)
    store.set_decision(tx, group, keep, stays if keep.drops else None, by=by, job=job)
    set_aside(tx, group.project_id, decision.aside, AsideReason.DUPLICATE, cause=group.cause, by=by)
    store.set_weights(tx, group, decision.weights)


def _undo(tx: Tx, group: Group) -> None:
    bring_back(tx, group.project_id, group.cause)
    store.clear_decision(tx, group)


def split_keys(connection: Connection, project_id: int, items: Sequence[int]) -> dict[int, str]:
    """What each item must be split by: items with one key belong into the same part of any split.

    >>> split_keys(connection, project, [7, 8, 9])  # doctest: +SKIP
    {7: 'group:3', 8: 'group:3', 9: 'item:9'}
    """
    groups = store.groups_of(connection, project_id, items)
    return {item: f"group:{groups[item]}" if item in groups else f"item:{item}" for item in items}
