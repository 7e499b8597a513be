"""Suggesting, checking and applying a mapping of labels. Pure."""

from collections.abc import Iterable, Sequence
from collections.abc import Mapping as Map

from guiju.bank.mapping.errors import MappingIncomplete, MappingLosesLabels, MappingPointsNowhere
from guiju.bank.mapping.model import Because, How, Line, Mapping, Suggestion
from guiju.kinds import FieldShape
from guiju.rulebooks import CompiledRulebook

LEAST_TOGETHER = 3
MOST_OFTEN = 0.8
ALIKE = 82
Pair = tuple[str, str]


def labelled(rulebook: CompiledRulebook) -> list[FieldShape]:
    return [field for field in rulebook.fields if field.labels]


def suggest(
    old: CompiledRulebook,
    new: CompiledRulebook,
    remembered: Map[str, str],
    together: Map[Pair, Map[Pair, int]],
) -> list[Suggestion]:
    """A line for every label of `old`: what was decided before for its name, what stands with it on shared items, its
    name, what reads like it. `remembered` goes from name to name in lower case, `together` from label to labels."""
    found: list[Suggestion] = []
    for field in labelled(old):
        targets = [other for other in labelled(new) if other.kind == field.kind]
        targets.sort(key=lambda other: other.id != field.id)
        choices = [(other.id, label) for other in targets for label in other.labels]
        for label in field.labels:
            shared = together.get((field.id, label), {})
            found += [_suggest(old, new, (field.id, label), choices, remembered, shared)]
    return found


def _suggest(  # noqa: PLR0917 - all that speaks for a label
    old: CompiledRulebook,
    new: CompiledRulebook,
    one: Pair,
    choices: Sequence[Pair],
    remembered: Map[str, str],
    together: Map[Pair, int],
) -> Suggestion:
    names = names_of(old, one[1])
    by_name = {name: choice for choice in reversed(choices) for name in names_of(new, choice[1])}
    known = next((by_name[remembered[name]] for name in names if remembered.get(name) in by_name), None)
    if known:
        return _line(one, known, Because.REMEMBERED)
    total = sum(together.values())
    most = max(together, key=lambda choice: together[choice], default=None)
    if (
        most is not None
        and most in choices
        and together[most] >= LEAST_TOGETHER
        and together[most] >= MOST_OFTEN * total
    ):
        return _line(one, most, Because.TOGETHER, together[most])
    same = next((choice for choice in choices if choice[1] == one[1] and names & names_of(new, choice[1])), None)
    if same:
        return _line(one, same, Because.SAME)
    named = next((by_name[name] for name in sorted(names) if name in by_name), None)
    if named:
        return _line(one, named, Because.NAMED)
    alike = _most_alike(old, new, one[1], choices)
    if alike:
        return Suggestion(Line(*one, How.RECHECK, *alike), Because.ALIKE)
    return Suggestion(Line(*one, How.NONE), Because.NOTHING)


def _line(one: Pair, to: Pair, because: Because, together: int = 0) -> Suggestion:
    return Suggestion(Line(*one, How.BECOMES, *to), because, together=together)


def names_of(rulebook: CompiledRulebook, label: str) -> set[str]:
    """What a label is called: its names in both languages and the ids that it had, in lower case."""
    known = rulebook.labels.get(label)
    said = (*known.name.values(), *known.aliases) if known else (label,)
    return {name.strip().lower()[:120] for name in said if name.strip()}


def _most_alike(old: CompiledRulebook, new: CompiledRulebook, label: str, choices: Iterable[Pair]) -> Pair | None:
    from rapidfuzz.fuzz import ratio, token_set_ratio  # noqa: PLC0415 - only suggesting needs it

    def likeness(choice: Pair) -> float:
        one, other = old.labels.get(label), new.labels.get(choice[1])
        names = [ratio(a, b) for a in names_of(old, label) for b in names_of(new, choice[1])]
        if one and other:
            shared = set(one.definition) & set(other.definition)
            texts = [(one.definition[each], other.definition[each]) for each in shared]
            names += [token_set_ratio(a, b) for a, b in texts if a.strip() and b.strip()]
        return max(names, default=0.0)

    best = max(choices, key=likeness, default=None)
    return best if best is not None and likeness(best) >= ALIKE else None


def check_lines(
    old: CompiledRulebook, new: CompiledRulebook, lines: Sequence[Line], carried: Map[str, int], given_up: Iterable[str]
) -> None:
    """Whether the lines can be decided. `carried` counts deposits by label, `given_up` are labels named to be lost.

    Raises `MappingIncomplete`, `MappingPointsNowhere`, `MappingLosesLabels`.
    """
    wanted = {(field.id, label) for field in labelled(old) for label in field.labels}
    said = {(line.field, line.label) for line in lines}
    if said != wanted:
        raise MappingIncomplete(labels=", ".join(sorted(label for _, label in wanted ^ said))[:300])
    kinds = {field.id: field.kind for field in old.fields}
    there = {(field.id, label): field.kind for field in labelled(new) for label in field.labels}
    targets: dict[str, set[str | None]] = {}
    for line in lines:
        if line.how is How.NONE:
            continue
        if there.get((line.to_field or "", line.to_label or "")) != kinds[line.field]:
            raise MappingPointsNowhere(label=line.label, to=line.to_label or "–")
        targets.setdefault(line.field, set()).add(line.to_field)
    for field, into in targets.items():
        if len(into) > 1:
            raise MappingPointsNowhere(label=field, to=", ".join(sorted(str(each) for each in into)))
    lost = sorted({line.label for line in lines if line.how is How.NONE and carried.get(line.label)} - set(given_up))
    if lost:
        raise MappingLosesLabels(labels=", ".join(lost), deposits=sum(carried[label] for label in lost))


def mapping_of(lines: Iterable[Line]) -> Mapping:
    known = {(line.field, line.label): line for line in lines}
    return Mapping(known, {line.field: line.to_field for line in known.values() if line.to_field})
