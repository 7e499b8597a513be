"""The page that compares a trial with the one before it."""

from typing import Any

from litestar import get
from litestar.params import FromPath, FromQuery
from litestar.response import Response

from guiju.annotations import ROUND_NAMES, RoundKind, RoundState, list_rounds
from guiju.site import actor_of, house_of, page
from guiju.site.guards import AnyRequest
from guiju.work.trial.actions import look_at_trial
from guiju.work.trial.rounds.actions import compare_trials
from guiju.work.trial.rounds.rules import VERDICTS


@get("/projects/{project_id:int}/rounds/{round_id:int}/change", sync_to_thread=True, include_in_schema=False)
def change_page(
    request: AnyRequest, project_id: FromPath[int], round_id: FromPath[int], before: FromQuery[int | None] = None
) -> Response[Any]:
    """Did the amendment help: agreement in this round against an earlier one, by a test."""
    house, actor = house_of(request), actor_of(request)
    seen = look_at_trial(house, actor, project_id, round_id)
    found = compare_trials(house, actor, round_id, before)
    with house.reading() as connection:
        rounds = list_rounds(connection, project_id, RoundKind.TRIAL)
    others = [each for each in rounds if each.id < round_id and each.state is not RoundState.DRAFT]
    return page(
        request,
        "work/trial/change.html",
        project=seen.standing.project,
        round=seen.round,
        round_name=ROUND_NAMES[seen.round.kind],
        rulebook=seen.rulebook,
        found=found,
        others=others,
        verdicts=VERDICTS,
    )


PAGES: list[Any] = [change_page]
