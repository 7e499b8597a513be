"""Searching, for whom may see items: a page costs what it shows, whatever the project holds."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from guiju.data import find_items
from guiju.data.words import query_tokens
from guiju.findings.marks import bring_up, labels_of_items
from guiju.findings.search import store
from guiju.findings.search.errors import SearchNameTaken, SearchNotFound, SearchUnnamed
from guiju.findings.search.indexing import ask_for_unread
from guiju.findings.search.model import Found, Kept, Result, Search, State
from guiju.findings.search.rules import facts_of
from guiju.kit import PageRequest, decode_cursor, encode_cursor
from guiju.kit.paging import BadCursor
from guiju.people import Act, may
from guiju.projects import authorise
from guiju.storage import Actor, Event, House, Tx

NAME_CHARACTERS = 80
# A page looks at no more items than this; where they do not fill it, it says so and the next one goes on behind them.
MOST_EXAMINED = 10_000
COUNTED_UP_TO = 10_000
# So many of the nearest are listed: farther ones are not like it any more.
MOST_ALIKE = 200
_WINDOWS = (200, 1_000)
_LAST = 2**62
Driver = Callable[[Connection, int, int], list[int]]


@dataclass(frozen=True, slots=True)
class Walk:
    """What came of looking for a page: ids in order, and the item behind which it goes on (`None` at the end)."""

    ids: list[int]
    behind: int | None


@dataclass(frozen=True, slots=True)
class Alike:
    """Items, the nearest first, and the part of a picture they are like where one was drawn."""

    ids: list[int]
    part: bytes | None = None


def search_items(house: House, actor: Actor, project_id: int, wanted: Search, page: PageRequest) -> Result:
    """A page of the items that are found, the newest first. Raises as `authorise` does, and `BadCursor`."""
    with house.reading() as connection:
        authorise(connection, actor, project_id, Act.SEE_ITEMS)
        unread = store.count_unread(connection, project_id)
    if unread:
        house.write(lambda tx: ask_for_unread(tx, project_id))
    up_to_date = bring_up(house, project_id)
    before = _before(page.cursor)
    alike = _alike(house, project_id, wanted)
    with house.reading() as connection:
        if alike is None:
            walk = look_for(connection, project_id, wanted, before, page.size)
        else:
            walk = Walk(_fitting(connection, project_id, wanted, alike.ids)[: page.size], None)
        rows = _rows(connection, project_id, walk.ids)
    cursor = encode_cursor([walk.behind]) if walk.behind is not None else None
    return Result(rows, cursor, unread, not up_to_date, alike.part if alike else None)


def count_found(house: House, actor: Actor, project_id: int, wanted: Search) -> int | None:
    """How many items are found, up to `COUNTED_UP_TO` and one; `None` where it would have to look at each."""
    words = query_tokens(wanted.q)
    with house.reading() as connection:
        authorise(connection, actor, project_id, Act.SEE_ITEMS)
        if wanted.label or wanted.like or wanted.scene is not None or wanted.state is not State.ANY:
            return None
        return store.count_up_to(connection, _said(project_id, wanted, words), COUNTED_UP_TO + 1)


def _before(cursor: str | None) -> int:
    if not cursor:
        return _LAST
    key = decode_cursor(cursor)
    if len(key) != 1 or not isinstance(key[0], int):
        raise BadCursor(cursor=cursor[:40])
    return key[0]


def _alike(house: House, project_id: int, wanted: Search) -> Alike | None:
    """What is like what is wanted; `None` where nothing is asked of that. Raises `NoMap`, and what a region raises."""
    if not wanted.like:
        return None
    from guiju.scenes.making.alike import items_like, items_like_region  # noqa: PLC0415 - NumPy, which only this needs

    if wanted.region is None:
        return Alike(items_like(house, project_id, wanted.like, MOST_ALIKE))
    return Alike(*items_like_region(house, project_id, int(wanted.like), wanted.region, MOST_ALIKE))


def _fitting(connection: Connection, project_id: int, wanted: Search, ids: Sequence[int]) -> list[int]:
    words = query_tokens(wanted.q)
    if wanted.q and not words:
        return []
    found = store.keep_fitting(connection, project_id, wanted, ids)
    return store.with_words(connection, words, found) if words else found


def choose_all(house: House, project_id: int, wanted: Search) -> list[int]:
    """Every item that is found, in the order of its list. Raises `NoMap`."""
    alike = _alike(house, project_id, wanted)
    with house.reading() as connection:
        if alike is not None:
            return _fitting(connection, project_id, wanted, alike.ids)
        return [each for _, fitting in windows(connection, project_id, wanted) for each in fitting]


def look_for(connection: Connection, project_id: int, wanted: Search, before: int, limit: int) -> Walk:
    """`limit` items that fit, from before the item `before`, with at most `MOST_EXAMINED` looked at."""
    found: list[int] = []
    examined = 0
    for candidates, fitting in windows(connection, project_id, wanted, before):
        found += fitting
        examined += len(candidates)
        if len(found) > limit:
            return Walk(found[:limit], found[limit - 1])
        if examined >= MOST_EXAMINED:
            return Walk(found, candidates[-1])
    return Walk(found, None)


def windows(
    connection: Connection, project_id: int, wanted: Search, before: int = _LAST
) -> Iterator[tuple[list[int], list[int]]]:
    """Candidates, newest first, a window at a time, and those of them that fit."""
    words = query_tokens(wanted.q)
    if wanted.q and not words:
        return  # nothing but punctuation: no text is found by that
    by_words = bool(words) and not (wanted.label and _is_rarer(connection, project_id, wanted, words))
    drive = _by_words(_said(project_id, wanted, words)) if by_words else _by_filter(project_id, wanted)
    size = _WINDOWS[0]
    while candidates := drive(connection, before, size):
        fitting = store.keep_fitting(connection, project_id, wanted, candidates)
        if words and not by_words:
            fitting = store.with_words(connection, words, fitting)
        yield candidates, fitting
        if len(candidates) < size:
            return
        before, size = candidates[-1], _WINDOWS[1]


def _by_words(said: Sequence[str]) -> Driver:
    return lambda connection, before, n: store.ids_by_words(connection, said, before, n)


def _by_filter(project_id: int, wanted: Search) -> Driver:
    """Without words, the index that yields the fewest candidates."""
    if wanted.scene is not None:
        scene = wanted.scene
        return lambda c, before, n: store.ids_by_scene(c, scene, before, n)
    if wanted.label:
        return lambda c, before, n: store.ids_by_label(c, project_id, wanted.label, before, n)
    if wanted.state in {State.ASIDE, State.RESOLVED} and wanted.source is None:
        return lambda c, before, n: store.ids_by_state(c, project_id, wanted.state, before, n)
    return lambda c, before, n: store.ids_in_order(c, project_id, wanted, before, n)


def _said(project_id: int, wanted: Search, words: Sequence[str]) -> list[str]:
    """What the index is asked for: the words, and what never changes about the items that are wanted."""
    return [*facts_of(project_id, wanted.source, wanted.media), *words]


def _is_rarer(connection: Connection, project_id: int, wanted: Search, words: Sequence[str]) -> bool:
    """Whether fewer items have the label than the words."""
    look = 2_000
    with_label = len(store.ids_by_label(connection, project_id, wanted.label, _LAST, look))
    return with_label < look and with_label < store.count_up_to(connection, _said(project_id, wanted, words), look)


def _rows(connection: Connection, project_id: int, ids: Sequence[int]) -> list[Found]:
    items = find_items(connection, project_id, ids, withheld=False)
    labels, states = labels_of_items(connection, ids), store.states_of(connection, ids)
    return [Found(items[each], tuple(labels.get(each, ())), *states[each]) for each in ids if each in items]


# Searches that are kept


def keep_search(house: House, actor: Actor, project_id: int, *, request_id: str, name: str, wanted: Search) -> int:
    """Keep a search under a name, for everybody who may see the items. Raises `SearchUnnamed`, `SearchNameTaken`."""
    called = " ".join(name.split())

    def write(tx: Tx) -> int:
        authorise(tx.connection, actor, project_id, Act.SEE_ITEMS)
        if not called or len(called) > NAME_CHARACTERS or wanted.is_empty:
            raise SearchUnnamed(limit=NAME_CHARACTERS)
        return tx.once(request_id, actor.id, f"search.keep.{project_id}", lambda: _keep(tx, called))

    def _keep(tx: Tx, called: str) -> int:
        if any(each.name == called for each in store.list_kept(tx.connection, project_id)):
            raise SearchNameTaken(name=called)
        kept = store.insert_kept(tx, project_id, called, wanted.link, actor.id)
        tx.journal(Event(actor.id, "search.kept", project_id, kept))
        return kept

    try:
        return house.write(write)
    except IntegrityError as error:
        raise SearchNameTaken(name=called) from error


def list_kept_searches(house: House, actor: Actor, project_id: int) -> list[Kept]:
    with house.reading() as connection:
        authorise(connection, actor, project_id, Act.SEE_ITEMS)
        return store.list_kept(connection, project_id)


def forget_search(house: House, actor: Actor, project_id: int, kept_id: int) -> None:
    """Remove a kept search: its maker may, and whoever leads the project. Raises `SearchNotFound`."""

    def write(tx: Tx) -> None:
        standing = authorise(tx.connection, actor, project_id, Act.SEE_ITEMS)
        kept = next((each for each in store.list_kept(tx.connection, project_id) if each.id == kept_id), None)
        if kept is None:
            raise SearchNotFound(search=kept_id)
        if kept.created_by != actor.id and not actor.trusted and not may(standing.roles, Act.CHANGE_PROJECT):
            authorise(tx.connection, actor, project_id, Act.CHANGE_PROJECT)
        store.delete_kept(tx, kept_id)
        tx.journal(Event(actor.id, "search.forgotten", project_id, kept_id))

    house.write(write)
