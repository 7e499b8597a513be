"""The route about a project's estimate."""

from typing import Annotated, Any

import msgspec
from litestar import get
from litestar.params import FromPath, QueryParameter

from guiju.planning.estimate.actions import Estimated, WhatIf, estimate_project
from guiju.planning.estimate.model import Spread
from guiju.site import actor_of, house_of
from guiju.site.guards import AnyRequest


class EstimateShown(msgspec.Struct, frozen=True):
    """Figures as [low, point, high] of an 80% interval; `lacks` says what is missing where they are null.

    `basis`: trial | finished | past | brief | trade; `answers` and `annotators` are those that were measured. The
    estimate learned from the retrospectives of `projects`; `beside` are hours of inspection and rulings.
    """

    lacks: str
    basis: str | None = None
    answers: int = 0
    annotators: int = 0
    people: int | None = None
    overlap: int | None = None
    reused: int | None = None
    seconds: list[float] | None = None
    hours: list[float] | None = None
    days: list[float] | None = None
    done: list[str] | None = None
    cost: list[float] | None = None
    currency: str = "CNY"
    due: str | None = None
    projects: int = 0
    beside: float | None = None


@get("/projects/{project_id:int}/estimate", sync_to_thread=True)
def show_estimate(
    request: AnyRequest,
    project_id: FromPath[int],
    people: Annotated[int | None, QueryParameter(ge=1, le=10_000)] = None,
    overlap: Annotated[int | None, QueryParameter(ge=1, le=50)] = None,
    reused: Annotated[int | None, QueryParameter(ge=0, le=100_000_000)] = None,
) -> EstimateShown:
    """What the work will take; with `people` and `overlap` instead of the brief's own, and `reused` answers of the bank
    instead of those that were drawn, if they are named."""
    return shown(estimate_project(house_of(request), actor_of(request), project_id, WhatIf(people, overlap, reused)))


def shown(seen: Estimated) -> EstimateShown:
    due = seen.due.isoformat() if seen.due else None
    if seen.found is None or seen.asked is None:
        return EstimateShown(seen.lacks, currency=seen.currency, due=due)
    found = seen.found
    return EstimateShown(
        seen.lacks,
        found.basis.value,
        found.answers,
        found.annotators,
        seen.asked.people,
        seen.asked.overlap,
        seen.asked.reused,
        _rounded(found.seconds),
        _rounded(found.hours),
        _rounded(found.days),
        [day.isoformat() for day in found.done],
        _rounded(found.cost) if found.cost else None,
        seen.currency,
        due,
        found.projects,
        round(found.beside, 2) if found.beside is not None else None,
    )


def _rounded(spread: Spread) -> list[float]:
    return [round(each, 2) for each in spread]


API: list[Any] = [show_estimate]
