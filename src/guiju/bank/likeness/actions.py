"""The way of comparing is chosen, vectors are made and thrown away, and something becomes a point to compare with."""

from pathlib import Path

from sqlalchemy import Connection

from guiju.bank.errors import BankClosed
from guiju.bank.likeness import store
from guiju.bank.likeness.errors import WayUnknown, WouldGoOut
from guiju.bank.likeness.model import Likeness, Nearest
from guiju.people import Act, NotAllowed, may
from guiju.projects import list_projects_of
from guiju.scenes import View
from guiju.storage import (
    Actor,
    Event,
    House,
    JobRun,
    JobState,
    JournalRow,
    Subscriber,
    Tx,
    ask_for_job,
    find_live_job,
)
from guiju.vectors.names import LEAVING, NAMES, ways

INDEX, COMPACT = "bank.index", "bank.compact"


def default_way(medium: str) -> str:
    return NAMES[medium][0][0]


def ways_inside(medium: str, home: Path) -> tuple[tuple[str, str], ...]:
    """The ways that can be used here and send nothing out of the house."""
    return tuple(each for each in ways(medium, home) if each[0] not in LEAVING)


def way_of(connection: Connection, medium: str) -> str:
    return store.find_way(connection, medium) or default_way(medium)


def choose_way(house: House, actor: Actor, medium: str, way: str, request_id: str) -> None:
    """From now on the bank compares a medium this way; what it holds is computed anew in the background.

    Raises `NotAllowed` for all but admins, `WouldGoOut`, `WayUnknown`.
    """
    if not (actor.is_admin or actor.trusted):
        raise NotAllowed
    known = ways_inside(medium, house.home) if medium in set(View) else ()
    if way in LEAVING:
        raise WouldGoOut(way=way, known=", ".join(name for name, _ in known))
    if way not in dict(known):
        raise WayUnknown(way=way[:40], medium=medium[:20], known=", ".join(name for name, _ in known))

    def act(tx: Tx) -> int:
        store.set_way(tx, medium, way, actor.id)
        tx.journal(Event(actor.id, "bank.way-chosen", None, None, facts={"medium": medium, "way": way}))
        _ask(tx, INDEX, actor.id)
        return 0

    house.write(lambda tx: tx.once(request_id, actor.id, "bank.way", lambda: act(tx)))


def ask_to_index(house: House, actor: Actor, request_id: str) -> None:
    """Look for deposits without a vector now. Raises `NotAllowed` for all but admins."""
    if not (actor.is_admin or actor.trusted):
        raise NotAllowed
    house.write(lambda tx: tx.once(request_id, actor.id, "bank.index", lambda: _ask(tx, INDEX, actor.id)))


def _ask(tx: Tx, kind: str, actor_id: int | None) -> int:
    """One that waits will see all there is; one that runs may have looked already."""
    live = find_live_job(tx.connection, kind, {}, None)
    if live is not None and live.state is JobState.QUEUED:
        return live.id
    return ask_for_job(tx, kind, {}, project_id=None, actor_id=actor_id)


def _on_deposited(tx: Tx, row: JournalRow) -> None:
    _ask(tx, INDEX, row.actor_id)


def _on_withdrawn(tx: Tx, row: JournalRow) -> None:
    _ask(tx, COMPACT, row.actor_id)


SUBSCRIBERS = [
    Subscriber("bank.likeness", frozenset({"bank.deposited"}), _on_deposited),
    Subscriber("bank.likeness.gone", frozenset({"bank.withdrawn", "data.taken-back"}), _on_withdrawn),
]


def run_index(run: JobRun) -> dict[str, object]:
    """Vectors of all that has none, and a new index where too much stands outside it."""
    from guiju.bank.likeness.making.comparing import index_all  # noqa: PLC0415 - NumPy, which only comparing needs

    return index_all(run)


def run_compact(run: JobRun) -> dict[str, object]:
    """Take the vectors of what no longer stands out of every file, of ways that are not used any longer, too."""
    from guiju.bank.likeness.making.comparing import compact_all  # noqa: PLC0415 - NumPy, which only comparing needs

    return compact_all(run)


JOBS = {INDEX: run_index, COMPACT: run_compact}


def read_likeness(house: House, actor: Actor) -> list[Likeness]:
    """How each medium is compared and how far that is done. Raises `NotAllowed` for all but admins."""
    from guiju.bank.likeness.making.comparing import likeness_of  # noqa: PLC0415 - NumPy, which only comparing needs

    if not (actor.is_admin or actor.trusted):
        raise NotAllowed
    return [likeness_of(house, view) for view in View]


def point_of(house: House, like: str) -> Nearest:
    """What is to be compared with: the number of a deposit, `picture:` and what `keep_picture` said, or any text.

    Whether the deposit may be seen is the asker's business. Raises `NotCompared`, `PictureForgotten`.
    """
    from guiju.bank.likeness.making import comparing  # noqa: PLC0415 - NumPy, which only comparing needs

    return comparing.point_of(house, like)


def keep_picture(house: House, actor: Actor, name: str, content: bytes) -> str:
    """Something to say as `like` for a picture that is not in the house; the picture itself is not kept, and what it
    is compared by lies in the scratch folder, which is thrown away. Raises `BankClosed`, `PictureUnreadable`,
    `NotCompared`."""
    from guiju.bank.likeness.making import comparing  # noqa: PLC0415 - NumPy, which only comparing needs

    with house.reading() as connection:
        leads = any(may(one.roles, Act.DRAW_FROM_BANK) for one in list_projects_of(connection, actor.id))
    if not (leads or actor.is_admin or actor.trusted):
        raise BankClosed

    return comparing.keep_picture(house, name, content)
