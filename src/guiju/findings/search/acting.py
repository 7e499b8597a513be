"""What is done with a search's result: its items are set aside by hand, or brought back."""

from collections.abc import Sequence
from urllib.parse import parse_qsl

from guiju.data import AsideReason, bring_items_back, set_aside
from guiju.findings.search.actions import choose_all
from guiju.findings.search.errors import NothingChosen
from guiju.findings.search.model import Search
from guiju.findings.search.rules import read_search
from guiju.people import Act
from guiju.projects import authorise
from guiju.storage import Actor, Event, House, JobRun, Tx, ask_for_job

SET_ASIDE = "findings.set-aside"
CAUSE = "hand"
MOST_CHOSEN = 1_000


def set_items_aside(
    house: House, actor: Actor, project_id: int, *, request_id: str, items: Sequence[int], back: bool = False
) -> int:
    """Give these items out no more, or (`back`) again; how many that changed. Raises `NothingChosen`."""
    chosen = sorted(set(items))[:MOST_CHOSEN]

    def act(tx: Tx) -> int:
        n = _change(tx, project_id, chosen, actor.id, back=back)
        tx.journal(Event(actor.id, _event(back=back), project_id, facts={"items": n}))
        return n

    def write(tx: Tx) -> int:
        authorise(tx.connection, actor, project_id, Act.IMPORT_DATA)
        if not chosen:
            raise NothingChosen
        return tx.once(request_id, actor.id, f"items.aside.{project_id}", lambda: act(tx))

    return house.write(write)


def set_all_aside(
    house: House, actor: Actor, project_id: int, *, request_id: str, wanted: Search, back: bool = False
) -> int:
    """Ask for the job that does it with all that a search finds; its id. Raises `NothingChosen` for an empty search."""

    def write(tx: Tx) -> int:
        authorise(tx.connection, actor, project_id, Act.IMPORT_DATA)
        if wanted.is_empty:
            raise NothingChosen
        asked = {"search": wanted.link, "back": back}
        return tx.once(
            request_id,
            actor.id,
            f"items.all-aside.{project_id}",
            lambda: ask_for_job(tx, SET_ASIDE, asked, project_id=project_id, actor_id=actor.id),
        )

    return house.write(write)


def run_set_aside(run: JobRun) -> dict[str, object]:
    """Window after window, the newest first; what was done stays done when it is stopped, and is done once."""
    wanted, back = read_search(dict(parse_qsl(run.job.payload["search"]))), bool(run.job.payload["back"])
    project_id, actor_id = int(run.job.project_id or 0), run.job.created_by
    changed = seen = 0
    chosen = choose_all(run.house, project_id, wanted)
    for start in range(0, len(chosen), MOST_CHOSEN):
        part = chosen[start : start + MOST_CHOSEN]
        counted: list[int] = []

        def write(tx: Tx, part: list[int] = part, counted: list[int] = counted) -> None:
            counted[:] = [_change(tx, project_id, part, actor_id, back=back)]

        seen += len(part)
        run.advance(write, done=seen, total=len(chosen))
        changed += counted[0]

    def tell(tx: Tx) -> None:
        tx.journal(Event(actor_id, _event(back=back), project_id, facts={"items": changed}))

    run.advance(tell, done=seen)
    return {"items": changed}


def _change(tx: Tx, project_id: int, items: Sequence[int], by: int | None, *, back: bool) -> int:
    if back:
        return bring_items_back(tx, project_id, items, CAUSE)
    return set_aside(tx, project_id, items, AsideReason.PERSON, cause=CAUSE, by=by)


def _event(*, back: bool) -> str:
    return "items.brought-back" if back else "items.set-aside"
