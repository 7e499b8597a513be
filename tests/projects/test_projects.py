"""Projects: opened, changed, paused, deleted, restored and cloned by those who may."""

from typing import Any

import pytest

from guiju.kit import new_id
from guiju.people import Act, AdminOnly, NotAllowed, Role
from guiju.projects import (
    ProjectNotActive,
    ProjectNotFound,
    ProjectState,
    add_team,
    authorise,
    change_project,
    clone_project,
    create_project,
    delete_project,
    list_members,
    list_projects_of,
    restore_project,
    roles_named,
    set_member,
    set_state,
)
from guiju.projects.errors import LastLead, MayNotOpenProjects, NameNotTyped, NotDeleted, RightsUnknown, RoleUnknown
from guiju.storage import Actor
from tests.support.cast import ROLES, Cast

NAME = "钢板表面缺陷"


def may_see(cast: Cast, actor: Actor, project: int) -> bool:
    with cast.house.reading() as connection:
        try:
            authorise(connection, actor, project, Act.SEE_PROJECT)
        except ProjectNotFound:
            return False
    return True


def pages_of(project: int) -> list[str]:
    return [f"/projects/{project}/members", f"/projects/{project}/settings"]


def posts_of(project: int) -> list[str]:
    acts = ("members", "members/team", "settings", "pause", "archive", "resume", "delete", "clone")
    return [f"/projects/{project}/{act}" for act in acts]


def writes_of(project: int) -> list[tuple[str, str, dict[str, object]]]:
    home = f"/api/v1/projects/{project}"
    return [
        ("PATCH", home, {"name": "Taken over"}),
        ("POST", f"{home}/state", {"state": "paused"}),
        ("POST", f"{home}/delete", {"name": NAME}),
        ("POST", f"{home}/clone", {}),
        ("PUT", f"{home}/members/mallory@guiju.test", {"roles": ["trainer"]}),
        ("DELETE", f"{home}/members/zhou@guiju.test", {}),
    ]


FORM = {"email": "mallory@guiju.test", "role": "trainer", "team": "1", "name": NAME, "typed": NAME, "rights": "general"}


def test_a_stranger_is_refused_everywhere(cast: Cast, client: Any) -> None:
    headers = cast.sign_in(client, "mallory")
    home = f"/api/v1/projects/{cast.project}"
    for path in [*pages_of(cast.project), home, f"{home}/members"]:
        assert client.get(path).status_code == 404, path
    for path in posts_of(cast.project):
        answer = client.post(path, data={**FORM, "csrf": headers["X-CSRF-Token"]})
        assert answer.status_code in (403, 404), path
    for method, path, body in writes_of(cast.project):
        answer = client.request(method, path, json={"id": new_id(), **body}, headers=headers)
        assert answer.json()["code"] in ("project-not-found", "may-not-open-projects"), path
    assert client.get("/api/v1/projects").json() == []
    assert NAME not in client.get("/projects").text
    assert not may_see(cast, cast.mallory, cast.project)


def test_a_stranger_is_told_of_a_project_as_of_none(cast: Cast, client: Any) -> None:
    cast.sign_in(client, "mallory")
    there, nowhere = (client.get(f"/api/v1/projects/{number}").json() for number in (cast.project, 987654))
    assert there["message"] == nowhere["message"]


def test_an_administrator_who_is_no_member_is_a_stranger_too(cast: Cast, client: Any) -> None:
    cast.sign_in(client, "admin")
    assert client.get(f"/projects/{cast.project}/members").status_code == 404


def test_a_member_without_the_right_role_changes_nothing(cast: Cast, client: Any) -> None:
    headers = cast.sign_in(client, "alice")
    assert client.get(f"/projects/{cast.project}/members").status_code == 200
    assert client.get(f"/projects/{cast.project}/settings").status_code == 403
    for path in posts_of(cast.project):
        assert client.post(path, data={**FORM, "csrf": headers["X-CSRF-Token"]}).status_code == 403, path
    for method, path, body in writes_of(cast.project):
        answer = client.request(method, path, json={"id": new_id(), **body}, headers=headers)
        assert answer.json()["code"] in ("not-allowed", "may-not-open-projects"), path


def test_a_form_without_the_sessions_token_changes_nothing(cast: Cast, client: Any) -> None:
    cast.sign_in(client, "zhou")
    for path in [*posts_of(cast.project), "/projects/new"]:
        assert client.post(path, data={**FORM, "csrf": "guessed"}).status_code == 403, path
    for method, path, body in writes_of(cast.project):
        assert client.request(method, path, json={"id": new_id(), **body}).status_code == 403, path
    assert client.get(f"/api/v1/projects/{cast.project}").json()["state"] == "active"


def test_only_who_may_open_projects_opens_one(cast: Cast) -> None:
    with pytest.raises(MayNotOpenProjects):
        create_project(cast.house, cast.alice, request_id=new_id(), name="Mine")


def test_a_project_sent_twice_is_opened_once(cast: Cast, client: Any) -> None:
    csrf = cast.sign_in(client, "zhou")["X-CSRF-Token"]
    form = {"csrf": csrf, "request_id": new_id(), "name": "Twice", "customer": "星河钢铁", "rights": "general"}
    places = [client.post("/projects/new", data=form, follow_redirects=False).headers["location"] for _ in range(2)]
    assert places[0] == places[1]
    assert client.get("/projects").text.count("Twice") == 1


def test_a_project_without_a_name_is_refused_and_the_form_keeps_the_rest(cast: Cast, client: Any) -> None:
    csrf = cast.sign_in(client, "zhou")["X-CSRF-Token"]
    answer = client.post(
        "/projects/new", data={"csrf": csrf, "name": " ", "customer": "星河钢铁", "rights": "customer"}
    )
    assert answer.status_code == 422
    assert 'value="星河钢铁"' in answer.text


def test_unknown_rights_are_refused(cast: Cast) -> None:
    with pytest.raises(RightsUnknown):
        change_project(cast.house, cast.zhou, cast.project, rights="everybody")


def test_a_project_is_renamed_and_the_rest_stays(cast: Cast, client: Any) -> None:
    headers = cast.sign_in(client, "zhou")
    body = {"id": new_id(), "name": " New   name "}
    changed = client.patch(f"/api/v1/projects/{cast.project}", json=body, headers=headers).json()
    assert (changed["name"], changed["customer"], changed["roles"]) == ("New name", "星河钢铁", ["trainer", "manager"])


@pytest.mark.parametrize("state", [ProjectState.PAUSED, ProjectState.ARCHIVED])
def test_a_paused_or_archived_project_is_read_and_not_changed(state: ProjectState, cast: Cast) -> None:
    set_state(cast.house, cast.zhou, cast.project, state)
    with cast.house.reading() as connection:
        assert authorise(connection, cast.lin, cast.project, Act.SEE_REPORTS).project.state is state
        with pytest.raises(ProjectNotActive):
            authorise(connection, cast.alice, cast.project, Act.ANNOTATE)
    set_state(cast.house, cast.zhou, cast.project, ProjectState.ACTIVE)
    with cast.house.reading() as connection:
        authorise(connection, cast.alice, cast.project, Act.ANNOTATE)


def test_a_project_is_deleted_by_its_own_name_alone(cast: Cast) -> None:
    with pytest.raises(NameNotTyped):
        delete_project(cast.house, cast.zhou, cast.project, typed="钢板")
    assert may_see(cast, cast.zhou, cast.project)


def test_a_deleted_project_is_gone_for_everybody_and_comes_back_whole(cast: Cast, client: Any) -> None:
    delete_project(cast.house, cast.zhou, cast.project, typed=NAME)
    assert not may_see(cast, cast.zhou, cast.project)
    with cast.house.reading() as connection:
        assert list_projects_of(connection, cast.zhou.id) == []
    csrf = cast.sign_in(client, "admin")["X-CSRF-Token"]
    assert NAME in client.get("/projects?deleted=1").text
    client.post(f"/projects/{cast.project}/restore", data={"csrf": csrf})
    with cast.house.reading() as connection:
        assert authorise(connection, cast.zhou, cast.project, Act.SEE_PROJECT).project.state is ProjectState.PAUSED
        assert {member.email.split("@")[0]: member.roles for member in list_members(connection, cast.project)} == ROLES


def test_only_an_administrator_sees_and_restores_deleted_projects(cast: Cast, client: Any) -> None:
    delete_project(cast.house, cast.zhou, cast.project, typed=NAME)
    with pytest.raises(AdminOnly):
        restore_project(cast.house, cast.zhou, cast.project)
    cast.sign_in(client, "zhou")
    assert client.get("/projects?deleted=1").status_code == 403


def test_what_is_not_deleted_is_not_restored(cast: Cast) -> None:
    with pytest.raises(NotDeleted):
        restore_project(cast.house, cast.admin, cast.project)
    with pytest.raises(ProjectNotFound):
        restore_project(cast.house, cast.admin, 987654)


def test_a_trainer_who_is_no_manager_does_not_delete(cast: Cast) -> None:
    set_member(cast.house, cast.zhou, cast.project, cast.hu.id, Role.TRAINER)
    with pytest.raises(NotAllowed):
        delete_project(cast.house, cast.hu, cast.project, typed=NAME)


def test_a_clone_has_the_customer_rights_and_members_and_is_made_once(cast: Cast) -> None:
    request_id = new_id()
    clones = {clone_project(cast.house, cast.zhou, cast.project, request_id=request_id) for _ in range(2)}
    (clone,) = clones
    with cast.house.reading() as connection:
        project = authorise(connection, cast.zhou, clone, Act.SEE_PROJECT).project
        assert list_members(connection, clone) == list_members(connection, cast.project)
    assert (project.name, project.customer, project.state) == (f"{NAME} copy", "星河钢铁", ProjectState.ACTIVE)


def test_a_leader_who_may_not_open_projects_does_not_clone(cast: Cast) -> None:
    with pytest.raises(MayNotOpenProjects):
        clone_project(cast.house, cast.qian, cast.project, request_id=new_id())


def test_members_are_added_changed_and_taken_out_by_address(cast: Cast, client: Any) -> None:
    csrf = cast.sign_in(client, "qian")["X-CSRF-Token"]
    path = f"/projects/{cast.project}/members"
    form = {"csrf": csrf, "email": "Mallory@guiju.test", "role": ["annotator", "inspector"]}
    assert client.post(path, data=form).status_code == 200
    with cast.house.reading() as connection:
        standing = authorise(connection, cast.mallory, cast.project, Act.SEE_PROJECT)
    assert standing.roles == Role.ANNOTATOR | Role.INSPECTOR
    assert client.post(path, data={"csrf": csrf, "email": "mallory@guiju.test"}).status_code == 422
    assert client.post(path, data={"csrf": csrf, "email": "mallory@guiju.test", "out": "1"}).status_code == 200
    assert not may_see(cast, cast.mallory, cast.project)


def test_an_address_without_an_account_is_named(cast: Cast, client: Any) -> None:
    headers = cast.sign_in(client, "zhou")
    path = f"/api/v1/projects/{cast.project}/members/nobody@guiju.test"
    answer = client.put(path, json={"id": new_id(), "roles": ["trainer"]}, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (404, "account-not-found")


def test_a_stranger_cannot_ask_for_addresses(cast: Cast, client: Any) -> None:
    headers = cast.sign_in(client, "mallory")
    home = f"/api/v1/projects/{cast.project}/members"
    answers = [
        client.put(f"{home}/{email}", json={"id": new_id(), "roles": ["trainer"]}, headers=headers).json()["code"]
        for email in ("alice@guiju.test", "nobody@guiju.test")
    ]
    assert answers == ["project-not-found"] * 2


def test_a_team_joins_and_its_people_keep_what_they_were(cast: Cast, client: Any) -> None:
    headers = cast.sign_in(client, "admin")
    team = client.post("/api/v1/teams", json={"id": new_id(), "name": "Shift"}, headers=headers).json()["id"]
    for name in ("mallory", "hu"):
        client.put(f"/api/v1/teams/{team}/members/{name}@guiju.test", headers=headers)
    assert add_team(cast.house, cast.zhou, cast.project, team, Role.ANNOTATOR) == 2
    with cast.house.reading() as connection:
        roles = {member.account_id: member.roles for member in list_members(connection, cast.project)}
    assert roles[cast.mallory.id] == Role.ANNOTATOR
    assert roles[cast.hu.id] == Role.INSPECTOR | Role.ANNOTATOR


def test_the_last_leader_stays(cast: Cast) -> None:
    set_member(cast.house, cast.zhou, cast.project, cast.qian.id, Role(0))
    with pytest.raises(LastLead):
        set_member(cast.house, cast.zhou, cast.project, cast.zhou.id, Role.EXPERT)
    set_member(cast.house, cast.zhou, cast.project, cast.qian.id, Role.MANAGER)
    set_member(cast.house, cast.zhou, cast.project, cast.zhou.id, Role(0))
    assert not may_see(cast, cast.zhou, cast.project)


def test_roles_are_named_as_in_the_policy() -> None:
    assert roles_named(["trainer", "Inspector"]) == Role.TRAINER | Role.INSPECTOR
    with pytest.raises(RoleUnknown):
        roles_named(["king"])


def test_a_role_that_does_not_exist_is_refused_by_name(cast: Cast, client: Any) -> None:
    headers = cast.sign_in(client, "zhou")
    path = f"/api/v1/projects/{cast.project}/members/alice@guiju.test"
    answer = client.put(path, json={"id": new_id(), "roles": ["king"]}, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (422, "role-unknown")
