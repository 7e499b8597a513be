"""Languages and skills."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Skills:
    """`languages` as tags (`zh`, `en-GB`), `skills` as the house's own words; both in order, none twice."""

    languages: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()


NO_SKILLS = Skills()
