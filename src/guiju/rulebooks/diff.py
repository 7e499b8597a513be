"""Two versions of a rulebook side by side: what changed, how much it weighs, which number follows."""

import enum
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import msgspec

from guiju.kinds import ITEM, Options, UnknownKind
from guiju.kit import N_, Words, compare_texts
from guiju.kit.words import Bilingual
from guiju.rulebooks.model import Check, Clause, Example, Field, Label, Rulebook
from guiju.rulebooks.options import options_of

_VERSION = re.compile(r"(0|[1-9]\d{0,5})\.(0|[1-9]\d{0,5})\.(0|[1-9]\d{0,5})")
FIRST = "1.0.0"

Version: TypeAlias = tuple[int, int, int]
Entry: TypeAlias = Field | Label | Check | Clause | Example


class Weight(enum.IntEnum):
    """What a change does: to the meaning of answers, to how clear they are, to the wording."""

    PATCH = 0
    MINOR = 1
    MAJOR = 2


WEIGHT_NAMES = {
    Weight.PATCH: N_("wording only"),
    Weight.MINOR: N_("clarified"),
    Weight.MAJOR: N_("meaning changed"),
}


@dataclass(frozen=True, slots=True)
class Difference:
    """One change in words (a msgid with places), and the two texts where a text changed."""

    group: str
    id: str
    weight: Weight
    sentence: str
    details: Mapping[str, object] = field(default_factory=dict[str, object])
    before: str = ""
    after: str = ""

    def describe(self, words: Words) -> dict[str, object]:
        said = words(self.sentence, **{**self.details, "id": self.id})
        kept = {"group": self.group, "id": self.id, "weight": self.weight.name.lower(), "message": said}
        return {**kept, "before": self.before, "after": self.after, "marks": compare_texts(self.before, self.after)}


@dataclass(frozen=True, slots=True)
class Proposal:
    """The version that should follow, and the changes that make it so."""

    version: str
    weight: Weight
    reasons: tuple[Difference, ...]


def is_version(text: str) -> bool:
    return _VERSION.fullmatch(text) is not None


def version_of(text: str) -> Version:
    """The three numbers of a version that `is_version`."""
    major, minor, patch = text.split(".")
    return int(major), int(minor), int(patch)


def next_version(version: str, weight: Weight) -> str:
    major, minor, patch = version_of(version)
    if weight is Weight.MAJOR:
        return f"{major + 1}.0.0"
    return f"{major}.{minor + 1}.0" if weight is Weight.MINOR else f"{major}.{minor}.{patch + 1}"


def propose_version(old: Rulebook | None, new: Rulebook) -> Proposal:
    """The first version is 1.0.0; after that the heaviest change decides. `old.version` is the published one."""
    if old is None:
        return Proposal(FIRST, Weight.MAJOR, ())
    changes = differences(old, new)
    weight = max((change.weight for change in changes), default=Weight.PATCH)
    return Proposal(next_version(old.version, weight), weight, tuple(c for c in changes if c.weight is weight))


def differences(old: Rulebook, new: Rulebook) -> list[Difference]:
    """Every change from `old` to `new`, the heaviest first."""
    found = [
        *_group("fields", old.fields, new.fields, _FIELD, _field_changes),
        *_group("labels", old.labels, new.labels, _LABEL, _label_changes),
        *_group("checks", old.checks, new.checks, _CHECK, _check_changes),
        *_group("clauses", old.clauses, new.clauses, _CLAUSE, _clause_changes),
        *_group("examples", old.examples, new.examples, _EXAMPLE, _example_changes),
    ]
    if dict(old.title) != dict(new.title):
        said, before, after = N_("The title changed."), _both(old.title), _both(new.title)
        found.append(Difference("title", "title", Weight.PATCH, said, before=before, after=after))
    return sorted(found, key=lambda change: -change.weight)


@dataclass(frozen=True, slots=True)
class _Coming:
    """How one that came or went weighs, and what is said of it."""

    weight: Weight
    added: str
    removed: str
    gone: Weight


_FIELD = _Coming(Weight.MAJOR, N_("Field “{id}” was added."), N_("Field “{id}” was removed."), Weight.MAJOR)
_LABEL = _Coming(Weight.MINOR, N_("Label “{id}” was added."), N_("Label “{id}” was removed."), Weight.MAJOR)
_CHECK = _Coming(Weight.MAJOR, N_("Check “{id}” was added."), N_("Check “{id}” was removed."), Weight.MAJOR)
_CLAUSE = _Coming(Weight.MINOR, N_("Clause {id} was added."), N_("Clause {id} was removed."), Weight.MINOR)
_EXAMPLE = _Coming(Weight.PATCH, N_("Example {id} was added."), N_("Example {id} was removed."), Weight.PATCH)


def _group(
    group: str,
    old: Sequence[Any],
    new: Sequence[Any],
    coming: _Coming,
    changes: Callable[[Any, Any], Iterator[Difference]],
) -> Iterator[Difference]:
    before = {entry.id: entry for entry in old}
    after = {entry.id: entry for entry in new}
    for name in before.keys() - after.keys():
        yield Difference(group, name, coming.gone, coming.removed)
    for name, entry in after.items():
        if name not in before:
            yield Difference(group, name, coming.weight, coming.added)
        elif entry != before[name]:
            yield from changes(before[name], entry)


def _options(field: Field) -> Options | Mapping[str, object]:
    """As the kind reads them, so that a default that is written out is no change."""
    try:
        return options_of(field)
    except (UnknownKind, msgspec.ValidationError):
        return field.options


def _asked(field: Field) -> tuple[object, ...]:
    return (field.kind, field.target, field.condition, field.required, _options(field))


def _field_changes(old: Field, new: Field) -> Iterator[Difference]:
    if _asked(old) != _asked(new):
        said = N_("Field “{id}” asks for something else.")
        yield _changed("fields", new, Weight.MAJOR, said, _question(old), _question(new))
    for label in sorted(set(old.labels) - set(new.labels)):
        yield _changed("fields", new, Weight.MAJOR, N_("Field “{id}” no longer takes “{label}”."), label=label)
    for label in sorted(set(new.labels) - set(old.labels)):
        yield _changed("fields", new, Weight.MINOR, N_("Field “{id}” also takes “{label}”."), label=label)
    if dict(old.title) != dict(new.title) or _reordered(old.labels, new.labels):
        yield _changed("fields", new, Weight.PATCH, N_("Field “{id}” is worded or ordered otherwise."))


def _question(field: Field) -> str:
    """
    >>> _question(Field("occluded", "choice", (), {}, target="defects", when='label == "scratch"'))
    'choice · defects · label == "scratch"'
    """
    target = "" if field.target == ITEM else field.target
    return " · ".join(filter(None, [field.kind, target, field.condition]))


def _reordered(old: Sequence[str], new: Sequence[str]) -> bool:
    return [label for label in old if label in new] != [label for label in new if label in old]


def _label_changes(old: Label, new: Label) -> Iterator[Difference]:
    before, after = _both(old.definition), _both(new.definition)
    if before.split() != after.split():
        yield _changed("labels", new, Weight.MAJOR, N_("Label “{id}” is defined otherwise."), before, after)
    if (dict(old.name), old.color, old.hotkey) != (dict(new.name), new.color, new.hotkey):
        said = N_("Label “{id}” has another name, colour or key.")
        yield _changed("labels", new, Weight.PATCH, said, _both(old.name), _both(new.name))
    if set(old.aliases) != set(new.aliases):
        said = N_("Label “{id}” is also read where answers say: {aliases}.")
        yield _changed("labels", new, Weight.PATCH, said, aliases=", ".join(new.aliases) or "–")
    if old.parent != new.parent:
        said = N_("Label “{id}” stands at another place of the tree.")
        yield _changed("labels", new, Weight.MINOR, said, old.parent or "", new.parent or "")


def _check_changes(old: Check, new: Check) -> Iterator[Difference]:
    if (old.field, old.when, old.expect) != (new.field, new.when, new.expect):
        said = N_("Check “{id}” asks for something else.")
        yield _changed("checks", new, Weight.MAJOR, said, _condition(old), _condition(new))
    if (dict(old.message), old.clause) != (dict(new.message), new.clause):
        said = N_("Check “{id}” says it otherwise.")
        yield _changed("checks", new, Weight.PATCH, said, _both(old.message), _both(new.message))


def _clause_changes(old: Clause, new: Clause) -> Iterator[Difference]:
    if dict(old.text) != dict(new.text) or old.labels != new.labels:
        said = N_("Clause {id} reads otherwise.")
        yield _changed("clauses", new, Weight.MINOR, said, _both(old.text), _both(new.text))
    if set(old.over) != set(new.over):
        said = N_("Clause {id} wins over other clauses than before.")
        yield _changed("clauses", new, Weight.MAJOR, said, ", ".join(old.over), ", ".join(new.over))
    if old.condition != new.condition:
        said = N_("Clause {id} decides in other cases than before.")
        yield _changed("clauses", new, Weight.MAJOR, said, _both(old.condition or {}), _both(new.condition or {}))
    if dict(old.title) != dict(new.title) or old.level != new.level:
        said = N_("Clause {id} has another title.")
        yield _changed("clauses", new, Weight.PATCH, said, _both(old.title), _both(new.title))


def _example_changes(old: Example, new: Example) -> Iterator[Difference]:
    said = N_("Example {id} changed.")
    yield _changed("examples", new, Weight.PATCH, said, _both(old.note), _both(new.note))


def _changed(  # noqa: PLR0917 - the order of a sentence: what, how much, said how, from, to
    group: str, entry: Entry, weight: Weight, sentence: str, before: str = "", after: str = "", **details: object
) -> Difference:
    return Difference(group, entry.id, weight, sentence, details, before, after)


def _both(text: Bilingual) -> str:
    return "\n".join(filter(None, [text.get("zh", ""), text.get("en", "")]))


def _condition(check: Check) -> str:
    return f"{check.when} → {check.expect}" if check.when else check.expect
