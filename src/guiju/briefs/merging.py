"""Two people write at once: what each changed since the text that both began with, brought together entry by entry."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from guiju.briefs.document import brief_of, plain_brief
from guiju.briefs.model import Brief

Entries = dict[tuple[str, ...], Any]
_WHOLE = frozenset({"agreement"})
"""Mappings that are one figure: their entries mean nothing alone."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """An entry (`facets.what.zh`) that both changed, in two ways; `theirs` is what is kept now."""

    place: str
    mine: Any
    theirs: Any


@dataclass(frozen=True, slots=True)
class Merged:
    """Both people's changes; where they conflict it holds mine, and the conflict says so."""

    brief: Brief
    conflicts: tuple[Conflict, ...] = ()


def merge_briefs(base: Brief, mine: Brief, theirs: Brief) -> Merged:
    """Bring `mine` and `theirs` together, both written from `base`: by facet and language, figure, question."""
    old, one, other = entries_of(base), entries_of(mine), entries_of(theirs)
    kept: Entries = {}
    conflicts: list[Conflict] = []
    for place in dict.fromkeys([*other, *one]):
        was, here, there = old.get(place), one.get(place), other.get(place)
        value = there if here == was else here
        if here not in (was, there) and there != was:
            conflicts.append(Conflict(".".join(place), here, there))
        if value is not None:
            kept[place] = value
    return Merged(brief_of(_tree(kept)), tuple(conflicts))


def entries_of(brief: Brief) -> Entries:
    """The brief as places and values; a question's place is its text."""
    plain = plain_brief(brief)
    questions = {("questions", each["text"]): each for each in plain.pop("questions")}
    return {**_flat(plain, ()), **questions}


def _flat(value: Mapping[str, Any], above: tuple[str, ...]) -> Entries:
    found: Entries = {}
    for name, entry in value.items():
        if isinstance(entry, Mapping) and name not in _WHOLE:
            found.update(_flat(cast("Mapping[str, Any]", entry), (*above, name)))
        else:
            found[(*above, name)] = entry
    return found


def _tree(entries: Entries) -> dict[str, Any]:
    root: dict[str, Any] = {"title": {"zh": "", "en": ""}}
    for place, value in entries.items():
        if place[0] == "questions":
            root.setdefault("questions", []).append(value)
            continue
        node = root
        for name in place[:-1]:
            node = node.setdefault(name, {})
        node[place[-1]] = value
    return root
