"""Facets that say nothing, or say it so that two people read two things."""

from collections.abc import Iterator

from guiju.briefs.checks.lexicon_en import EN
from guiju.briefs.checks.lexicon_zh import ZH
from guiju.briefs.checks.made import block, warn
from guiju.briefs.model import FACET_QUESTIONS, Brief, Facet, Gap
from guiju.kit import N_
from guiju.kit.words import Bilingual

LEAST_ZH, LEAST_EN = 8, 20
"""Characters below which a facet cannot have answered its questions."""


def title_gaps(brief: Brief) -> Iterator[Gap]:
    if not any(brief.title.values()):
        yield block("title-missing", "title", N_("The brief has no title."), N_("What do both sides call this work?"))


def facet_gaps(facet: Facet, text: Bilingual) -> Iterator[Gap]:
    """What is missing in a facet, and each word of it that has to be asked about, once."""
    zh, en = text.get("zh", "").strip(), text.get("en", "").strip()
    if not (zh or en):
        yield block("facet-missing", facet, N_("“{facet}” is not answered."), FACET_QUESTIONS[facet])
    elif len(zh) < LEAST_ZH and len(en) < LEAST_EN:
        yield block("facet-too-short", facet, N_("“{facet}” is too short to act on."), FACET_QUESTIONS[facet])
    said = N_("“{word}” in “{facet}” can be read in two ways.")
    for word, ask in vague_words(zh, en):
        yield warn("ambiguous-word", facet, said, ask, word=word)


def vague_words(*texts: str) -> list[tuple[str, str]]:
    """(word, what to ask), each word once and in the lexicon's order, whichever language it stands in."""
    found: dict[str, tuple[str, str]] = {}
    for vague in (*ZH, *EN):
        for text in texts:
            for word in vague.found_in(text):
                found.setdefault(word.lower(), (word, vague.ask))
    return list(found.values())
