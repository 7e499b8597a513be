"""What a draft would touch: asked for, measured by a job, looked at."""

from dataclasses import dataclass

from guiju.data import Item, find_items
from guiju.findings.picks.actions import make_pick
from guiju.findings.picks.model import Of
from guiju.kit import sha256_hex
from guiju.people import Act
from guiju.planning.amendments.actions import drafted_clauses
from guiju.planning.impact import store
from guiju.planning.impact.errors import NotMeasured
from guiju.planning.impact.model import Impact
from guiju.planning.impact.rules import amended_touches
from guiju.projects import Project, authorise
from guiju.rulebooks import Draft, NothingToPublish, compile_document, get_draft, latest_published
from guiju.storage import Actor, Event, House, Job, JobRun, Tx, ask_for_job, find_job

MEASURE_IMPACT = "rulebook.impact"
MOST_SHOWN = 200


def ask_for_impact(house: House, actor: Actor, project_id: int, *, request_id: str) -> int:
    """Have it measured what publishing the saved draft would touch; the job, or the one that is at it.

    Raises `NothingToPublish`, and `RulebookHasProblems` of a draft with errors.
    """
    draft = get_draft(house, actor, project_id)
    if not draft.is_saved:
        raise NothingToPublish
    compile_document(draft.document)

    def ask(tx: Tx) -> int:
        known = store.find_impact(tx.connection, project_id)
        job = find_job(tx.connection, known[0]) if known else None
        if job is not None and not job.state.is_over and job.payload.get("revision") == draft.revision:
            return job.id
        payload = {"document": draft.document, "revision": draft.revision}
        made = ask_for_job(tx, MEASURE_IMPACT, payload, project_id=project_id, actor_id=actor.id)
        store.put_job(tx, project_id, made)
        tx.journal(Event(actor.id, "rulebook.impact-asked", project_id, made, facts={"revision": draft.revision}))
        return made

    def write(tx: Tx) -> int:
        authorise(tx.connection, actor, project_id, Act.WRITE_RULEBOOK)
        return tx.once(request_id, actor.id, f"rulebook.impact.{project_id}", lambda: ask(tx))

    return house.write(write)


def run_impact(run: JobRun) -> dict[str, object]:
    """The job: the draft as it was when it was asked for, against the version that is in force now."""
    from guiju.planning.impact.running import measure  # noqa: PLC0415 - NumPy

    project_id, document = int(run.job.project_id or 0), str(run.job.payload["document"])
    draft = compile_document(document)
    with run.house.reading() as connection:
        before = latest_published(connection, project_id)
        amended = amended_touches(drafted_clauses(connection, project_id), draft.rulebook)
    told = before.rulebook if before else None
    measured = measure(run, project_id, told, draft, digest=draft.digest, amended=amended)
    run.advance(lambda tx: store.put_measured(tx, project_id, measured), done=measured.examined)
    return {"examined": measured.examined, "touched": measured.touched}


@dataclass(frozen=True, slots=True)
class Looked:
    """The draft, what was measured of it or of an earlier save, the job at work, and the items that are shown."""

    project: Project
    draft: Draft
    measured: Impact | None
    is_of_now: bool
    job: Job | None
    items: dict[int, Item]


def look_at_impact(house: House, actor: Actor, project_id: int) -> Looked:
    """What the page shows; `measured` is `None` before the first time."""
    draft = get_draft(house, actor, project_id)
    with house.reading() as connection:
        known = store.find_impact(connection, project_id)
        job = find_job(connection, known[0]) if known else None
        measured = known[1] if known else None
        shown = _shown(measured) if measured else []
        items = find_items(connection, project_id, shown, withheld=False)
    is_of_now = bool(measured and measured.digest == sha256_hex(draft.document.encode()))
    running = job if job and not job.state.is_over else None
    return Looked(draft.project, draft, measured, is_of_now, running, items)


def _shown(measured: Impact) -> list[int]:
    found = [item for each in (*measured.changes, *measured.refused) for item in each.shown]
    return list(dict.fromkeys(found))[:MOST_SHOWN]


def pick_touched(house: House, actor: Actor, project_id: int) -> int:
    """The touched items (the first of very many) as a pick, from which a recheck or a question is opened.

    Raises `NotMeasured`, and what picking raises.
    """
    looked = look_at_impact(house, actor, project_id)
    if looked.measured is None:
        raise NotMeasured
    return make_pick(house, actor, project_id, of=Of.RULE, details={}, items=looked.measured.listed)
