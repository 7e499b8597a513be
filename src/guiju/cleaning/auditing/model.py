"""What an audit report tells."""

import enum
from collections.abc import Mapping
from dataclasses import dataclass

import msgspec

from guiju.cleaning.duplicates.model import Run as Search
from guiju.cleaning.profiles.model import Profile
from guiju.cleaning.quality.model import Run as Check
from guiju.cleaning.quality.model import Version
from guiju.cleaning.recipes.model import Run as RecipeRun
from guiju.data import Source
from guiju.kit import N_
from guiju.projects import Project


class Cause(enum.StrEnum):
    """What set items aside, as an auditor tells it apart."""

    RULE = "rule"
    HOLD = "hold"
    DUPLICATE = "duplicate"
    CLEANED = "cleaned"
    MASKED = "masked"
    DROPPED = "dropped"
    CHANGED = "changed"
    PERSON = "person"


CAUSE_NAMES = {
    Cause.RULE: N_("a quality rule refused it"),
    Cause.HOLD: N_("its source is held by a quality rule"),
    Cause.DUPLICATE: N_("another item says the same"),
    Cause.CLEANED: N_("a cleaned item stands for it"),
    Cause.MASKED: N_("it holds personal data; a masked item stands for it"),
    Cause.DROPPED: N_("a recipe dropped it"),
    Cause.CHANGED: N_("the record came again with other content"),
    Cause.PERSON: N_("set aside by hand"),
}


class File(msgspec.Struct, frozen=True):
    """A file that a source was read from."""

    name: str
    size: int
    sha256: str | None = None


@dataclass(frozen=True, slots=True)
class SourceFacts:
    """One source: `fingerprint` is the SHA-256 over its items' content hashes, in the order of their ids."""

    source: Source
    files: tuple[File, ...]
    items: int
    fingerprint: str
    profile: Profile | None
    check: Check | None
    aside: int
    by_cause: Mapping[Cause, int]
    near: int


@dataclass(frozen=True, slots=True)
class Example:
    """An item that a report names; personal data in its name and its beginning is masked."""

    item_id: int
    name: str
    begins: str


@dataclass(frozen=True, slots=True)
class Audit:
    """The facts of a report; `only` is the source that it is about, of a project that has others, too."""

    project: Project
    only: int | None
    version: Version | None
    sources: tuple[SourceFacts, ...]
    recipe_runs: tuple[RecipeRun, ...]
    search: Search | None
    waiting: int
    decided: int
    examples: Mapping[int, Example]
    people: Mapping[int, str]
