"""Refusals that name, in the reader's language, what they refuse."""

from typing import Any

from guiju.kit import Words


class SaysWhat:
    """Beside `Refusal`: the detail `what` is a marked phrase, and is translated with the sentence it stands in."""

    details: dict[str, Any]

    def spoken(self, words: Words) -> dict[str, Any]:
        """The details in the reader's language."""
        return {**self.details, "what": words(str(self.details["what"]))}
