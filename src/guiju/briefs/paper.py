"""A brief as a document that is signed on paper: Word, PDF or a page."""

from collections.abc import Iterator
from datetime import date

from guiju.briefs.changes import ENTRY_NAMES, write_entry
from guiju.briefs.document import parse_brief, plain_brief
from guiju.briefs.model import FACET_NAMES, Brief, BriefVersion
from guiju.briefs.rules import describe_gap, find_gaps
from guiju.kit import N_, Words, bilingual, iso
from guiju.site.documents import (
    Block,
    Document,
    Facts,
    Heading,
    Paragraph,
    Signatures,
    Table,
    Tone,
    right,
)
from guiju.site.documents import Column as Text


def paper_of(version: BriefVersion, words: Words, project: str, today: date | None = None) -> Document:
    """The version in the reader's language; unsigned, it ends with its findings and lines to sign on."""
    brief = parse_brief(version.document)
    name = words(N_("Version {version}"), version=version.version)
    held = (
        *_facets(brief, words),
        *_figures(brief, words),
        *_questions(brief, words),
        *_state(version, brief, words, today),
    )
    title = bilingual(brief.title, words.locale) or project
    subtitle = " · ".join(each for each in (brief.customer, project, name) if each)
    footer = f"{title} · {name} · {version.digest[:12]}"
    return Document(title, held, words.locale, subtitle=subtitle, header=project, footer=footer)


def _facets(brief: Brief, words: Words) -> Iterator[Block]:
    for facet, name in FACET_NAMES.items():
        yield Heading(words(name))
        text = bilingual(brief.facets.get(facet, {}), words.locale)
        if not text:
            yield Paragraph("–", Tone.QUIET)
        for line in filter(None, text.split("\n")):
            yield Paragraph(line)


def _figures(brief: Brief, words: Words) -> Iterator[Block]:
    plain = plain_brief(brief)
    yield Heading(words(N_("Figures")))
    for part in ("figures", "plan"):
        told = [
            (words(ENTRY_NAMES.get(name) or name), write_entry(value) or "–")
            for name, value in plain.get(part, {}).items()
        ]
        if told:
            yield Facts(tuple(told))


def _questions(brief: Brief, words: Words) -> Iterator[Block]:
    if not brief.questions:
        return
    yield Heading(words(N_("Open questions")))
    columns = (
        Text(words(N_("Question")), weight=3),
        Text(words(N_("Who answers"))),
        right(words(N_("Until"))),
        Text(words(N_("Answer")), weight=3),
    )
    rows = ((each.text, each.owner, str(each.due or ""), each.answer) for each in brief.questions)
    yield Table(columns, tuple(rows))


def _state(version: BriefVersion, brief: Brief, words: Words, today: date | None) -> Iterator[Block]:
    yield Heading(words(N_("Signature")))
    if version.signed_at is not None:
        yield Paragraph(words(N_("Signed on {date} (UTC), as it stands here."), date=iso(version.signed_at)), Tone.GOOD)
        return
    yield Paragraph(words(N_("Not signed: this is a draft.")), Tone.WARN)
    for gap in find_gaps(brief, today):
        told = describe_gap(gap, words)
        yield Paragraph(f"{told['message']} {told['ask']} {told['arithmetic']}".strip(), Tone.QUIET)
    roles = ((words(N_("Requester")), brief.customer), (words(N_("AI trainer")), ""))
    yield Signatures(roles, words(N_("Signed")), words(N_("Date")))
