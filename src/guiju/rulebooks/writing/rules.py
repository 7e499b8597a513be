"""The outline of a rulebook."""

from collections.abc import Iterator

from guiju.kit.words import Bilingual
from guiju.rulebooks.model import Rulebook
from guiju.rulebooks.writing.model import Entry

NOTE_CHARACTERS = 80


def outline(rulebook: Rulebook) -> tuple[Entry, ...]:
    """Everything with an id, in the order of the document's own parts."""
    return tuple(_entries(rulebook))


def _entries(rulebook: Rulebook) -> Iterator[Entry]:
    parents = {label.id: label.parent for label in rulebook.labels}
    yield from (Entry("fields", one.id, one.title, one.line) for one in rulebook.fields)
    yield from (Entry("labels", one.id, one.name, one.line, 2 if parents.get(one.id) else 1) for one in rulebook.labels)
    yield from (Entry("checks", one.id, one.message, one.line) for one in rulebook.checks)
    yield from (Entry("examples", one.id, _short(one.note), one.line) for one in rulebook.examples)
    yield from (Entry("clauses", one.id, one.title, one.line, one.level - 1) for one in rulebook.clauses)


def _short(text: Bilingual) -> Bilingual:
    return {language: one[:NOTE_CHARACTERS] for language, one in text.items()}
