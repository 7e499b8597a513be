"""JSON of two rounds compared."""

from typing import Any

from litestar import get
from litestar.params import FromPath, FromQuery

from guiju.site import actor_of, house_of, words_of
from guiju.site.guards import AnyRequest
from guiju.work.trial.rounds.actions import compare_trials
from guiju.work.trial.rounds.rules import describe_comparison


@get("/rounds/{round_id:int}/change", sync_to_thread=True)
def show_change(request: AnyRequest, round_id: FromPath[int], before: FromQuery[int | None] = None) -> dict[str, Any]:
    """A round against an earlier one (`before`; without it the trial before): did agreement change, and is it shown?"""
    found = compare_trials(house_of(request), actor_of(request), round_id, before)
    return describe_comparison(found, words_of(request))


API: list[Any] = [show_change]
