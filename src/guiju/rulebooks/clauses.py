"""The Markdown half of a rulebook: headings are clauses, paragraphs are Chinese, block quotes `> en: …` are English."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Any

from guiju.kit.words import Bilingual
from guiju.rulebooks.errors import HeadingUnreadable
from guiju.rulebooks.model import Clause

_HEADING = re.compile(r"^(#{2,3})\s+(.*)$")
_NUMBERED = re.compile(r"^([A-Z]\d+(?:\.\d+)*)\s+(.+)$")
_NAMED = re.compile(r"^(labels|over|if|from):\s*(.*)$")
_ENGLISH = re.compile(r"^>\s*en:\s?")
HTML_KEPT = 4_096
"""Texts: the clauses of a large rulebook in both languages, so that a change of one renders one."""

_FENCE = re.compile(r"^(```|~~~)")


def parse_clauses(body: str, lines_above: int) -> tuple[str, list[Clause]]:
    """What stands above the first clause, and the clauses. Raises `HeadingUnreadable`."""
    preface, *parts = _split(body.split("\n"))
    clauses = [_clause(lines, start + lines_above + 1) for start, lines in parts]
    return "\n".join(preface[1]).strip(), clauses


def _split(lines: list[str]) -> Iterator[tuple[int, list[str]]]:
    """Runs of lines, each but the first opened by a heading, with the place of their first line."""
    start, run, fenced = 0, list[str](), False
    for place, line in enumerate(lines):
        fenced ^= bool(_FENCE.match(line))
        if _HEADING.match(line) and not fenced:
            yield start, run
            start, run = place, []
        run.append(line)
    yield start, run


def _clause(lines: list[str], line: int) -> Clause:
    heading = _HEADING.match(lines[0])
    numbered = _NUMBERED.match(heading[2].strip()) if heading else None
    if heading is None or numbered is None:
        raise HeadingUnreadable(line=line, heading=lines[0][:80])
    named, rest = _names(lines[1:])
    asked = named.get("if", "").strip()
    return Clause(
        id=numbered[1],
        title=_two(numbered[2]),
        text=_texts(rest),
        labels=_listed(named.get("labels", "")),
        level=len(heading[1]),
        over=_listed(named.get("over", "")),
        condition=_two(asked) if asked else None,
        source=named.get("from", "").strip(),
        line=line,
    )


def _two(text: str) -> Bilingual:
    """`中文 | English`; one that stands alone is both."""
    zh, _, en = (part.strip() for part in text.partition("|"))
    return {"zh": zh, "en": en or zh}


def _names(lines: list[str]) -> tuple[dict[str, str], list[str]]:
    """What the lines `labels:`, `over:`, `if:` and `from:` right below a heading say, and the lines below them."""
    named: dict[str, str] = {}
    for place, line in enumerate(lines):
        found = _NAMED.match(line)
        if found is None or found[1] in named:
            return named, lines[place:]
        named[found[1]] = found[2]
    return named, []


def _listed(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _texts(lines: list[str]) -> Bilingual:
    """Chinese and English blocks, each joined by a blank line."""
    zh: list[str] = []
    en: list[str] = []
    for block in _blocks(lines):
        if _ENGLISH.match(block[0]):
            en.append("\n".join(_unquoted(line) for line in block))
        else:
            zh.append("\n".join(block))
    return {"zh": "\n\n".join(zh), "en": "\n\n".join(en)}


def _blocks(lines: list[str]) -> Iterator[list[str]]:
    run: list[str] = []
    for line in [*(line.rstrip() for line in lines), ""]:
        if line:
            run.append(line)
        elif run:
            yield run
            run = []


def _unquoted(line: str) -> str:
    return _ENGLISH.sub("", line) if _ENGLISH.match(line) else re.sub(r"^>\s?", "", line)


def render_clause(clause: Clause) -> str:
    """A clause as it is written in the document."""
    lines = [f"{'#' * clause.level} {clause.id} {clause.title['zh']} | {clause.title['en']}"]
    if clause.labels:
        lines.append("labels: " + ", ".join(clause.labels))
    if clause.over:
        lines.append("over: " + ", ".join(clause.over))
    if clause.condition:
        lines.append(f"if: {clause.condition['zh']} | {clause.condition['en']}")
    if clause.source:
        lines.append(f"from: {clause.source}")
    english = [_quoted(block) for block in clause.text.get("en", "").split("\n\n") if block]
    return "\n\n".join(["\n".join(lines), *filter(None, [clause.text.get("zh", "")]), *english])


def _quoted(block: str) -> str:
    first, *rest = block.split("\n")
    return "\n".join([f"> en: {first}", *(f"> {line}" for line in rest)])


@cache
def _renderer() -> Any:
    from markdown_it import MarkdownIt  # noqa: PLC0415 - loaded when the first clause is shown

    return MarkdownIt("commonmark", {"html": False, "breaks": False}).enable("table")


def read_markdown(markdown: str) -> list[Any]:
    """The tokens of a Markdown text, as its reader gives them."""
    return _renderer().parse(markdown)


@lru_cache(HTML_KEPT)
def html_of(markdown: str) -> str:
    """Markdown as HTML that a page may show: no script, no style, no foreign picture."""
    import nh3  # noqa: PLC0415 - loaded when the first clause is shown

    tags = {"p", "em", "strong", "code", "pre", "ul", "ol", "li", "blockquote", "br", "a", "h4", "h5", "h6", "hr"}
    tables = {"table", "thead", "tbody", "tr", "th", "td"}
    attributes = {"a": {"href", "title"}, "ol": {"start"}}
    made = _renderer().render(markdown)
    return nh3.clean(made, tags=tags | tables, attributes=attributes, url_schemes={"http", "https", "mailto"}).strip()
