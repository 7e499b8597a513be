"""An analysis is asked for, carried out as a job, kept, and read by whoever may see reports."""

from dataclasses import dataclass

import msgspec

from guiju.briefs import get_current_brief
from guiju.data import count_items
from guiju.findings.analysis import rules, store
from guiju.findings.analysis.doubting import find_doubts
from guiju.findings.analysis.missing import find_missing
from guiju.findings.analysis.model import Analysis, Cross, FieldFigures
from guiju.findings.marks import count_all
from guiju.kit import iso
from guiju.people import Act
from guiju.projects import authorise
from guiju.storage import Actor, Event, House, Job, JobRun, Tx, ask_for_job, find_job

ANALYSE = "findings.analyse"
MOST_GROUPS = 100


@dataclass(frozen=True, slots=True)
class Kept:
    """The last analysis (`None` before the first), when it was made, and the job that is at work on the next one."""

    analysis: Analysis | None
    made_at: int | None
    job: Job | None


def look_at_analysis(house: House, actor: Actor, project_id: int) -> Kept:
    """The last analysis, for whom may see reports."""
    with house.reading() as connection:
        authorise(connection, actor, project_id, Act.SEE_REPORTS)
        row = store.find_kept(connection, project_id)
        job = find_job(connection, row.job_id) if row and row.job_id else None
    analysis = msgspec.json.decode(row.document, type=Analysis) if row and row.document else None
    return Kept(
        analysis, row.made_at if row else None, job if job and (not job.state.is_over or not analysis) else None
    )


def ask_to_analyse(house: House, actor: Actor, project_id: int) -> int:
    """The job that looks at the labels together; one that is at work already is not asked for twice."""

    def write(tx: Tx) -> int:
        authorise(tx.connection, actor, project_id, Act.SEE_REPORTS)
        row = store.find_kept(tx.connection, project_id)
        job = find_job(tx.connection, row.job_id) if row and row.job_id else None
        if job is not None and not job.state.is_over:
            return job.id
        asked = ask_for_job(tx, ANALYSE, {}, project_id=project_id, actor_id=actor.id)
        store.keep(tx, project_id, job_id=asked)
        tx.journal(Event(actor.id, "findings.asked", project_id, asked))
        return asked

    return house.write(write)


def run_analysis(run: JobRun) -> dict[str, object]:
    """The job. Nothing of it is seen until the whole document takes the place of the one before."""
    project_id = int(run.job.project_id or 0)
    count_all(run)
    analysis = _analyse(run, project_id)
    document = msgspec.json.encode(analysis).decode()

    def keep(tx: Tx) -> None:
        store.keep(tx, project_id, document=document, made_at=tx.at)

    run.advance(keep, done=len(analysis.fields), total=len(analysis.fields))
    doubts = sum(each.doubts.found for each in analysis.fields if each.doubts)
    return {"fields": len(analysis.fields), "doubts": doubts}


def _analyse(run: JobRun, project_id: int) -> Analysis:
    with run.house.reading() as connection:
        items, resolved = count_items(connection, project_id), store.count_resolved(connection, project_id)
        labels = store.count_labels(connection, project_id)
        sizes = store.count_items_of_fields(connection, project_id)
        sources, annotators = store.by_source(connection, project_id), store.by_annotator(connection, project_id)
        weeks = store.by_week(connection, project_id)
        pairs = store.count_together(connection, project_id)
        scenes, scene_names = store.by_scene(connection, project_id)
        contrary = {field: store.contrary_groups(connection, project_id, field, MOST_GROUPS) for field in labels}
    named = {key: iso(int(key))[:10] for of in weeks.values() for key, _ in of}
    fields: list[FieldFigures] = []
    for place, field in enumerate(sorted(labels)):
        run.advance(done=place, total=len(labels))
        counts = labels[field]
        rows = rules.label_rows(counts, sizes[field])
        order = [row.label for row in rows]
        made = (
            rules.cross_of("source", sources[0].get(field, {}), sources[1], order),
            rules.cross_of("annotator", annotators[0].get(field, {}), annotators[1], order),
            rules.cross_of("week", weeks.get(field, {}), named, order),
        )
        crosses: list[Cross] = [each for each in made if each is not None]
        balance = rules.balance_of([items for items, _ in counts.values()])
        doubts = find_doubts(run, project_id, field)
        mixed, wide = rules.mixed_scenes(scenes.get(field, {}), scene_names), rules.wide_labels(scenes.get(field, {}))
        told = (crosses, mixed, wide, doubts, rules.contrary_of(contrary[field]))
        fields.append(FieldFigures(field, sizes[field], rows, balance, *told))
    alone = {f"{field}.{label}": n for field, of in labels.items() for label, (n, _) in of.items()}
    together = rules.together_of(pairs, alone, max(resolved, 1))
    missing = find_missing(run, project_id)
    with run.house.reading() as connection:
        brief = get_current_brief(connection, project_id)
        sizes, placed = store.sizes_of_scenes(connection, project_id) if brief and brief.mix else ({}, 0)
    uses = {label: n for of in labels.values() for label, (n, _) in of.items()}
    wanted = rules.wanted_of(brief.mix, sizes, uses, placed, resolved) if brief else []
    return Analysis(items, resolved, fields, together, missing, wanted, brief.figures.volume if brief else None)
