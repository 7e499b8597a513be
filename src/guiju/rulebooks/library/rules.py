"""What taking over means for each entry, and how it comes into the document. Pure."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import cast

from guiju.kit import N_
from guiju.rulebooks.clauses import render_clause
from guiju.rulebooks.library.model import Row
from guiju.rulebooks.model import Check, Clause, Example, Field, Rulebook
from guiju.rulebooks.writing import append_to, insert_entry

_IN_QUOTES = re.compile(r"""(["'])([\w.-]+)\1""")
GROUPS = ("labels", "clauses", "checks", "examples")


@dataclass(frozen=True, slots=True)
class _Words:
    """An entry's words in both languages, to be laid beside one another."""

    id: str
    said: Mapping[str, str]


def lay_beside(theirs: Rulebook, mine: Rulebook) -> tuple[Row, ...]:
    """Every entry that could come, with one's own of the same id and the id that it would get."""
    return tuple(row for group in GROUPS for row in _rows(group, theirs, mine))


def _rows(group: str, theirs: Rulebook, mine: Rulebook) -> Iterator[Row]:
    own = {one.id: one.said for one in _words(group, mine)}
    taken = set(own)
    for one in _words(group, theirs):
        alike = one.id if own.get(one.id) == one.said else next((name for name in own if own[name] == one.said), None)
        as_id = alike or free(one.id, taken)
        taken.add(as_id)
        hindrance = "" if alike else _hindrance(group, one.id, theirs, mine)
        yield Row(group, one.id, one.said, own.get(one.id), as_id, alike is not None, hindrance)


def _words(group: str, rulebook: Rulebook) -> Iterator[_Words]:
    if group == "labels":
        yield from (_Words(one.id, _joined(one.name, one.definition)) for one in rulebook.labels)
    elif group == "clauses":
        yield from (_Words(one.id, _joined(one.title, one.text)) for one in rulebook.clauses)
    elif group == "checks":
        yield from (
            _Words(one.id, _joined(one.message, {"zh": one.expect, "en": one.expect})) for one in rulebook.checks
        )
    else:
        shown = (one for one in rulebook.examples if one.text)
        yield from (_Words(one.id, {"zh": f"{one.text}", "en": f"{one.text}"}) for one in shown)


def _joined(head: Mapping[str, str], body: Mapping[str, str]) -> dict[str, str]:
    return {each: "\n".join(filter(None, (head.get(each, ""), body.get(each, "")))) for each in ("zh", "en")}


def _hindrance(group: str, name: str, theirs: Rulebook, mine: Rulebook) -> str:
    if group != "checks":
        return ""
    check = next(one for one in theirs.checks if one.id == name)
    return "" if _field_like(check.field, theirs, mine) else N_("No field here is of its kind.")


def free(name: str, taken: Collection[str]) -> str:
    """The id, or with the next number where it stands for something else already.

    >>> free("scratch", {"scratch", "scratch-2"}), free("C3.1", {"C3.1", "C4"})
    ('scratch-3', 'C5')
    """
    if name not in taken:
        return name
    if re.fullmatch(r"[A-Z]\d+(\.\d+)*", name):
        tops = [int(found[1]) for each in taken if (found := re.match(rf"{name[0]}(\d+)", each))]
        return f"{name[0]}{max(tops, default=0) + 1}"
    return next(each for n in range(2, len(taken) + 3) if (each := f"{name}-{n}") not in taken)


def _field_like(name: str, theirs: Rulebook, mine: Rulebook) -> Field | None:
    """One's own field that asks the same: of that id and kind, else the first of its kind."""
    field = next((one for one in theirs.fields if one.id == name), None)
    alike = [one for one in mine.fields if field is not None and one.kind == field.kind]
    return next((one for one in alike if one.id == name), alike[0] if alike else None)


def take_over(
    document: str, theirs: Rulebook, mine: Rulebook, chosen: Collection[str], source: str
) -> tuple[str, list[Row]]:
    """`document` with the chosen entries (`labels.scratch`), each under its own or a free id; those that came.

    What they name that is neither here nor chosen is left out of them. Nothing else of the document changes. Raises
    `DraftNotReadable`.
    """
    rows = lay_beside(theirs, mine)
    came = [row for row in rows if row.key in chosen and not row.same and not row.hindrance]
    ids = {
        group: {row.id: row.as_id for row in rows if row.group == group and (row.same or row in came)}
        for group in GROUPS
    }
    for group in ("labels", "clauses"):
        ids[group] = {one.id: one.id for one in getattr(mine, group)} | ids[group]
    for row in came:
        document = _put(document, row, theirs, mine, ids, source)
    return document, came


def _put(  # noqa: PLR0917 - two rulebooks, and what becomes of names between them
    document: str, row: Row, theirs: Rulebook, mine: Rulebook, ids: Mapping[str, Mapping[str, str]], source: str
) -> str:
    if row.group == "labels":
        return _put_label(document, row, theirs, mine, source)
    if row.group == "clauses":
        clause = next(one for one in theirs.clauses if one.id == row.id)
        return f"{document.rstrip()}\n\n{render_clause(_renamed(clause, row.as_id, ids, source))}\n"
    if row.group == "checks":
        check = next(one for one in theirs.checks if one.id == row.id)
        field = _field_like(check.field, theirs, mine)
        return insert_entry(document, "checks", _check(check, row.as_id, field, ids, source)).apply(document)
    example = next(one for one in theirs.examples if one.id == row.id)
    return insert_entry(document, "examples", _example(example, row.as_id, mine, ids, source)).apply(document)


def _put_label(document: str, row: Row, theirs: Rulebook, mine: Rulebook, source: str) -> str:
    label = next(one for one in theirs.labels if one.id == row.id)
    entry: dict[str, object] = {"id": row.as_id, "name": dict(label.name), "definition": dict(label.definition)}
    document = insert_entry(document, "labels", {**entry, "from": source}).apply(document)
    asking = next((one for one in theirs.fields if row.id in one.labels), None)
    field = _field_like(asking.id, theirs, mine) if asking else None
    if field is None:
        return document
    place = [one.id for one in mine.fields].index(field.id)
    return append_to(document, ("fields", place, "labels"), row.as_id).apply(document)


def _renamed(clause: Clause, as_id: str, ids: Mapping[str, Mapping[str, str]], source: str) -> Clause:
    labels = tuple(ids["labels"][one] for one in clause.labels if one in ids["labels"])
    over = tuple(ids["clauses"][one] for one in clause.over if one in ids["clauses"])
    level = 3 if "." in as_id else 2
    return replace(clause, id=as_id, labels=labels, over=over, level=level, source=source)


def _check(
    check: Check, as_id: str, field: Field | None, ids: Mapping[str, Mapping[str, str]], source: str
) -> dict[str, object]:
    def said(text: str | None) -> str | None:
        labels = ids["labels"]
        return text and _IN_QUOTES.sub(lambda found: f"{found[1]}{labels.get(found[2], found[2])}{found[1]}", text)

    name = field.id if field else check.field
    entry = {"id": as_id, "field": name, "when": said(check.when), "expect": said(check.expect)}
    return {**entry, "message": dict(check.message), "clause": ids["clauses"].get(check.clause or ""), "from": source}


def _example(
    example: Example, as_id: str, mine: Rulebook, ids: Mapping[str, Mapping[str, str]], source: str
) -> dict[str, object]:
    """Its words, and its answer where that is a choice which can be given here."""
    label, clause = ids["labels"].get(example.label or ""), ids["clauses"].get(example.clause or "")
    fields = {one.id for one in mine.fields if one.kind == "choice"}
    listed = {name: _names(told) for name, told in (example.answer or {}).items() if name in fields}
    named = {name: told for name, told in listed.items() if told is not None}
    known = ids["labels"]
    answer = {name: [known[one] for one in told] for name, told in named.items() if all(one in known for one in told)}
    said: dict[str, object] = {"id": as_id, "polarity": example.polarity.value, "label": label, "clause": clause}
    return {**said, "note": dict(example.note), "text": example.text, "answer": answer or None, "from": source}


def _names(told: object) -> list[str] | None:
    """The labels of a choice in short; `None` for anything else."""
    return [str(one) for one in cast("list[object]", told)] if isinstance(told, list) else None
