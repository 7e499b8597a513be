"""Languages and skills as they are kept. Pure."""

import re
from collections.abc import Iterable

from guiju.people.skills.errors import LanguageUnclear, SkillUnclear, TooManySkills
from guiju.people.skills.model import Skills

_TAG = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8}){0,2}", re.IGNORECASE)
LONGEST = 40
MOST = 30


def clean_skills(languages: Iterable[str], skills: Iterable[str]) -> Skills:
    """Raises `LanguageUnclear`, `SkillUnclear`, `TooManySkills`."""
    tags = {_tag(each) for each in languages}
    names = {_name(each) for each in skills}
    if len(tags) + len(names) > MOST:
        raise TooManySkills(count=len(tags) + len(names), most=MOST)
    return Skills(tuple(sorted(tags)), tuple(sorted(names)))


def _tag(value: str) -> str:
    """The base in small letters, a region in capitals, as tags are written."""
    tag = value.strip()
    if not _TAG.fullmatch(tag):
        raise LanguageUnclear(value=tag[:40])
    base, *rest = tag.split("-")
    return "-".join([base.lower(), *(each.upper() if len(each) == 2 else each.capitalize() for each in rest)])


def _name(value: str) -> str:
    name = " ".join(value.split())
    if not name or len(name) > LONGEST or "," in name:
        raise SkillUnclear(value=name[:60], most=LONGEST)
    return name
