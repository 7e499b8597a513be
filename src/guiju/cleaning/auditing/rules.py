"""What a report may show, and what it has to say first. Pure."""

from collections.abc import Sequence

from guiju.cleaning.auditing.model import SourceFacts
from guiju.cleaning.personal import KIND_TAGS, find_personal
from guiju.cleaning.quality.model import Result

EXAMPLES_SHOWN = 5


def masked(text: str) -> str:
    """The text with a tag in the place of personal data: a report goes to people who need none of it.

    >>> masked("打 13800138000 找我")
    '打 【电话】 找我'
    """
    pieces, last = list[str](), 0
    for hit in find_personal(text):
        pieces += [text[last : hit.start], f"【{KIND_TAGS[hit.kind][0]}】"]
        last = hit.end
    return "".join([*pieces, text[last:]])


def broken_results(facts: Sequence[SourceFacts]) -> list[tuple[SourceFacts, Result]]:
    """Every rule that a source does not fulfil."""
    return [
        (one, result)
        for one in facts
        if one.check and one.check.outcome
        for result in one.check.outcome.results
        if result.broken
    ]


def unchecked(facts: Sequence[SourceFacts]) -> list[SourceFacts]:
    """Sources that no check of today's rules is in force for."""
    return [one for one in facts if one.check is None or one.check.outcome is None]
