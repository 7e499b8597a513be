"""The act of harvesting, on the page of what was given."""

from typing import Any
from urllib.parse import quote_plus

from litestar import post
from litestar.params import FromPath
from litestar.response import Redirect
from markupsafe import Markup

from guiju.collecting.pages import add_to_collecting
from guiju.delivery.harvest.actions import count_waiting, harvest
from guiju.kit import N_
from guiju.people import Act, may
from guiju.projects import authorise, list_projects_of
from guiju.site import Form, actor_of, done, field, house_of, signed_in_of, words_of
from guiju.site.guards import AnyRequest
from guiju.site.render import environment

HARVESTED = N_("What was accepted is now items, each with its prompt, its person's pseudonym and its consent.")


def _form(request: AnyRequest, project_id: int) -> list[Markup]:
    house, actor = house_of(request), actor_of(request)
    with house.reading() as connection:
        standing = authorise(connection, actor, project_id, Act.SEE_ITEMS)
        if not may(standing.roles, Act.DELIVER):
            return []
        others = [one.project for one in list_projects_of(connection, actor.id) if may(one.roles, Act.IMPORT_DATA)]
    shown = {
        "project_id": project_id,
        "waiting": count_waiting(house, actor, project_id, project_id),
        "targets": sorted(others, key=lambda one: one.id != project_id),
    }
    template = environment().get_template("delivery/harvest.html")
    words, csrf = words_of(request), signed_in_of(request).csrf
    return [Markup(template.render(t=words, csrf=csrf, **shown))]  # noqa: S704 - our own template, escaped by it


@post("/projects/{project_id:int}/collecting/harvest", sync_to_thread=True, include_in_schema=False)
def post_harvest(request: AnyRequest, project_id: FromPath[int], data: Form) -> Redirect:
    actor = actor_of(request, csrf=field(data, "csrf", required=False))
    into = field(data, "into", required=False)
    target = int(into) if into.isdecimal() else project_id
    made = harvest(house_of(request), actor, project_id, target, name=field(data, "name", limit=200))
    return done(f"/projects/{made.into}/sources/{made.source}?said={quote_plus(HARVESTED)}")


add_to_collecting(_form)
PAGES: list[Any] = [post_harvest]
