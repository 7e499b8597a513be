"""What the template of a rulebook's body asks for: the published page and the preview show the same."""

from typing import Any

from guiju.kinds import KINDS
from guiju.rulebooks.clauses import html_of
from guiju.rulebooks.model import POLARITY_NAMES, Rulebook
from guiju.rulebooks.reading.rules import read_through


def body_of(rulebook: Rulebook) -> dict[str, Any]:
    """The context of `rulebooks/body.html`."""
    kind_names = {name: kind.title for name, kind in KINDS.items()}
    return {
        "reading": read_through(rulebook),
        "html": html_of,
        "polarity_names": POLARITY_NAMES,
        "kind_names": kind_names,
    }
