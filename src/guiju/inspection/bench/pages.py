"""The page of the inspector's bench. What it asks and sends afterwards are the routes of `api`."""

from typing import Any

import msgspec
from litestar import get
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect, Response

from guiju.inspection.bench.actions import open_bench
from guiju.inspection.bench.api import count_answer
from guiju.inspection.bench.model import Bench
from guiju.inspection.model import DEFECT_NAMES, WEIGHT_NAMES, Weight
from guiju.inspection.rules import defect_types
from guiju.kit import N_, Words
from guiju.people import Act
from guiju.projects import authorise
from guiju.rulebooks import CompiledRulebook, get_published
from guiju.site import actor_of, done, house_of, page, words_of
from guiju.site.guards import AnyRequest
from guiju.work import begin_bench, script_json

ALL_JUDGED = N_("Nothing of the sample is left for you to judge.")
LOT = N_("Lot")


@get("/projects/{project_id:int}/lots/{lot_id:int}/inspect", sync_to_thread=True, include_in_schema=False)
def inspect_page(
    request: AnyRequest, project_id: FromPath[int], lot_id: FromPath[int], item: FromQuery[int | None] = None
) -> Response[Any] | Redirect:
    """The sample on the workbench's own canvas and sheets: what was answered, the rule beside it, pass or defect."""
    actor, house = actor_of(request), house_of(request)
    bench = open_bench(house, actor, project_id, lot_id, item)
    back = f"/projects/{project_id}/lots/{lot_id}"
    if bench is None:
        return done(f"{back}?said={ALL_JUDGED}")
    with house.reading() as connection:
        standing = authorise(connection, actor, project_id, Act.INSPECT)
        rulebook = get_published(connection, bench.rulebook_id)
        begun = begin_bench(request, connection, standing.project, rulebook)
    boot = {**begun, **_judging(words_of(request), bench, rulebook, actor.id, item), "urls": _urls(project_id, lot_id)}
    return page(
        request,
        "work/workbench.html",
        project=standing.project,
        boot=script_json(boot),
        entry="src/review/main.tsx",
        back=back,
    )


def _judging(
    words: Words, bench: Bench, rulebook: CompiledRulebook, account_id: int, first: int | None
) -> dict[str, Any]:
    """What an inspection has beside every bench."""
    lot = bench.lot
    return {
        **defects_of(words, rulebook),
        "mode": "inspection",
        "owner": f"{account_id}:lot-{lot.id}",
        "round": {"id": 0, "kind": "inspection", "kind_name": words(LOT), "number": lot.number},
        "today": {"done": bench.tally.judged},
        "lot": {"id": lot.id, "number": lot.number, "tally": msgspec.to_builtins(count_answer(bench.tally))},
        "first": first,
    }


def defects_of(words: Words, rulebook: CompiledRulebook) -> dict[str, Any]:
    """What can be wrong with each field's answer, and how bad, in the reader's words."""
    found = {field.id: defect_types([field.kind]) for field in rulebook.fields}
    return {
        "defects": {
            name: [{"id": each.value, "name": words(DEFECT_NAMES[each])} for each in known]
            for name, known in found.items()
        },
        "severities": [{"id": each.value, "name": words(WEIGHT_NAMES[each])} for each in Weight],
    }


def _urls(project_id: int, lot_id: int) -> dict[str, str]:
    api = f"/api/v1/projects/{project_id}"
    lot = f"{api}/lots/{lot_id}"
    return {
        "tasks": f"{lot}/bench",
        "verdicts": f"{lot}/verdicts",
        "questions": f"{api}/questions",
        "lease": "",
        "submit": "",
        "mine": "",
        "drafts": "",
        "words": "/workbench/words",
        "back": f"/projects/{project_id}/lots/{lot_id}",
    }


PAGES = [inspect_page]
