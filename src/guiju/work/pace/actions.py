"""The report of a round's pace, for those who may read reports."""

from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any

from sqlalchemy import Connection

from guiju.annotations import Round, RoundKind, RoundNotFound, RoundState, get_round, list_rounds
from guiju.people import Act
from guiju.projects import Project, ProjectNotFound, authorise
from guiju.storage import Actor, House
from guiju.work.pace import store
from guiju.work.pace.model import LabelLine, Pace, PaceReport
from guiju.work.pace.rules import LEAST_TIMED, decide_fast, is_biased
from guiju.work.prefill import source_name

_TIMED = {RoundKind.PRODUCTION, RoundKind.TRIAL, RoundKind.RECHECK}
# What is answered in these rounds is another work than looking at an item for the first time.
_OTHER_WORK = {RoundKind.IMPORT, RoundKind.EXAM, RoundKind.PRACTICE, RoundKind.REWORK, RoundKind.ADJUDICATION}


def make_pace(house: House, actor: Actor, round_id: int, project_id: int | None = None) -> PaceReport:
    """How long a round's answers took and what became of its suggestions. Raises `RoundNotFound`."""
    with house.reading() as connection:
        round_ = get_round(connection, round_id)
        if project_id not in {None, round_.project_id} or round_.state is RoundState.DRAFT:
            raise RoundNotFound(round=round_id)
        try:
            standing = authorise(connection, actor, round_.project_id, Act.SEE_REPORTS)
        except ProjectNotFound as refusal:
            raise RoundNotFound(round=round_id) from refusal
        return _make(connection, round_, standing.project)


def _make(connection: Connection, round_: Round, project: Project) -> PaceReport:
    compared, unsuggested_ms = _unsuggested(connection, round_)
    people = _people(connection, round_, unsuggested_ms)
    source_round, source = source_name(connection, round_)
    labels = store.labels_of(connection, round_.id) if round_.suggests else []
    with_one = store.median_of(connection, round_.id, with_suggestion=True) if round_.suggests else (0, None)
    return PaceReport(
        round=round_,
        project=project,
        people=people,
        accepted=sum(each.accepted for each in people),
        corrected=sum(each.corrected for each in people),
        rejected=sum(each.rejected for each in people),
        labels=tuple(LabelLine(*each) for each in labels),
        median_ms=store.median_of(connection, round_.id)[1],
        suggested_ms=with_one[1],
        unsuggested_ms=unsuggested_ms,
        compared_with=compared,
        source=source,
        source_round=source_round,
        interval=_interval(sum(each.accepted for each in people), sum(each.suggested for each in people)),
    )


def _interval(accepted: int, suggested: int) -> tuple[float, float]:
    from guiju.stats.intervals import wilson  # noqa: PLC0415 - figures cost start-up time where nobody asks for them

    found = wilson(accepted, suggested) if suggested else None
    return (found.low, found.high) if found else (0.0, 1.0)


def _unsuggested(connection: Connection, round_: Round) -> tuple[Round | None, float | None]:
    """The median without a suggestion: of the round's own answers, else of the newest blind round that has enough."""
    if not round_.suggests:
        return None, store.median_of(connection, round_.id)[1]
    n, median = store.median_of(connection, round_.id, with_suggestion=False)
    if n >= LEAST_TIMED:
        return None, median
    for other in reversed(list_rounds(connection, round_.project_id)):
        if other.suggests or other.kind in _OTHER_WORK:
            continue
        n, median = store.median_of(connection, other.id)
        if n >= LEAST_TIMED:
            return other, median
    return None, None


def _people(connection: Connection, round_: Round, unsuggested_ms: float | None) -> tuple[Pace, ...]:
    choices: Mapping[int, store.Choices] = {}
    if round_.suggests:
        choices = store.choices_of(connection, round_.id, decide_fast(unsuggested_ms))
    return tuple(_pace(each, choices.get(each.annotator_id)) for each in store.times_of(connection, round_.id))


def _pace(times: store.Times, made: store.Choices | None) -> Pace:
    base = Pace(times.name, times.answers, times.timed, times.median_ms, times.clipped)
    if made is None:
        return base
    return replace(
        base,
        accepted=made.accepted,
        corrected=made.corrected,
        rejected=made.rejected,
        fast=made.fast,
        biased=is_biased(made.accepted, made.fast),
    )


def describe_pace(report: PaceReport) -> dict[str, Any]:
    """The report as the API and the command say it."""
    compared = report.compared_with
    return {
        "round": report.round.id,
        "suggestions": {
            "annotator": report.source,
            "round": report.source_round.id if report.source_round else None,
            "accepted": report.accepted,
            "corrected": report.corrected,
            "rejected": report.rejected,
            "accepted_interval": list(report.interval),
        }
        if report.round.suggests
        else None,
        "median_ms": report.median_ms,
        "suggested_ms": report.suggested_ms,
        "unsuggested_ms": report.unsuggested_ms,
        "compared_with": compared.id if compared else None,
        "labels": [{"label": line.label, **asdict(line.count)} for line in report.labels],
        "annotators": [asdict(each) for each in report.people],
    }


def usual_pace(connection: Connection, project_id: int) -> tuple[Round | None, float | None]:
    """The median active time of the newest round whose answers were given without a suggestion and were timed."""
    for round_ in reversed(list_rounds(connection, project_id)):
        if round_.kind in _TIMED and not round_.suggests:
            n, median = store.median_of(connection, round_.id)
            if n >= LEAST_TIMED:
                return round_, median
    return None, None
