"""What pages and API read of contributions, authorised."""

from collections.abc import Sequence

from guiju.collecting import store
from guiju.collecting.model import Contribution, Person, State
from guiju.kit import Page, PageRequest, decode_cursor, encode_cursor
from guiju.kit.paging import BadCursor
from guiju.people import Act
from guiju.projects import Standing, authorise
from guiju.storage import Actor, House


def standing_of(house: House, actor: Actor, project_id: int) -> Standing:
    """Who may see what people gave sees the project's items. Raises as `authorise` does."""
    with house.reading() as connection:
        return authorise(connection, actor, project_id, Act.SEE_ITEMS)


def list_given(
    house: House, actor: Actor, project_id: int, wanted: PageRequest, states: Sequence[State] = ()
) -> Page[tuple[Contribution, str, str]]:
    """A page of a project's contributions, the newest first, each with its giver's name and its prompt."""
    before: int | None = None
    if wanted.cursor:
        key = decode_cursor(wanted.cursor)
        if len(key) != 1 or not isinstance(key[0], int):
            raise BadCursor(cursor=wanted.cursor[:40])
        before = key[0]
    standing_of(house, actor, project_id)
    with house.reading() as connection:
        rows = store.list_contributions(connection, project_id, before=before, limit=wanted.size + 1, states=states)
    more = len(rows) > wanted.size
    rows = rows[: wanted.size]
    return Page(rows, encode_cursor([rows[-1][0].id]) if more else None)


def list_givers(house: House, actor: Actor, project_id: int) -> list[Person]:
    """Everybody who agreed to something or gave something."""
    standing_of(house, actor, project_id)
    with house.reading() as connection:
        return store.list_people(connection, project_id)


def count_items_made(house: House, actor: Actor, project_id: int) -> int:
    """How many of the project's contributions became items somewhere."""
    standing_of(house, actor, project_id)
    with house.reading() as connection:
        return store.count_harvested(connection, project_id)
