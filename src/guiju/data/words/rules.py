"""How a text is cut into the words that it is found by. Pure."""

import re

from guiju.data.intake.comparisons import read_comparison
from guiju.data.intake.dialogues import read_dialogue
from guiju.data.model import Media

MOST_WORDS = 2_000
_WORD = re.compile(r"\w+")


def tokens_of(text: str) -> list[str]:
    """The words of a text in any language, in lower case: Chinese ones as a dictionary cuts them, each once.

    A long Chinese word is also found by its parts, since the reader may cut it otherwise.
    """
    import rjieba  # noqa: PLC0415 - its dictionary takes a quarter of a second, which only searches need

    found: dict[str, None] = {}
    for run in _WORD.findall(text.lower()):
        for word in rjieba.cut_for_search(run) if not run.isascii() else (run,):
            found.setdefault(word)
    return list(found)[:MOST_WORDS]


def query_tokens(text: str) -> tuple[str, ...]:
    """The words of a search, all of which must be there; the longest cut, so that 上升 does not find 上."""
    import rjieba  # noqa: PLC0415 - as above

    words = [word for run in _WORD.findall(text.lower()) for word in (rjieba.cut(run) if not run.isascii() else (run,))]
    return tuple(dict.fromkeys(words))[:20]


def said_in(media: Media, text: str) -> str:
    """What people read of a written item, without the names that its document gives to its parts."""
    if media is Media.DIALOGUE:
        return "\n".join(turn.text for turn in read_dialogue(text))
    if media is Media.COMPARISON:
        compared = read_comparison(text)
        return "\n".join([compared.prompt, *(answer.text for answer in compared.answers)])
    return text
