"""Publishing opens the recheck: the draft is published and what it touches is looked at again, in one request."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from guiju.findings.picks.store import under_inspection
from guiju.kit import Refusal
from guiju.people import Act
from guiju.planning.amendments.actions import keep_recheck
from guiju.planning.impact import store
from guiju.planning.impact.actions import look_at_impact
from guiju.planning.impact.errors import ImpactOfEarlierText, NotMeasured
from guiju.projects import authorise
from guiju.rulebooks import publish_rulebook
from guiju.storage import Actor, House, Tx
from guiju.work import Estimate, estimate_recheck, open_recheck
from guiju.work.recheck import NothingToRecheck

ID_CHARACTERS = 56


@dataclass(frozen=True, slots=True)
class Published:
    """The version, and the recheck of what it touches: none where nothing can be rechecked."""

    rulebook_id: int
    round_id: int | None
    items: int


def estimate_touched(house: House, actor: Actor, project_id: int, *, account_ids: Sequence[int] = ()) -> Estimate:
    """What rechecking the touched items would take. Raises `NotMeasured`, `NobodyToRecheck`."""
    items = _touched(house, actor, project_id)
    with house.reading() as connection:
        inspected = under_inspection(connection, items)
    return estimate_recheck(house, actor, project_id, items=items, account_ids=account_ids, inspected=inspected)


def _touched(house: House, actor: Actor, project_id: int) -> list[int]:
    with house.reading() as connection:
        authorise(connection, actor, project_id, Act.OPEN_ROUND)
        known = store.find_impact(connection, project_id)
    if known is None or known[1] is None:
        raise NotMeasured
    return known[1].listed


def publish_and_recheck(
    house: House,
    actor: Actor,
    project_id: int,
    *,
    request_id: str,
    version: str | None = None,
    account_ids: Sequence[int] = (),
    shown: bool = False,
) -> Published:
    """Publish the draft and open a recheck of the items that it was measured to touch, under the new version.

    The same request again goes on where a killed one stopped and answers the same. Raises `NotMeasured`,
    `ImpactOfEarlierText` when the draft was saved again since, `NobodyToRecheck`, and what publishing raises.
    """
    base = request_id[:ID_CHARACTERS]
    planned = _planned(house, actor, project_id, account_ids)

    def plan(tx: Tx) -> list[int]:
        for act in (Act.PUBLISH_RULEBOOK, Act.OPEN_ROUND):
            authorise(tx.connection, actor, project_id, act)
        return tx.once(request_id, actor.id, f"rulebook.publish-and-recheck.{project_id}", lambda: _raised(planned))

    items = house.write(plan)
    published = publish_rulebook(house, actor, project_id, request_id=f"{base}-publish", version=version)
    with house.reading() as connection:
        inspected = under_inspection(connection, items)
    told: dict[str, Any] = {"account_ids": account_ids, "shown": shown, "inspected": inspected}
    try:
        round_id = open_recheck(house, actor, project_id, request_id=f"{base}-recheck", items=items, **told)
    except NothingToRecheck:
        return Published(published, None, len(items))
    house.write(lambda tx: keep_recheck(tx, project_id, published, round_id))
    return Published(published, round_id, len(items))


def _planned(house: House, actor: Actor, project_id: int, account_ids: Sequence[int]) -> list[int] | Refusal:
    """The touched items, or why there are none: a request that comes again is answered by what it did."""
    try:
        looked = look_at_impact(house, actor, project_id)
        if looked.measured is None:
            return NotMeasured()
        if not looked.is_of_now:
            return ImpactOfEarlierText()
        estimate_recheck(house, actor, project_id, items=looked.measured.listed[:1], account_ids=account_ids)
    except Refusal as refusal:
        return refusal
    return looked.measured.listed


def _raised(planned: list[int] | Refusal) -> list[int]:
    if isinstance(planned, Refusal):
        raise planned
    return planned
