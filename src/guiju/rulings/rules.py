"""How what people say of questions is kept."""

from collections.abc import Sequence

from guiju.rulings.errors import QuestionEmpty

TEXT_CHARACTERS = 4_000
CLAUSE_CHARACTERS = 24
LABEL_CHARACTERS = 60
MOST_LABELS = 20


def clean_text(text: str) -> str:
    """Raises `QuestionEmpty`."""
    said = text.strip()[:TEXT_CHARACTERS]
    if not said:
        raise QuestionEmpty
    return said


def clean_clause(clause: str | None) -> str | None:
    return (clause or "").strip()[:CLAUSE_CHARACTERS] or None


def clean_labels(labels: Sequence[str]) -> list[str]:
    """Each once, by name.

    >>> clean_labels(["scratch ", "", "oil", "oil"])
    ['oil', 'scratch']
    """
    return sorted({each for label in labels if (each := label.strip()[:LABEL_CHARACTERS])})[:MOST_LABELS]
