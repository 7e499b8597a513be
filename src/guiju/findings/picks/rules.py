"""What a pick is called and asked. Pure."""

from collections.abc import Mapping, Sequence

from guiju.findings.picks.model import ASK, ASKS, REASONS, Of, Pick
from guiju.kit import Words, digest

MOST_ITEMS = 100_000
WORDS_CHARACTERS = 500
PLACES = ("field", "label", "other", "scene", "link", "words")


def reason_of(of: Of, details: Mapping[str, str], words: Words) -> str:
    """Why the items were picked, in the reader's language; what a hand wrote stays as it is."""
    if details.get("words"):
        return details["words"]
    return words(REASONS[of], **{name: details.get(name, "–") for name in PLACES})


def question_of(pick: Pick, words: Words) -> str:
    """What the expert is asked unless somebody writes another question."""
    return f"{reason_of(pick.of, pick.details, words)} {words(ASKS.get(pick.of, ASK))}"


def digest_of(of: Of, details: Mapping[str, str], items: Sequence[int]) -> str:
    return digest({"of": of.value, "details": dict(sorted(details.items())), "items": list(items)})


def remaining(pick: Pick, shown: Sequence[int], ticked: Sequence[int]) -> list[int]:
    """The picked items without those that were shown and not ticked.

    >>> from guiju.findings.picks.model import Of, Pick
    >>> remaining(Pick(1, 1, Of.GIVEN, {}, (4, 5, 6), 1, 0), [4, 5], [5])
    [5, 6]
    """
    gone = set(shown) - set(ticked)
    return [each for each in pick.items if each not in gone]
