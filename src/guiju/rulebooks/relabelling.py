"""Labels renamed, merged or split in a rulebook's document: every place that names them, and nothing else."""

import io
import re
from collections.abc import Generator, Iterable, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeAlias, cast

from guiju.kit.words import Bilingual
from guiju.rulebooks.errors import DraftNotReadable
from guiju.rulebooks.expressions.rewriting import with_labels

_FRONT = re.compile(r"\A(﻿?---[ \t]*\n)(.*?\n)(---[ \t]*(?:\n|\Z))(.*)", re.DOTALL)
_LABELS = re.compile(r"^(labels:[ \t]*)(.*)$")
_HEADING = re.compile(r"^#{2,3}\s")
_NAMED = re.compile(r"^(labels|over):")

Names: TypeAlias = Mapping[str, tuple[str, ...]]
"""What stands where a label stood: one, or several where it was split (the first where only one can)."""


@dataclass(frozen=True, slots=True)
class NewLabel:
    """A label that is to stand: where it exists already, only its name and definition are set, if they are given."""

    id: str
    name: Bilingual
    definition: Bilingual


def relabel_document(document: str, names: Names, labels: Sequence[NewLabel]) -> str:
    """The document with `names` put in place everywhere: fields, tree, checks, examples, clauses, conditions.

    A label that is replaced by exactly one is kept there as an alias. Raises `DraftNotReadable`.
    """
    with _opened(document) as opened:
        _front(opened.front, names, labels)
        opened.body = _clauses(opened.body, names)
    return opened.text


def with_labels_of(source: str, document: str, ids: Iterable[str]) -> str:
    """The document with those of these labels of the document `source` that it lacks, in the fields that listed them.

    Raises `DraftNotReadable`.
    """
    wanted = set(ids)
    with _opened(source) as there, _opened(document) as here:
        known = {str(entry["id"]) for entry in here.front["labels"]}
        lacking = [entry for entry in there.front["labels"] if str(entry["id"]) in wanted - known]
        for entry in lacking:
            entry.pop("aliases", None)
            entry.pop("hotkey", None)
            here.front["labels"].append(entry)
        listed: dict[str, set[str]] = {
            str(field["id"]): set(map(str, field.get("labels") or [])) for field in there.front["fields"]
        }
        for field in here.front["fields"]:
            names = [str(one["id"]) for one in lacking if str(one["id"]) in listed.get(str(field["id"]), ())]
            if names:
                field["labels"].extend(names)
    return here.text if lacking else document


@dataclass(slots=True)
class _Opened:
    """A document with its YAML read; `text` is there when it was closed."""

    front: Any
    body: str
    text: str = ""


@contextmanager
def _opened(document: str) -> Generator[_Opened]:
    """Raises `DraftNotReadable`, also for what is not as a rulebook has it."""
    from ruamel.yaml import YAML  # noqa: PLC0415 - a parser that only documents need
    from ruamel.yaml.error import YAMLError  # noqa: PLC0415

    halves = _FRONT.match(document)
    if halves is None:
        raise DraftNotReadable(line=1)
    yaml: Any = YAML()
    yaml.preserve_quotes, yaml.width, yaml.allow_unicode = True, 4_096, True
    yaml.indent(mapping=2, sequence=4, offset=2)
    try:
        opened = _Opened(yaml.load(halves[2]), halves[4])
        yield opened
    except (YAMLError, AttributeError, KeyError, TypeError) as error:
        raise DraftNotReadable(line=2) from error
    out = io.StringIO()
    yaml.dump(opened.front, out)
    opened.text = halves[1] + out.getvalue() + halves[3] + opened.body


def _front(front: Any, names: Names, labels: Sequence[NewLabel]) -> None:
    for field in front["fields"]:
        _in_field(field, names)
    _entries(front["labels"], names, labels)
    checks: list[Any] = front.get("checks") or []
    examples: list[Any] = front.get("examples") or []
    for check in checks:
        _in_conditions(check, ("when", "expect"), names)
    for example in examples:
        if str(example.get("label")) in names:
            example["label"] = names[str(example["label"])][0]
        if example.get("answer"):
            _in_answer(example["answer"], names)


def _in_field(field: Any, names: Names) -> None:
    _in_conditions(field, ("when",), names)
    if "labels" in field:
        _in_list(field["labels"], names)
    options: dict[str, Any] = field.get("options") or {}
    ends: Any = options.get("ends")
    if ends:
        _ends(ends, names)


def _in_conditions(entry: Any, keys: Sequence[str], names: Names) -> None:
    for key in keys:
        if key in entry:
            entry[key] = _like(entry[key], with_labels(str(entry[key]), names))


def _like(old: Any, text: str) -> Any:
    """The text in the quotes that stood there."""
    return old if str(old) == text else cast("type[Any]", type(old))(text)


def _put(names: Names, listed: Iterable[object]) -> list[str]:
    """The ids that stand for those listed, each once."""
    return list(dict.fromkeys(new for one in listed for new in names.get(str(one), (str(one),))))


def _in_list(listed: Any, names: Names) -> None:
    if any(str(one) in names for one in listed):
        listed[:] = _put(names, listed)


def _ends(ends: Any, names: Names) -> None:
    """What each label of relations may join: rules of labels that become one are put together."""
    for rule in ends.values():
        for key in ("from", "to"):
            if rule and rule.get(key):
                _in_list(rule[key], names)
    for old in [each for each in ends if str(each) in names]:
        rule = ends.pop(old)
        for new in names[str(old)]:
            known = ends.setdefault(new, rule)
            if known is not rule:
                _together(known, rule)


def _together(known: Any, rule: Any) -> None:
    """Either's ends are allowed; where one of them names none, anything is."""
    for key in ("from", "to"):
        if known.get(key) and rule.get(key):
            known[key][:] = dict.fromkeys([*known[key], *rule[key]])
        else:
            known.pop(key, None)


def _entries(entries: Any, names: Names, labels: Sequence[NewLabel]) -> None:
    """New labels where the first that they replace stood, like it; the replaced ones go and leave their ids behind."""
    by_id = {str(entry["id"]): entry for entry in entries}
    for label in labels:
        sources = [old for old, new in names.items() if label.id in new and old in by_id]
        if label.id not in by_id and not sources:
            continue
        if label.id not in by_id:
            like = by_id[sources[0]]
            first = names[sources[0]][0] == label.id
            kept = ("color", "hotkey", "parent") if first else ("parent",)
            made = type(like)([("id", label.id), ("name", None), ("definition", None)])
            made.update((key, like[key]) for key in kept if key in like)
            entries.insert(_place(entries, sources[0]), made)
            by_id[label.id] = made
        _worded(by_id[label.id], label)
    for old, new in names.items():
        if len(new) == 1 and old in by_id and new[0] in by_id:
            _leave_alias(by_id[new[0]], by_id[old], old)
    gone = {old for old, new in names.items() if old not in new}
    parents = {name: str(entry["parent"]) for name, entry in by_id.items() if entry.get("parent")}
    entries[:] = [entry for entry in entries if str(entry["id"]) not in gone]
    for entry in entries:
        _lift(entry, names, gone, parents)


def _place(entries: Any, source: str) -> int:
    """Before the first that is replaced, behind what was put there already."""
    return next(n for n, entry in enumerate(entries) if str(entry["id"]) == source)


def _worded(entry: Any, label: NewLabel) -> None:
    for key, text in (("name", label.name), ("definition", label.definition)):
        given = {language: said for language in ("zh", "en") if (said := text.get(language, "").strip())}
        old = _mapping(entry.get(key))
        if given and {**old, **given} != old:
            entry[key] = {**old, **given}


def _mapping(node: Any) -> dict[str, Any]:
    return dict(cast("Mapping[str, Any]", node)) if isinstance(node, Mapping) else {}


def _leave_alias(entry: Any, gone: Any, old: str) -> None:
    known: list[str] = list(map(str, entry.get("aliases") or []))
    inherited: list[str] = list(map(str, gone.get("aliases") or []))
    kept = [each for each in dict.fromkeys([*known, *inherited, old]) if each != str(entry["id"])]
    entry["aliases"] = _in_one_line(kept)


def _in_one_line(texts: Sequence[str]) -> Any:
    from ruamel.yaml.comments import CommentedSeq  # noqa: PLC0415 - a parser that only documents need

    made: Any = CommentedSeq(texts)
    made.fa.set_flow_style()
    return made


def _lift(entry: Any, names: Names, gone: set[str], parents: Mapping[str, str]) -> None:
    """A label stands under what its parent became; never under itself."""
    own, above = str(entry["id"]), str(entry["parent"]) if entry.get("parent") else None
    while above is not None and above in gone:
        now = names[above][0]
        above = parents.get(above) if now == own else now
    if above is None or above == own:
        entry.pop("parent", None)
    else:
        entry["parent"] = above


def _in_answer(node: Any, names: Names) -> None:
    """An example's answer, short or long: labels of things marked, labels chosen, shares by label."""
    if isinstance(node, list):
        listed = cast("list[Any]", node)
        if any(isinstance(one, Mapping | list) for one in listed):
            for one in listed:
                _in_answer(one, names)
        else:
            _in_list(listed, {old: new[:1] for old, new in names.items()})
    elif isinstance(node, dict):
        _in_mapping(cast("dict[Any, Any]", node), names)


def _in_mapping(node: dict[Any, Any], names: Names) -> None:
    for value in list(node.values()):
        _in_answer(value, names)
    if str(node.get("label")) in names:
        node["label"] = names[str(node["label"])][0]
    for old in [key for key, value in node.items() if str(key) in names and isinstance(value, int | float)]:
        share, new = node.pop(old), names[str(old)][0]
        node[new] = round(float(node.get(new, 0)) + float(share), 6)


def _clauses(body: str, names: Names) -> str:
    """The lines `labels:` right below headings."""
    lines = body.split("\n")
    below = False
    for n, line in enumerate(lines):
        found = _LABELS.match(line) if below else None
        if found:
            known = [part.strip() for part in found[2].split(",") if part.strip()]
            if any(one in names for one in known):
                lines[n] = found[1] + ", ".join(_put(names, known))
        below = bool(_HEADING.match(line)) or (below and bool(_NAMED.match(line)))
    return "\n".join(lines)
