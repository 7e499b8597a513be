"""JSON of what a person can do."""

from typing import Any

import msgspec
from litestar import get
from litestar.params import FromPath, FromQuery

from guiju.coaching.skills.actions import Person, read_skills
from guiju.coaching.skills.model import Skill
from guiju.site import actor_of, house_of
from guiju.site.guards import AnyRequest


class SkillOut(msgspec.Struct, frozen=True):
    """`share` of `n` answers was right, partial credit counted; `interval` at 95%; `few`: it says little."""

    id: str
    n: int
    share: float
    interval: tuple[float, float]
    few: bool
    sources: dict[str, int]


class SkillsOut(msgspec.Struct, frozen=True):
    """The weakest first; `weakest` is the label to practise next."""

    person: int
    name: str
    version: str
    whole: SkillOut
    labels: list[SkillOut]
    clauses: list[SkillOut]
    weakest: str | None


@get("/projects/{project_id:int}/skills", sync_to_thread=True)
def get_skills(request: AnyRequest, project_id: FromPath[int], person: FromQuery[int | None] = None) -> SkillsOut:
    """What I can do, by label and clause; a trainer names a member by number (`person`)."""
    return skills_answer(read_skills(house_of(request), actor_of(request), project_id, person))


def skills_answer(seen: Person) -> SkillsOut:
    skills = seen.skills
    lines = ([_line(each) for each in skills.labels], [_line(each) for each in skills.clauses])
    named = (seen.person.account_id, seen.person.name, seen.rulebook.version)
    return SkillsOut(*named, _line(skills.whole), *lines, skills.weakest)


def _line(one: Skill) -> SkillOut:
    interval = (round(one.interval.low, 4), round(one.interval.high, 4))
    sources = {source.value: n for source, n in one.sources.items()}
    return SkillOut(one.id, one.n, round(one.share, 4), interval, one.few, sources)


API: list[Any] = [get_skills]
