"""A change of labels: asked for and read, decided and done, undone."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import msgspec

from guiju.data import Item, find_items
from guiju.findings.marks.actions import bring_up
from guiju.findings.marks.store import list_labels
from guiju.people import Act, may
from guiju.planning.relabelling import errors, store
from guiju.planning.relabelling.deciding import decider
from guiju.planning.relabelling.model import Asked, Kind, Recheck, Relabelling, State
from guiju.planning.relabelling.rules import check_asked
from guiju.planning.relabelling.wording import prepare
from guiju.projects import Standing, authorise
from guiju.rulebooks import (
    CompiledRulebook,
    Difference,
    NoRulebook,
    Proposal,
    differences,
    get_published,
    latest_published,
    parse_rulebook,
)
from guiju.storage import Actor, Event, House, Job, Tx, ask_for_job, find_job

READ = "relabel.read"
ACT = "relabel.act"


def propose(house: House, actor: Actor, project_id: int, asked: Asked, *, request_id: str) -> int:
    """Have the answers read for a change of labels; nothing that holds is changed. Returns the change.

    Raises by name what cannot be asked, and what trying the new document raises.
    """
    with house.reading() as connection:
        authorise(connection, actor, project_id, Act.WRITE_RULEBOOK)
        rulebook = latest_published(connection, project_id)
    if rulebook is None:
        raise NoRulebook
    asked = _plain(asked, rulebook)
    check_asked(asked, rulebook.rulebook)
    prepare(house, project_id, asked)
    with house.reading() as connection:
        decider(house, connection, project_id, asked, rulebook)

    def make(tx: Tx) -> int:
        made = store.insert_relabelling(
            tx,
            asked=asked,
            act=asked.kind,
            project_id=project_id,
            state=State.READING,
            before_id=rulebook.id,
            created_by=actor.id,
        )
        job = ask_for_job(tx, READ, {"relabelling": made}, project_id=project_id, actor_id=actor.id)
        store.update_relabelling(tx, made, job_id=job)
        facts = {"asked": msgspec.to_builtins(asked)}
        tx.journal(Event(actor.id, "rulebook.relabelling-asked", project_id, made, facts=facts))
        return made

    def write(tx: Tx) -> int:
        authorise(tx.connection, actor, project_id, Act.WRITE_RULEBOOK)
        return tx.once(request_id, actor.id, f"rulebook.relabel.{project_id}", lambda: make(tx))

    return house.write(write)


def _plain(asked: Asked, rulebook: CompiledRulebook) -> Asked:
    """Into a label that exists already, that label is merged as well."""
    goal = asked.targets[0].id if len(asked.targets) == 1 else ""
    sources = list(dict.fromkeys(asked.sources))
    if goal in rulebook.labels and goal not in sources:
        sources.append(goal)
    return msgspec.structs.replace(asked, sources=sources, reason=asked.reason.strip()[:1_000])


def act_on(house: House, actor: Actor, project_id: int, relabelling_id: int, *, request_id: str) -> int:
    """Do what was read; returns the job.

    Raises `RelabellingNotFound`, `NotReady`, `ReadAgain`, `AnotherAtWork`.
    """

    def ask(tx: Tx) -> int:
        mine = _of(tx, project_id, relabelling_id)
        if mine.state is not State.READY:
            raise errors.NotReady(state=mine.state.value)
        latest = latest_published(tx.connection, project_id)
        if latest is None or latest.id != mine.before_id:
            raise errors.ReadAgain
        return _start(tx, actor, project_id, mine.id)

    def write(tx: Tx) -> int:
        standing = authorise(tx.connection, actor, project_id, Act.PUBLISH_RULEBOOK)
        del standing
        return tx.once(request_id, actor.id, f"rulebook.relabel.act.{relabelling_id}", lambda: ask(tx))

    return house.write(write)


def _start(tx: Tx, actor: Actor, project_id: int, relabelling_id: int) -> int:
    if store.is_at_work(tx.connection, project_id):
        raise errors.AnotherAtWork
    job = ask_for_job(tx, ACT, {"relabelling": relabelling_id}, project_id=project_id, actor_id=actor.id)
    store.update_relabelling(tx, relabelling_id, state=State.ACTING, job_id=job)
    facts = {"relabelling": relabelling_id}
    tx.journal(Event(actor.id, "rulebook.relabelling-decided", project_id, relabelling_id, facts=facts))
    return job


def _of(tx: Tx, project_id: int, relabelling_id: int) -> Relabelling:
    found = store.find_relabelling(tx.connection, project_id, relabelling_id)
    if found is None:
        raise errors.RelabellingNotFound(relabelling=relabelling_id)
    return found


def discard(house: House, actor: Actor, project_id: int, relabelling_id: int, *, request_id: str) -> None:
    """Do not do it; what was read is forgotten. Raises `RelabellingNotFound`, `NotReady`."""

    def act(tx: Tx) -> int:
        mine = _of(tx, project_id, relabelling_id)
        if mine.state not in {State.READY, State.READING}:
            raise errors.NotReady(state=mine.state.value)
        store.update_relabelling(tx, mine.id, state=State.DISCARDED)
        tx.journal(Event(actor.id, "rulebook.relabelling-discarded", project_id, mine.id))
        return mine.id

    def write(tx: Tx) -> None:
        authorise(tx.connection, actor, project_id, Act.WRITE_RULEBOOK)
        tx.once(request_id, actor.id, f"rulebook.relabel.discard.{relabelling_id}", lambda: act(tx))

    house.write(write)


def undo(house: House, actor: Actor, project_id: int, relabelling_id: int, *, reason: str, request_id: str) -> int:
    """Put everything back as it was before an act, but for what somebody answered since; returns the act that does.

    Undoing that act does the first one again. Raises `RelabellingNotFound`, `NotReady`, `AnotherAtWork`,
    `ReasonMissing`.
    """

    def make(tx: Tx) -> int:
        mine = _of(tx, project_id, relabelling_id)
        if mine.state is not State.DONE or store.find_undoing(tx.connection, mine.id):
            raise errors.NotReady(state=mine.state.value)
        if not reason.strip():
            raise errors.ReasonMissing
        asked = msgspec.structs.replace(mine.asked, reason=reason.strip()[:1_000], recheck=Recheck.NONE)
        latest = latest_published(tx.connection, project_id)
        made = store.insert_relabelling(
            tx,
            asked=asked,
            act=Kind.UNDO,
            project_id=project_id,
            state=State.READY,
            before_id=latest.id if latest else mine.before_id,
            undoes=mine.id,
            created_by=actor.id,
        )
        _start(tx, actor, project_id, made)
        return made

    def write(tx: Tx) -> int:
        authorise(tx.connection, actor, project_id, Act.PUBLISH_RULEBOOK)
        return tx.once(request_id, actor.id, f"rulebook.relabel.undo.{relabelling_id}", lambda: make(tx))

    return house.write(write)


@dataclass(frozen=True, slots=True)
class LabelsSeen:
    """The labels in force with how many items hold each, and the changes there were."""

    standing: Standing
    rulebook: CompiledRulebook | None
    counts: Mapping[str, int]
    is_counted: bool
    past: list[Relabelling]
    may_write: bool


def look_at_labels(house: House, actor: Actor, project_id: int) -> LabelsSeen:
    with house.reading() as connection:
        standing = authorise(connection, actor, project_id, Act.WRITE_RULEBOOK)
    counted = bring_up(house, project_id)
    with house.reading() as connection:
        rulebook = latest_published(connection, project_id)
        counts = dict(list_labels(connection, project_id))
        past = store.list_relabellings(connection, project_id)
    return LabelsSeen(standing, rulebook, counts, counted, past, may(standing.roles, Act.WRITE_RULEBOOK))


@dataclass(frozen=True, slots=True)
class Looked:
    """One change of labels as its page shows it.

    `since` answers that hold now were given in the old labels after it; `standing_now` of its answers still hold.
    `undone_by` is the act that undid it.
    """

    standing: Standing
    mine: Relabelling
    before: CompiledRulebook
    proposal: Proposal | None
    changes: list[Difference]
    job: Job | None
    last: Job | None
    items: dict[int, Item]
    holding: int
    since: int
    undone_by: int | None
    is_outdated: bool
    may_act: bool


def look_at(house: House, actor: Actor, project_id: int, relabelling_id: int) -> Looked:
    """Raises `RelabellingNotFound`."""
    with house.reading() as connection:
        standing = authorise(connection, actor, project_id, Act.WRITE_RULEBOOK)
        mine = store.find_relabelling(connection, project_id, relabelling_id)
        if mine is None:
            raise errors.RelabellingNotFound(relabelling=relabelling_id)
        latest = latest_published(connection, project_id)
        before = get_published(connection, mine.before_id)
        after = get_published(connection, mine.after_id) if mine.after_id else None
        job = find_job(connection, mine.job_id) if mine.job_id else None
        found = mine.found
        shown = [*found.shown, *found.shown_together, *found.shown_refused] if found else []
        items = find_items(connection, project_id, [one.item for one in shown], withheld=False)
        holding = store.count_made(connection, mine.came_of) if mine.came_of else 0
        since = store.count_since(connection, mine)
        undone_by = store.find_undoing(connection, mine.id)
    outdated = latest is None or latest.id != mine.before_id
    proposal, changes = None, list[Difference]()
    if after is not None:
        changes = differences(before.rulebook, after.rulebook)
    elif mine.state in {State.READY, State.READING} and not outdated:
        prepared = prepare(house, project_id, mine.asked)
        proposal = prepared.proposal
        changes = differences(before.rulebook, replace(parse_rulebook(prepared.document), version=before.version))
    running = job if job and not job.state.is_over else None
    may_act = may(standing.roles, Act.PUBLISH_RULEBOOK)
    told = (running, job, items, holding, since, undone_by, outdated, may_act)
    return Looked(standing, mine, before, proposal, changes, *told)
