"""How a text is cut into the words that it is found by. Pure."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from functools import cache

from guiju.data.intake.comparisons import read_comparison
from guiju.data.intake.dialogues import read_dialogue
from guiju.data.model import Media

MOST_WORDS = 2_000
_WORD = re.compile(r"\w+")
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003134f]")
# Scripts that put no space between words and that no dictionary here cuts: Thai, Lao, Burmese, Khmer, kana.
_DENSE = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff]")
_EMOJI = re.compile(r"[\U0001f000-\U0001faff\u2600-\u27bf]")
# Where accents, vowel signs and emoji are; a Chinese text has none, and is asked only once.
_RARE = re.compile(r"[\u0300-\u1dff\u20d0-\u20ff\u2600-\u27bf\ua670-\uabff\ufe00-\ufe2f\U00010000-\U0010ffff]")
# A character for private use: no text says it, and every index takes it for a letter.
_OWN = "\ue000"


def tokens_of(text: str) -> list[str]:
    """The words of a text in any language, in lower case: Chinese ones as a dictionary cuts them, each once.

    A long Chinese word is also found by its parts, since the reader may cut it otherwise. Where words are not divided
    and no dictionary knows them, each pair of neighbouring letters stands for one; an emoji is a word.
    """
    import rjieba  # noqa: PLC0415 - its dictionary takes a quarter of a second, which only searches need

    return list(dict.fromkeys(_cut(text, rjieba.cut_for_search)))[:MOST_WORDS]


def query_tokens(text: str) -> tuple[str, ...]:
    """The words of a search, all of which must be there; the longest cut, so that 上升 does not find 上."""
    import rjieba  # noqa: PLC0415 - as above

    return tuple(dict.fromkeys(_cut(text, rjieba.cut)))[:20]


def _cut(text: str, cut_chinese: Callable[[str], Iterable[str]]) -> Iterator[str]:
    plain = text.lower()
    if not plain.isascii() and _RARE.search(plain):
        plain = _marks().sub("", unicodedata.normalize("NFC", plain))
        yield from (f"{_OWN}e{ord(sign):x}" for sign in _EMOJI.findall(plain))
    for run in _WORD.findall(plain):
        if run.isascii():
            yield run
        elif _HAN.search(run):
            yield from cut_chinese(run)
        elif _DENSE.search(run) and len(run) > 1:
            yield from (run[place : place + 2] for place in range(len(run) - 1))
        else:
            yield run


@cache
def _marks() -> "re.Pattern[str]":
    """Vowel signs and accents that stand for themselves: one writer sets them, another does not."""
    signs = (chr(code) for code in range(0x300, 0x1E950) if unicodedata.category(chr(code)).startswith("M"))
    return re.compile(f"[{''.join(signs)}]")


def said_in(media: Media, text: str) -> str:
    """What people read of a written item, without the names that its document gives to its parts."""
    if media is Media.DIALOGUE:
        return "\n".join(turn.text for turn in read_dialogue(text))
    if media is Media.COMPARISON:
        compared = read_comparison(text)
        return "\n".join([compared.prompt, *(answer.text for answer in compared.answers)])
    return text
