"""What amendments write: text in, text out."""

from guiju.planning.amendments.errors import AmendmentEmpty, ClauseNotInDraft
from guiju.rulebooks import parse_rulebook

TEXT_CHARACTERS = 4_000


def clean_text(text: str) -> str:
    """One paragraph: no heading and no field of a heading can come of it. Raises `AmendmentEmpty`."""
    said = " ".join(text.split())[:TEXT_CHARACTERS].lstrip("#>` ")
    if not said:
        raise AmendmentEmpty
    return said


def extend_clause(document: str, clause_id: str, text: str) -> str:
    """The document with a paragraph at the end of a clause, and nothing else changed. Raises `ClauseNotInDraft`.

    A text without a Chinese character is an English paragraph.
    """
    clauses = parse_rulebook(document).clauses
    place = next((n for n, clause in enumerate(clauses) if clause.id == clause_id), None)
    if place is None:
        raise ClauseNotInDraft(clause=clause_id)
    lines = document.split("\n")
    end = clauses[place + 1].line - 1 if place + 1 < len(clauses) else len(lines)
    while end > 0 and not lines[end - 1].strip():
        end -= 1
    said = text if any("一" <= sign <= "鿿" for sign in text) else f"> en: {text}"
    return "\n".join([*lines[:end], "", said, "", *lines[end:]]).rstrip("\n") + "\n"
