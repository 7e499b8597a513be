"""Acts upon scenes that reach into the rulebook and the rounds: forms on the scenes' own pages."""

from typing import Any
from urllib.parse import quote_plus

from litestar import post
from litestar.params import FromPath
from litestar.response import Redirect
from markupsafe import Markup

from guiju.findings.upward.actions import label_from_scene, open_scene_trial, share_to_brief
from guiju.findings.upward.rules import label_id
from guiju.kit import N_
from guiju.people import Act, Role, may
from guiju.projects import authorise, list_members
from guiju.scenes import SceneLine, View
from guiju.scenes.pages import add_to_scene, add_to_scenes
from guiju.scenes.reading import read_scenes
from guiju.site import Form, actor_of, done, field, house_of, number, request_id_of, signed_in_of, words_of
from guiju.site.forms import many
from guiju.site.guards import AnyRequest
from guiju.site.render import environment

LABELLED = N_("The label stands in the rulebook's draft; publish it when its definition is right.")
SHARED = N_("The share stands in the brief’s difficulty mix.")
DRAWN = N_("The trial is open, with items from every scene.")


def _form(request: AnyRequest, template: str, **shown: object) -> Markup:
    words, csrf = words_of(request), signed_in_of(request).csrf
    return Markup(environment().get_template(template).render(t=words, csrf=csrf, **shown))  # noqa: S704 - our own template, escaped by it


def _scene_forms(request: AnyRequest, project_id: int, view: View, line: SceneLine) -> list[Markup]:
    with house_of(request).reading() as connection:
        standing = authorise(connection, actor_of(request), project_id, Act.SEE_ITEMS)
    told = {"project_id": project_id, "view": view.value, "scene": line.scene}
    forms: list[Markup] = []
    if may(standing.roles, Act.WRITE_RULEBOOK):
        forms.append(_form(request, "findings/label.html", label=label_id(line.scene.name, line.scene.id), **told))
    if may(standing.roles, Act.WRITE_BRIEF):
        tree = read_scenes(house_of(request), actor_of(request), project_id, view).tree
        percent = round(100 * line.items / max(1, tree.total), 1)
        forms.append(_form(request, "findings/share.html", percent=percent, **told))
    return forms


def _trial_form(request: AnyRequest, project_id: int, view: View) -> list[Markup]:
    with house_of(request).reading() as connection:
        standing = authorise(connection, actor_of(request), project_id, Act.SEE_ITEMS)
        members = [each for each in list_members(connection, project_id) if each.roles & Role.ANNOTATOR]
    if not may(standing.roles, Act.OPEN_ROUND):
        return []
    return [_form(request, "findings/trial.html", project_id=project_id, view=view.value, members=members)]


@post("/projects/{project_id:int}/scenes/{scene_id:int}/label", sync_to_thread=True, include_in_schema=False)
def post_label(request: AnyRequest, project_id: FromPath[int], scene_id: FromPath[int], data: Form) -> Redirect:
    actor = actor_of(request, csrf=field(data, "csrf", required=False))
    label, told = field(data, "label", required=False), request_id_of(data)
    label_from_scene(house_of(request), actor, project_id, _view(data), scene_id, request_id=told, label=label)
    return done(f"/projects/{project_id}/rulebook/edit?said={quote_plus(LABELLED)}")


@post("/projects/{project_id:int}/scenes/{scene_id:int}/share", sync_to_thread=True, include_in_schema=False)
def post_share(request: AnyRequest, project_id: FromPath[int], scene_id: FromPath[int], data: Form) -> Redirect:
    actor, told = actor_of(request, csrf=field(data, "csrf", required=False)), request_id_of(data)
    share = number(data, "share", low=0.1, high=100) / 100
    share_to_brief(house_of(request), actor, project_id, _view(data), scene_id, request_id=told, share=share)
    return done(f"/projects/{project_id}/brief?said={quote_plus(SHARED)}#mix")


@post("/projects/{project_id:int}/scenes/trial", sync_to_thread=True, include_in_schema=False)
def post_trial(request: AnyRequest, project_id: FromPath[int], data: Form) -> Redirect:
    actor = actor_of(request, csrf=field(data, "csrf", required=False))
    open_scene_trial(
        house_of(request),
        actor,
        project_id,
        _view(data),
        request_id=request_id_of(data),
        each=int(number(data, "each", low=1, high=200, default=5)),
        account_ids=[int(each) for each in many(data, "annotator") if each.isdecimal()],
    )
    return done(f"/projects/{project_id}/rounds?said={quote_plus(DRAWN)}")


def _view(data: dict[str, Any]) -> View:
    said = field(data, "view", required=False)
    return View(said) if said in set(View) else View.TEXT


add_to_scene(_scene_forms)
add_to_scenes(_trial_form)
PAGES: list[Any] = [post_label, post_share, post_trial]
