"""An audit is gathered from what the rooms around it keep, and written as a document."""

from collections.abc import Sequence

import msgspec
from sqlalchemy import Connection

from guiju.cleaning.auditing import store
from guiju.cleaning.auditing.errors import AuditLanguageUnknown, NothingToAudit, TooManySources
from guiju.cleaning.auditing.model import Audit, Example, File, SourceFacts
from guiju.cleaning.auditing.rules import EXAMPLES_SHOWN, masked
from guiju.cleaning.auditing.writing import document_of
from guiju.cleaning.duplicates import store as near_store
from guiju.cleaning.profiles import store as profile_store
from guiju.cleaning.quality import store as quality_store
from guiju.cleaning.recipes import store as recipe_store
from guiju.data import Item, Media, Source, SourceNotFound, find_items
from guiju.data.intake.dialogues import excerpt_of
from guiju.people import Act
from guiju.projects import authorise
from guiju.site import words_for
from guiju.site.documents import Document
from guiju.storage import Actor, House

LOCALES = {"zh": "zh-Hans", "zh-Hans": "zh-Hans", "zh-Hant": "zh-Hant", "en": "en"}
MOST_SOURCES = 100
BEGINS = 80


def write_audit(
    house: House, actor: Actor, project_id: int, *, source_id: int | None = None, language: str = "zh"
) -> Document:
    """The report on a source, or on all imported sources of a project.

    Raises `AuditLanguageUnknown`, `SourceNotFound`, `NothingToAudit`, `TooManySources`.
    """
    if language not in LOCALES:
        raise AuditLanguageUnknown(language=language[:20], known=", ".join(LOCALES))
    return document_of(look_at_audit(house, actor, project_id, source_id), words_for(LOCALES[language]))


def look_at_audit(house: House, actor: Actor, project_id: int, source_id: int | None = None) -> Audit:
    """The facts of a report, read in one transaction."""
    with house.reading() as connection:
        standing = authorise(connection, actor, project_id, Act.SEE_REPORTS)
        sources = _wanted(connection, project_id, source_id)
        checks = quality_store.latest_runs(connection, project_id)
        facts = tuple(_facts(connection, source, checks.get(source.id)) for source in sources)
        runs = _recipe_runs(connection, project_id, source_id)
        waiting, decided = near_store.count_groups(connection, project_id)
        version = quality_store.find_version(connection, project_id)
        named = _people(facts, version.by if version else None)
        return Audit(
            project=standing.project,
            only=source_id,
            version=version,
            sources=facts,
            recipe_runs=runs,
            search=near_store.find_run(connection, project_id),
            waiting=waiting,
            decided=decided,
            examples=_examples(connection, project_id, facts),
            people=quality_store.names_of(connection, named),
        )


def _wanted(connection: Connection, project_id: int, source_id: int | None) -> list[Source]:
    landed = quality_store.landed_sources(connection, project_id)
    wanted = landed if source_id is None else [source for source in landed if source.id == source_id]
    if source_id is not None and not wanted:
        raise SourceNotFound(source=source_id)
    if not wanted:
        raise NothingToAudit
    if len(wanted) > MOST_SOURCES:
        raise TooManySources(sources=len(wanted), limit=MOST_SOURCES)
    return wanted


def _facts(connection: Connection, source: Source, check: "quality_store.Run | None") -> SourceFacts:
    kept = profile_store.find_profile(connection, source.project_id, source.id)
    files = msgspec.json.decode(source.read_from, type=tuple[File, ...]) if source.read_from else ()
    items, fingerprint = store.fingerprint(connection, source.id)
    return SourceFacts(
        source=source,
        files=files,
        items=items,
        fingerprint=fingerprint,
        profile=kept.profile if kept else None,
        check=check,
        aside=store.count_aside(connection, source.project_id, source.id),
        by_cause=store.count_by_cause(connection, source.project_id, source.id),
        near=store.count_near(connection, source.project_id, source.id),
    )


def _recipe_runs(connection: Connection, project_id: int, source_id: int | None) -> "tuple[recipe_store.Run, ...]":
    runs = recipe_store.list_runs(connection, project_id)
    return tuple(
        run for run in reversed(runs) if source_id is None or source_id in {run.from_source or source_id, run.source_id}
    )


def _people(facts: Sequence[SourceFacts], publisher: int | None) -> list[int]:
    checks = [one.check for one in facts if one.check]
    found = {publisher, *(one.source.created_by for one in facts), *(check.released_by for check in checks)}
    return sorted(one for one in found if one is not None)


def _examples(connection: Connection, project_id: int, facts: Sequence[SourceFacts]) -> dict[int, Example]:
    """The first items that break each rule; none that was masked."""
    ids = [
        item
        for one in facts
        if one.check and one.check.outcome
        for result in one.check.outcome.results
        for item in result.examples[:EXAMPLES_SHOWN]
    ]
    found = find_items(connection, project_id, list(dict.fromkeys(ids)), withheld=False)
    return {item.id: Example(item.id, masked(item.name), masked(_opening(item))[:BEGINS]) for item in found.values()}


def _opening(item: Item) -> str:
    if item.body is None or not item.media.is_written:
        return ""
    return " ".join((excerpt_of(item.body) if item.media is Media.DIALOGUE else item.body[:2_000]).split())
