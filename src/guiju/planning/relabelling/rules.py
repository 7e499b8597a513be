"""What may be asked of labels, and what an answer becomes. Pure."""

import re
from collections.abc import Callable, Mapping
from typing import TypeAlias

from guiju.kinds import Answer, Swap, kind_of, relabel_answers
from guiju.planning.relabelling import errors
from guiju.planning.relabelling.model import Asked, Kind, Recheck, Target
from guiju.rulebooks import Label, Rulebook
from guiju.rulebooks.relabelling import NewLabel

MOST_RECHECKED = 5_000
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,59}")

Choose: TypeAlias = Callable[[str, str], str | None]
"""The label for a thing marked, given its field and its id ("" for the whole answer); `None` where nothing decides."""


def check_asked(asked: Asked, rulebook: Rulebook) -> None:
    """Raises a refusal by name for what cannot be asked of this rulebook."""
    labels = {label.id: label for label in rulebook.labels}
    for name in asked.sources:
        if name not in labels:
            raise errors.LabelNotInForce(label=name[:60], known=", ".join(labels))
    new = [target.id for target in asked.targets]
    if not asked.sources or not new or len(set(new)) < len(new) or len(set(asked.sources)) < len(asked.sources):
        raise errors.LabelsNotChosen
    if not asked.names and not any(_says_anew(target, labels[target.id]) for target in asked.targets):
        raise errors.LabelsNotChosen
    _check_ids(asked, labels, rulebook)
    _check_fields(asked, rulebook)
    if not asked.reason.strip():
        raise errors.ReasonMissing
    if asked.recheck is Recheck.SAMPLE and not 1 <= asked.sample <= MOST_RECHECKED:
        raise errors.SampleUnsound(sample=asked.sample, most=MOST_RECHECKED)
    if asked.kind is Kind.SPLIT and (asked.split is None or len(asked.sources) != 1):
        raise errors.SplitUndecided(label=asked.sources[0])


def _says_anew(target: Target, label: Label) -> bool:
    given = {"zh": target.zh, "en": target.en}, {"zh": target.definition_zh, "en": target.definition_en}
    known = label.name, label.definition
    pairs = [(text, old.get(key)) for new, old in zip(given, known, strict=True) for key, text in new.items()]
    return any(text and text != before for text, before in pairs)


def _check_ids(asked: Asked, labels: Mapping[str, Label], rulebook: Rulebook) -> None:
    """A merge may go into a label that stays; the new labels of a rename or a split are new, or the old one."""
    aliases = {alias: label.id for label in rulebook.labels for alias in label.aliases}
    for target in asked.targets:
        if not _ID.fullmatch(target.id):
            raise errors.LabelIdUnsound(label=target.id[:60])
        if target.id in labels and target.id not in asked.sources and asked.kind is Kind.SPLIT:
            raise errors.LabelIdTaken(label=target.id)
        if target.id in aliases and aliases[target.id] not in asked.sources:
            raise errors.LabelIdTaken(label=target.id)


def _check_fields(asked: Asked, rulebook: Rulebook) -> None:
    """Labels that become one are asked of the same fields: else an answer would get a label that its field lacks."""
    known = {label.id for label in rulebook.labels}
    together = [*asked.sources, *(target.id for target in asked.targets if target.id in known)]
    of = {name: frozenset(field.id for field in rulebook.fields if name in field.labels) for name in together}
    for name in together[1:]:
        if of[name] and of[together[0]] and of[name] != of[together[0]]:
            raise errors.LabelsOfOtherKind(a=together[0], b=name)


def new_labels(asked: Asked, rulebook: Rulebook) -> list[NewLabel]:
    """The labels that stand from then on; a new one without a definition takes those of what it replaces."""
    labels = {label.id: label for label in rulebook.labels}
    return [_new_label(target, asked, labels) for target in asked.targets]


def _new_label(target: Target, asked: Asked, labels: Mapping[str, Label]) -> NewLabel:
    name = {"zh": target.zh, "en": target.en}
    definition = {"zh": target.definition_zh, "en": target.definition_en}
    if target.id not in labels:
        first = labels[asked.sources[0]]
        name = name if any(name.values()) else _names_of(target, asked, first)
        if not any(definition.values()):
            definition = {key: _joined(key, asked, labels) for key in ("zh", "en")}
    return NewLabel(target.id, name, definition)


def _names_of(target: Target, asked: Asked, first: Label) -> dict[str, str]:
    return dict(first.name) if asked.kind is Kind.RENAME else {"zh": target.id, "en": target.id}


def _joined(language: str, asked: Asked, labels: Mapping[str, Label]) -> str:
    said = [labels[name].definition.get(language, "").strip() for name in asked.sources]
    return (" " if language == "en" else "").join(dict.fromkeys(filter(None, said)))


def restate(answers: Mapping[str, Answer], sources: frozenset[str], choose: Choose) -> tuple[dict[str, Answer], bool]:
    """The answers in the new labels, and whether something in them was left undecided, and stays as it is."""
    undecided = False

    def swap_of(field: str) -> Swap:
        def swap(label: str, part: str) -> str:
            nonlocal undecided
            if label not in sources:
                return label
            chosen = choose(field, part)
            undecided |= chosen is None
            return label if chosen is None else chosen

        return swap

    return relabel_answers(answers, {field: swap_of(field) for field in answers}), undecided


def labels_in(answers: Mapping[str, Answer]) -> set[str]:
    return {label for answer in answers.values() for label in kind_of(answer).labels_of(answer)}


def told(answers: Mapping[str, Answer], fields: frozenset[str]) -> str:
    """What these fields say, in one line."""
    return " / ".join(kind_of(answer).summary(answer) for field, answer in answers.items() if field in fields)
