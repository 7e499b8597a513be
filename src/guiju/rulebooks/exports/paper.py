"""A rulebook as a document that people read on paper: Word, PDF or a page."""

from collections.abc import Iterator

from guiju.kinds import KINDS, kind_of
from guiju.kit import N_, Words, bilingual
from guiju.kit.words import Bilingual
from guiju.rulebooks.compiled import CompiledRulebook
from guiju.rulebooks.exports.markdown import blocks_of
from guiju.rulebooks.model import POLARITY_NAMES, Clause, Example, Label
from guiju.rulebooks.reading import Step, numbered, read_through
from guiju.site.documents import (
    Block,
    Bullets,
    Column,
    Document,
    Heading,
    Paragraph,
    Span,
    Table,
    Tone,
    code,
    quiet,
    strong,
)


def paper_of(compiled: CompiledRulebook, words: Words, project: str) -> Document:
    """The rulebook in the reader's language."""
    paper = _Paper(compiled, words)
    title, version = paper.own(compiled.rulebook.title), words(N_("Version {version}"), version=compiled.version)
    blocks = (*paper.fields(), *paper.labels(), *paper.ways(), *paper.clauses(), *paper.checks())
    footer = f"{title} · {version} · {compiled.digest[:12]}"
    return Document(
        title,
        blocks,
        words.locale,
        subtitle=f"{project} · {version}" if project else version,
        header=project,
        footer=footer,
    )


class _Paper:
    def __init__(self, compiled: CompiledRulebook, words: Words) -> None:
        self.compiled, self.rulebook, self.words = compiled, compiled.rulebook, words
        self.reading = read_through(compiled.rulebook)

    def own(self, text: Bilingual) -> str:
        return bilingual(text, self.words.locale)

    def fields(self) -> Iterator[Block]:
        w = self.words
        yield Heading(w(N_("What is asked")))
        rows = tuple(
            (
                (strong(self.own(field.title)), quiet(f"  {field.id}")),
                w(KINDS[field.kind].title),
                w(N_("required")) if field.required else w(N_("may be left out")),
                " · ".join(self.own(self.compiled.labels[name].name) for name in field.labels),
            )
            for field in self.rulebook.fields
        )
        head = (Column(w(N_("Field"))), Column(w(N_("Kind"))), Column(""), Column(w(N_("Labels")), weight=3))
        yield Table(head, rows)

    def labels(self) -> Iterator[Block]:
        w = self.words
        yield Heading(w(N_("Labels")))
        rows = tuple(
            ((strong(self.own(label.name)), quiet(f"  {label.id}")), self._defined(label), label.hotkey or "")
            for label in self.rulebook.labels
        )
        head = (Column(w(N_("Label"))), Column(w(N_("Definition")), weight=4), Column(w(N_("Key")), weight=0.4))
        yield Table(head, rows)

    def _defined(self, label: Label) -> tuple[str | Span, ...]:
        titles = " · ".join(self.own(title) for title in self.reading.titles_of(label.attributes))
        asked = quiet(f"  {self.words(N_('Also asked of it: {fields}'), fields=titles)}")
        return (self.own(label.definition), *([asked] if titles else []))

    def clauses(self) -> Iterator[Block]:
        w = self.words
        yield Heading(w(N_("Clauses")))
        # Its heading is the title once more.
        yield from (block for block in blocks_of(self.rulebook.preface) if not isinstance(block, Heading))
        for clause in self.rulebook.clauses:
            yield from self._clause(clause)
        rest = [example for example in self.rulebook.examples if example.clause is None]
        if rest:
            yield Heading(w(N_("Examples without a clause")), 2)
            yield self._examples(rest)

    def ways(self) -> Iterator[Block]:
        """The decision trees, a step a line: where one does not hold, the next of its own depth is looked at."""
        w = self.words
        for way in self.reading.ways:
            yield Heading(w(N_("In which order to decide")))
            yield Paragraph(w(N_("From the top: the first that holds decides.")), Tone.QUIET)
            rows = tuple(
                (number, self.own(step.question), f"{step.clause.id} {self.own(step.clause.title)}", self._named(step))
                for number, step in numbered(way)
            )
            head = (
                Column("", weight=0.4),
                Column(w(N_("If")), weight=2.4),
                Column(w(N_("then")), weight=1.4),
                Column(w(N_("Labels"))),
            )
            yield Table(head, rows)

    def _named(self, step: Step) -> str:
        return " · ".join(self.own(self.reading.name_of(label)) for label in step.clause.labels)

    def _clause(self, clause: Clause) -> Iterator[Block]:
        yield Heading(f"{clause.id} {self.own(clause.title)}", min(3, clause.level))
        if clause.condition:
            yield Paragraph(f"{self.words(N_('Decides where:'))} {self.own(clause.condition)}", Tone.QUIET)
        if clause.over:
            yield Paragraph(f"{self.words(N_('Wins over'))} {', '.join(clause.over)}", Tone.QUIET)
        yield from blocks_of(self.own(clause.text))
        shown = [example for example in self.rulebook.examples if example.clause == clause.id]
        if shown:
            yield self._examples(shown)

    def _examples(self, examples: list[Example]) -> Bullets:
        return Bullets(tuple(self._example(example) for example in examples))

    def _example(self, example: Example) -> tuple[str | Span, ...]:
        shown = f"“{example.text}”" if example.text is not None else example.item or ""
        pieces: list[str | Span] = [strong(self.words(POLARITY_NAMES[example.polarity])), f" {shown}"]
        for answer in (self.compiled.answers_of(example) or {}).values():
            pieces += [" → ", code(kind_of(answer).summary(answer))]
        note = self.own(example.note)
        return (*pieces, quiet(f"  {example.id}{' · ' + note if note else ''}"))

    def checks(self) -> Iterator[Block]:
        if not self.rulebook.checks:
            return
        w = self.words
        yield Heading(w(N_("Checks")))
        rows = tuple(
            (
                code(check.id),
                code(f"{check.when} → {check.expect}" if check.when else check.expect),
                self.own(check.message),
                check.clause or "",
            )
            for check in self.rulebook.checks
        )
        head = (
            Column(w(N_("Check"))),
            Column(w(N_("Condition")), weight=2),
            Column(w(N_("What is said")), weight=2),
            Column(w(N_("Clause")), weight=0.6),
        )
        yield Table(head, rows)
