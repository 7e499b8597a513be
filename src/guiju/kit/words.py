"""Words that a person will read, before they are translated.

The source language of the catalogue is English. `N_` marks a sentence for the catalogue where it is defined;
`Words` turns it into the reader's language where it is shown.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol, TypeAlias

Bilingual: TypeAlias = Mapping[str, str]


class Words(Protocol):
    """A reader's language: translates a marked sentence and fills in its named places."""

    locale: str

    def __call__(self, msgid: str, /, **places: object) -> str: ...


def N_(msgid: str) -> str:  # noqa: N802 - the name that gettext's extractors know
    """Mark `msgid` for translation and give it back unchanged."""
    return msgid


def bilingual(text: Bilingual, locale: str) -> str:
    """The user's own text (`{"zh": …, "en": …}`) in the reader's language, else in the other one."""
    first, second = ("zh", "en") if locale.startswith("zh") else ("en", "zh")
    return text.get(first) or text.get(second) or ""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A marked sentence with what fills its places: what a figure means, before it is in anybody's language."""

    msgid: str
    places: Mapping[str, object] = field(default_factory=dict[str, object])

    def spoken(self, words: Words) -> str:
        return words(self.msgid, **self.places)

    def __str__(self) -> str:
        return self.msgid.format_map(self.places)
