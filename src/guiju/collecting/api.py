"""Routes for programs: consents, and what people gave."""

from typing import Any

import msgspec
from litestar import get, post
from litestar.params import FromPath, FromQuery, JSONBody

from guiju.collecting.consents.actions import agree, list_mine, withdraw
from guiju.collecting.consents.model import Agreed, Withdrawn
from guiju.collecting.model import Contribution, Person, State
from guiju.collecting.reading import list_given, list_givers
from guiju.kinds import Consent, Given
from guiju.kit import PageRequest, iso
from guiju.site import actor_of, house_of, locale_of
from guiju.site.guards import AnyRequest


class AgreeRequest(msgspec.Struct, frozen=True):
    """The field that asks, and its consent word for word as it was shown: version, Chinese and English text."""

    field: str
    consent: Consent


class ConsentGiven(msgspec.Struct, frozen=True):
    consent: int


class ConsentAnswer(msgspec.Struct, frozen=True):
    id: int
    project: int
    project_name: str
    version: str
    zh: str
    en: str
    hash: str
    agreed_at: str
    withdrawn_at: str | None
    contributions: int


class ConsentsAnswer(msgspec.Struct, frozen=True):
    consents: list[ConsentAnswer]


class ContributionAnswer(msgspec.Struct, frozen=True):
    """The content is at `/media/contributions/{id}` while `state` is kept or used."""

    id: str
    state: str
    person: str
    name: str
    prompt: str
    item: int
    round: int
    mode: str
    at: str
    given: Given | None
    problems: list[str]


class PersonAnswer(msgspec.Struct, frozen=True):
    person: str
    name: str
    used: int
    refused: int
    withdrawn: int
    version: str | None
    agreed_at: str | None
    withdrawn_at: str | None


class ContributionsAnswer(msgspec.Struct, frozen=True):
    contributions: list[ContributionAnswer]
    people: list[PersonAnswer]
    cursor: str | None


def consent_answer(one: Agreed) -> ConsentAnswer:
    c = one.consent
    until = iso(one.withdrawn_at) if one.withdrawn_at else None
    about = (one.id, one.project_id, one.project, c.version, c.zh, c.en, c.hash)
    return ConsentAnswer(*about, iso(one.agreed_at), until, one.contributions)


def contribution_answer(one: Contribution, person: str, name: str, prompt: str) -> ContributionAnswer:
    about = (one.token, one.state.name.lower(), person, name, prompt, one.item_id, one.round_id, one.mode)
    return ContributionAnswer(*about, iso(one.at), one.given, list(one.problems))


def person_answer(one: Person) -> PersonAnswer:
    since = iso(one.agreed_at) if one.agreed_at else None
    until = iso(one.withdrawn_at) if one.withdrawn_at else None
    return PersonAnswer(one.pseudonym, one.name, one.used, one.refused, one.withdrawn, one.version, since, until)


@post("/rounds/{round_id:int}/consents", sync_to_thread=True, status_code=200)
def post_consent(request: AnyRequest, round_id: FromPath[int], data: JSONBody[AgreeRequest]) -> ConsentGiven:
    """Agree to the consent that a field of the round asks for; once is enough."""
    house, actor = house_of(request), actor_of(request)
    return ConsentGiven(agree(house, actor, round_id, data.field, data.consent, locale=locale_of(request)))


@get("/consents", sync_to_thread=True)
def get_consents(request: AnyRequest) -> ConsentsAnswer:
    """What I agreed to, in whatever project."""
    return ConsentsAnswer([consent_answer(one) for one in list_mine(house_of(request), actor_of(request))])


@post("/consents/{consent_id:int}/withdraw", sync_to_thread=True, status_code=200)
def post_withdrawal(request: AnyRequest, consent_id: FromPath[int]) -> Withdrawn:
    """Take a consent back, and with it everything that was given under it. Sent twice, it happens once."""
    return withdraw(house_of(request), actor_of(request), consent_id)


@get("/projects/{project_id:int}/contributions", sync_to_thread=True)
def get_contributions(
    request: AnyRequest,
    project_id: FromPath[int],
    only: FromQuery[str] = "",
    limit: FromQuery[int] = 50,
    cursor: FromQuery[str | None] = None,
) -> ContributionsAnswer:
    """What people gave, the newest first, with its measures; `only` is used, kept, refused, withdrawn or swept."""
    house, actor = house_of(request), actor_of(request)
    states = [one for one in State if one.name.lower() == only]
    found = list_given(house, actor, project_id, PageRequest(limit, cursor), states)
    people = list_givers(house, actor, project_id)
    called = {one.annotator_id: one.pseudonym for one in people}
    rows = [
        contribution_answer(one, called.get(one.annotator_id, ""), name, prompt) for one, name, prompt in found.rows
    ]
    return ContributionsAnswer(rows, [person_answer(one) for one in people], found.cursor)


API: list[Any] = [post_consent, get_consents, post_withdrawal, get_contributions]
