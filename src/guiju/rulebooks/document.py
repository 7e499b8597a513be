"""The rulebook as one plain document: YAML front matter between lines of `---`, then clauses in Markdown."""

import re
from functools import lru_cache

from guiju.briefs import Node, items_of, read_yaml, text_of, two_of, write_yaml
from guiju.kit.words import Bilingual
from guiju.rulebooks.attributes import with_carried
from guiju.rulebooks.clauses import parse_clauses, render_clause
from guiju.rulebooks.errors import FrontMatterMissing
from guiju.rulebooks.model import Check, Example, Field, Label, Polarity, Rulebook
from guiju.rulebooks.palette import coloured

DOCUMENTS_KEPT = 64

_FRONT = re.compile(r"\A﻿?---[ \t]*\n(.*?\n)---[ \t]*(?:\n|\Z)", re.DOTALL)
_VERSION = re.compile(r"^version:.*$", re.MULTILINE)


def tidy_document(text: str) -> str:
    """The text as it is stored: Unix line ends, one newline at its end, nothing else touched."""
    return text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff").rstrip() + "\n"


@lru_cache(DOCUMENTS_KEPT)
def parse_rulebook(text: str) -> Rulebook:
    """The rulebook in a document, read once while it is kept.

    Raises `FrontMatterMissing`, `HeadingUnreadable`, and the refusals of plain YAML.
    """
    front, body = _halves(text)
    root = read_yaml(front, 1).only("title", "version", "fields", "labels", "checks", "examples")
    preface, clauses = parse_clauses(body, front.count("\n") + 2)
    labels = tuple(coloured(_label(node) for node in root.need("labels").items()))
    return Rulebook(
        title=root.need("title").two(),
        version=text_of(root.find("version"), "1.0.0"),
        fields=with_carried([_field(node) for node in root.need("fields").items()], labels),
        labels=labels,
        checks=tuple(_check(node) for node in items_of(root.find("checks"))),
        examples=tuple(_example(node) for node in items_of(root.find("examples"))),
        clauses=tuple(clauses),
        preface=preface,
    )


def _halves(text: str) -> tuple[str, str]:
    found = _FRONT.match(text)
    if found is None:
        raise FrontMatterMissing(line=1)
    return found[1], text[found.end() :]


def with_version(text: str, version: str) -> str:
    """The document with `version:` set, and nothing else changed."""
    front, body = _halves(text)
    line = f"version: {version}"
    changed = _VERSION.sub(line, front, count=1) if _VERSION.search(front) else f"{line}\n{front}"
    return f"---\n{changed}---\n{body}"


def _field(node: Node) -> Field:
    node.only("id", "kind", "target", "required", "title", "options", "labels", "when")
    options, required, labels = node.find("options"), node.find("required"), node.find("labels")
    return Field(
        id=node.need("id").text(),
        kind=node.need("kind").text(),
        labels=labels.texts() if labels else (),
        title=_two(node, "title"),
        target=text_of(node.find("target"), "item"),
        required=required.truth() if required else True,
        options={str(name): options.need(str(name)).plain() for name in options.mapping()} if options else {},
        when=text_of(node.find("when")) or None,
        line=node.line,
    )


def _label(node: Node) -> Label:
    node.only("id", "name", "definition", "color", "hotkey", "parent", "attributes", "aliases", "from")
    aliases, attributes = node.find("aliases"), node.find("attributes")
    return Label(
        id=node.need("id").text(),
        name=_two(node, "name"),
        definition=two_of(node.find("definition")),
        color=text_of(node.find("color")),
        hotkey=text_of(node.find("hotkey")) or None,
        parent=text_of(node.find("parent")) or None,
        attributes=attributes.texts() if attributes else (),
        aliases=aliases.texts() if aliases else (),
        source=text_of(node.find("from")),
        line=node.line,
    )


def _check(node: Node) -> Check:
    node.only("id", "field", "when", "expect", "message", "clause", "from")
    return Check(
        id=node.need("id").text(),
        field=node.need("field").text(),
        expect=node.need("expect").text(),
        message=node.need("message").two(),
        when=text_of(node.find("when")) or None,
        clause=text_of(node.find("clause")) or None,
        source=text_of(node.find("from")),
        line=node.line,
    )


def _example(node: Node) -> Example:
    node.only("id", "polarity", "label", "clause", "note", "text", "item", "answer", "from")
    answer = node.find("answer")
    answers = {name: answer.need(name).plain() for name in answer.mapping()} if answer else None
    return Example(
        id=node.need("id").text(),
        polarity=Polarity(node.need("polarity").one_of(tuple(Polarity))),
        note=two_of(node.find("note")),
        label=text_of(node.find("label")) or None,
        clause=text_of(node.find("clause")) or None,
        text=text_of(node.find("text")) or None,
        item=text_of(node.find("item")) or None,
        answer=answers,
        source=text_of(node.find("from")),
        line=node.line,
    )


def _two(node: Node, key: str) -> dict[str, str]:
    """A name in both languages; where it is absent the id stands for it."""
    found = node.find(key)
    return found.two() if found else {"zh": node.need("id").text(), "en": node.need("id").text()}


def render_rulebook(rulebook: Rulebook) -> str:
    """The rulebook as a document. `parse_rulebook(render_rulebook(r)) == r`."""
    front = {
        "title": _ordered(rulebook.title),
        "version": rulebook.version,
        "fields": [_render_field(field) for field in rulebook.fields],
        "labels": [_render_label(label) for label in rulebook.labels],
        "checks": [_render_check(check) for check in rulebook.checks],
        "examples": [_render_example(example) for example in rulebook.examples],
    }
    body = "\n\n".join(filter(None, [rulebook.preface, *(render_clause(clause) for clause in rulebook.clauses)]))
    return f"---\n{write_yaml(front)}---\n\n{body}".rstrip() + "\n"


def _ordered(text: Bilingual) -> dict[str, str]:
    return {language: text.get(language, "") for language in ("zh", "en")}


def _render_field(field: Field) -> dict[str, object]:
    return {
        "id": field.id,
        "kind": field.kind,
        "target": field.target,
        **({"when": field.when} if field.when else {}),
        "required": field.required,
        "title": _ordered(field.title),
        **({"options": dict(field.options)} if field.options else {}),
        "labels": list(field.labels),
    }


def _render_label(label: Label) -> dict[str, object]:
    shown: dict[str, object] = {
        "id": label.id,
        "name": _ordered(label.name),
        "definition": _ordered(label.definition),
        "color": label.color,
    }
    hotkey = {"hotkey": label.hotkey} if label.hotkey else {}
    parent = {"parent": label.parent} if label.parent else {}
    attributes = {"attributes": list(label.attributes)} if label.attributes else {}
    return (
        shown
        | hotkey
        | parent
        | attributes
        | ({"aliases": list(label.aliases)} if label.aliases else {})
        | _from(label)
    )


def _render_check(check: Check) -> dict[str, object]:
    when = {"when": check.when} if check.when else {}
    clause = {"clause": check.clause} if check.clause else {}
    return {
        "id": check.id,
        "field": check.field,
        **when,
        "expect": check.expect,
        "message": _ordered(check.message),
        **clause,
        **_from(check),
    }


def _render_example(example: Example) -> dict[str, object]:
    kept = {"id": example.id, "polarity": example.polarity.value, "label": example.label, "clause": example.clause}
    more = {"note": _ordered(example.note), "text": example.text, "item": example.item, "answer": example.answer}
    return {key: value for key, value in {**kept, **more}.items() if value is not None} | _from(example)


def _from(entry: Label | Check | Example) -> dict[str, object]:
    return {"from": entry.source} if entry.source else {}
