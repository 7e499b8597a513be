"""The cast of the tests: each knows their part, and the stranger must always be refused.

zhou is the trainer, lin the requester, xing the expert, hu the inspector, qian the manager, gao the engineer;
alice (careful), bob (careless) and carol (new) annotate; admin runs the house; mallory is a stranger to the project.
"""

from dataclasses import dataclass, field
from typing import Any

from guiju.kit import new_id
from guiju.people import Role, create_account, list_accounts, set_up
from guiju.projects import create_project, list_projects_of, set_member
from guiju.storage import Actor, House

PASSWORD = "a short sentence"

ROLES = {
    "zhou": Role.TRAINER | Role.MANAGER,
    "lin": Role.REQUESTER,
    "xing": Role.EXPERT,
    "hu": Role.INSPECTOR,
    "qian": Role.MANAGER,
    "gao": Role.ENGINEER,
    "alice": Role.ANNOTATOR,
    "bob": Role.ANNOTATOR,
    "carol": Role.ANNOTATOR,
}


@dataclass(frozen=True)
class Cast:
    """The people by name, and `project`, to which everybody but mallory and admin belongs."""

    house: House
    people: dict[str, Actor] = field(default_factory=dict[str, Actor])
    project: int = 0

    def __getattr__(self, name: str) -> Actor:
        try:
            return self.people[name]
        except KeyError as error:
            raise AttributeError(name) from error

    def another_project(self, name: str = "Another") -> int:
        """A second project of zhou's, with nobody else in it."""
        return create_project(self.house, self.zhou, request_id=new_id(), name=name, customer="星河钢铁")

    def sign_in(self, client: Any, name: str) -> dict[str, str]:
        """Sign `client` in through the page as a browser does; returns the headers that its writes need."""
        client.cookies.clear()
        answer = client.post(
            "/sign-in", data={"email": f"{name}@guiju.test", "password": PASSWORD}, follow_redirects=False
        )
        assert answer.status_code == 303, answer.text
        return {"X-CSRF-Token": client.get("/api/v1/me").json()["csrf"]}


def gather_cast(house: House) -> None:
    """Make everybody's account and one project with its members: once a run, tests meet copies of it."""
    admin = Actor(set_up(house, email="admin@guiju.test", name="Admin", password=PASSWORD), "Admin", "", is_admin=True)
    for name in (*ROLES, "mallory"):
        create_account(
            house,
            admin,
            email=f"{name}@guiju.test",
            name=name.title(),
            may_open_projects=name == "zhou",
            password=PASSWORD,
        )
    people = _people(house)
    project = create_project(house, people["zhou"], request_id=new_id(), name="钢板表面缺陷", customer="星河钢铁")
    for name, roles in ROLES.items():
        set_member(house, people["zhou"], project, people[name].id, roles)


def meet_cast(house: House) -> Cast:
    """The cast of a house that `gather_cast` peopled."""
    people = _people(house)
    with house.reading() as connection:
        [standing] = list_projects_of(connection, people["zhou"].id)
    return Cast(house, people, standing.project.id)


def _people(house: House) -> dict[str, Actor]:
    with house.reading() as connection:
        return {account.email.split("@")[0]: account.actor for account in list_accounts(connection)}
