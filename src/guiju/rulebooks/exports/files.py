"""The files that a rulebook is given away as."""

import json
from dataclasses import dataclass

from guiju.kit import N_, Words
from guiju.rulebooks.compiled import CompiledRulebook
from guiju.rulebooks.exports.paper import paper_of
from guiju.rulebooks.exports.prompt import prompt_of, schema_of
from guiju.site.documents import FORMATS as PAPERS
from guiju.site.documents import FormatUnknown, file_name, render

PROMPT, SCHEMA = "prompt", "schema"
FORMATS = {
    **{name: paper.name for name, paper in PAPERS.items()},
    PROMPT: N_("Prompt for a language model"),
    SCHEMA: N_("JSON Schema of the answers"),
}


@dataclass(frozen=True, slots=True)
class Exported:
    name: str
    media_type: str
    content: bytes


def export_rulebook(compiled: CompiledRulebook, format: str, words: Words, project: str = "") -> Exported:  # noqa: A002
    """The rulebook as a file. Raises `FormatUnknown`, and as PDF `FormatNeedsExtra`, `FontsMissing`."""
    stem = f"rulebook-{compiled.version}"
    if format == PROMPT:
        return Exported(f"{stem}.prompt.md", "text/markdown; charset=utf-8", prompt_of(compiled, words).encode())
    if format == SCHEMA:
        content = json.dumps(schema_of(compiled), ensure_ascii=False, indent=2).encode() + b"\n"
        return Exported(f"{stem}.schema.json", "application/schema+json", content)
    if format not in PAPERS:
        raise FormatUnknown(format=format[:40], known=", ".join(FORMATS))
    paper = PAPERS[format]
    content = render(paper_of(compiled, words, project), format)
    return Exported(file_name(stem, paper.suffix), paper.media_type, content)
