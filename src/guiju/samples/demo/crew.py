"""The cast gets accounts in a house, with passwords of this house's own."""

from collections.abc import Mapping
from dataclasses import dataclass

from guiju.people import Role, create_account, find_first_admin, list_accounts, set_up
from guiju.people.passwords import first_password
from guiju.samples.cast import CAST, Person, annotators
from guiju.samples.crowd import Skill
from guiju.samples.demo.errors import DatabaseTaken
from guiju.storage import Actor, House

OPEN_PROJECTS = ("zhouzheng", "hean", "qianjin")


@dataclass(frozen=True, slots=True)
class Hand:
    """Somebody who annotates, and how."""

    key: str
    actor: Actor
    skill: Skill


@dataclass(frozen=True, slots=True)
class Crew:
    """The cast as they act here: nobody is trusted with more than their role. Passwords are known by key."""

    people: Mapping[str, Actor]
    passwords: Mapping[str, str]

    def __getitem__(self, key: str) -> Actor:
        return self.people[key]

    @property
    def hands(self) -> list[Hand]:
        """Those who annotate, from the careful to the new."""
        return [Hand(one.key, self.people[one.key], one.skill) for one in annotators() if one.skill is not None]

    @property
    def roles(self) -> dict[int, Role]:
        """What everybody is in a sample project, by account; the stranger is nothing."""
        return {self.people[one.key].id: roles_of(one) for one in CAST if one.roles}


def roles_of(one: Person) -> Role:
    found = Role(0)
    for name in one.roles:
        found |= Role[name.upper()]
    return found


def hire_cast(house: House) -> Crew:
    """Make an account for everybody, in a house without one. Raises `DatabaseTaken`."""
    with house.reading() as connection:
        if find_first_admin(connection) is not None:
            raise DatabaseTaken
    passwords = {one.key: first_password() for one in CAST}
    chief, *others = CAST
    admin_id = set_up(house, email=chief.email, name=called(chief), password=passwords[chief.key])
    admin = Actor(admin_id, called(chief), chief.email, is_admin=True)
    for one in others:
        create_account(
            house,
            admin,
            email=one.email,
            name=called(one),
            may_open_projects=one.key in OPEN_PROJECTS,
            password=passwords[one.key],
        )
    return hire_crew(house, passwords)


def hire_crew(house: House, passwords: Mapping[str, str]) -> Crew:
    """The cast of a house where they have their accounts already."""
    with house.reading() as connection:
        found = {account.email: account.actor for account in list_accounts(connection)}
    return Crew({one.key: found[one.email] for one in CAST}, passwords)


def called(one: Person) -> str:
    """A person's name in both languages, since an account has one name."""
    return f"{one.name_zh} {one.name_en}"
