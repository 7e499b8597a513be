"""In which language a text is written: by its letters, then by its commonest words. Our own, light, and only a guess.

Each character belongs to one script by its code point; the script with the most letters decides, where a letter of a
script that writes syllables or words weighs as much as several. Chinese is told apart by the characters that stand in
one of its two scripts alone. Latin and Cyrillic letters are read as words: the language whose commonest words stand
there most often; a text in which none stands is of a language that is not known.
"""

import re
from functools import cache
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

SCRIPTS = (
    "none", "han", "kana", "hangul", "latin", "cyrillic", "arabic", "hebrew", "thai", "devanagari", "greek", "other",
)  # fmt: skip
_RANGES = {
    "han": [(0x3400, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x323AF)],
    "kana": [(0x3041, 0x3096), (0x30A1, 0x30FA), (0x31F0, 0x31FF), (0xFF66, 0xFF9D)],
    "hangul": [(0x1100, 0x11FF), (0x3130, 0x318F), (0xAC00, 0xD7A3)],
    "latin": [(0x41, 0x5A), (0x61, 0x7A), (0xC0, 0xD6), (0xD8, 0xF6), (0xF8, 0x24F), (0x1E00, 0x1EFF),
              (0xFF21, 0xFF3A), (0xFF41, 0xFF5A)],
    "cyrillic": [(0x400, 0x52F)],
    "arabic": [(0x620, 0x64A), (0x671, 0x6D3), (0x750, 0x77F)],
    "hebrew": [(0x5D0, 0x5EA)],
    "thai": [(0xE01, 0xE30), (0xE32, 0xE33), (0xE40, 0xE46)],
    "devanagari": [(0x904, 0x939), (0x958, 0x961)],
    "greek": [(0x370, 0x3FF), (0x1F00, 0x1FFF)],
    "other": [(0x531, 0x587), (0x985, 0xDFF), (0xE81, 0xEC6), (0xF40, 0xF6C), (0x1000, 0x109F), (0x10A0, 0x10FF),
              (0x1200, 0x137F), (0x1780, 0x17B3), (0x1820, 0x1878)],
}  # fmt: skip
# One character of these says as much as several letters of an alphabet.
_WEIGHTS = {"han": 3.0, "kana": 2.0, "hangul": 2.5}
_LAST = 0x32400
_WORDS = {
    "en": "the of and to in is you that it for was on are with as this be at have from or what how my can not i your",
    "de": "der die und das ist ich nicht ein eine zu den mit sich auf für von im dem es auch wie wird sind",
    "fr": "le la les des et est un une du je que qui dans pour pas sur vous nous avec au ce il mon sont",
    "es": "el los las que y en un una es por con para no se del mi su como pero está más qué",
    "pt": "o os as que e em um uma é por com para não se do da meu minha como mas está você",
    "it": "il lo gli che di è un una per non con sono del della mi si come ma più ho questo",
    "nl": "de het een en van ik niet is dat te op zijn met voor aan er maar wat hoe mijn",
    "id": "yang dan di itu dengan untuk tidak ini dari dalam akan pada saya ke bisa ada apa",
    "vi": "và là của có không được cho một những người với tôi các này đã trong",
    "tr": "ve bir bu için ile de da ne çok ben var mi değil gibi daha olarak",
    "pl": "i w nie na się jest z do to że jak co mi ale po czy za",
    "ru": "и в не на что я с как это по но к у мы он она так все за",
    "uk": "і в не на що я з як це та до у ми він вона так є але за",
}


@cache
def _words() -> dict[str, tuple[str, ...]]:
    """Each common word, with the languages that it is common in."""
    found: dict[str, tuple[str, ...]] = {}
    for language, words in _WORDS.items():
        for word in words.split():
            found[word] = (*found.get(word, ()), language)
    return found


@cache
def _script_of() -> NDArray[np.uint8]:
    table = np.zeros(_LAST, np.uint8)
    for script, ranges in _RANGES.items():
        for first, last in ranges:
            table[first : last + 1] = SCRIPTS.index(script)
    return table


@cache
def _chinese() -> NDArray[np.int8]:
    """+1 for a character that only simplified Chinese writes, -1 for one that only traditional Chinese writes."""
    import opencc  # noqa: PLC0415 - reads its dictionaries

    characters = [chr(code) for code in range(0x4E00, 0xA000)]
    lines = "\n".join(characters)
    simple, traditional = (cast(Any, opencc.OpenCC(way)).convert(lines).split("\n") for way in ("t2s", "s2t"))
    table = np.zeros(_LAST, np.int8)
    for own, as_simple, as_traditional in zip(characters, simple, traditional, strict=True):
        table[ord(own)] = (own != as_traditional) - (own != as_simple)
    return table


def find_languages(texts: list[str]) -> list[str]:
    """A language's code, or a script's name, for each text."""
    if not texts:
        return []
    codes, starts = _characters(texts)
    scripts = _script_of()[codes]
    counts = np.stack([_sums(scripts == number, starts) for number in range(1, len(SCRIPTS))], axis=1)
    weights = np.array([_WEIGHTS.get(script, 1.0) for script in SCRIPTS[1:]])
    strongest = np.argmax(counts * weights, axis=1) + 1
    strongest[counts.sum(axis=1) == 0] = 0
    chinese = _sums(_chinese()[codes], starts)
    han, kana = counts[:, 0], counts[:, 1]
    strongest[(kana > 0) & (strongest <= 2) & (kana * 8 >= han)] = 2
    names = [SCRIPTS[int(number)] for number in strongest.tolist()]
    return [_language(name, text, int(sign)) for name, text, sign in zip(names, texts, chinese, strict=True)]


def _characters(texts: list[str]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """All code points, a line's end behind each text, and where each text begins."""
    joined = "\n".join(texts)
    codes = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), "<u4").astype(np.int64)
    lengths = np.fromiter(map(len, texts), np.int64, len(texts))
    starts = np.concatenate([[0], np.cumsum(lengths + 1)[:-1]])
    return np.minimum(np.append(codes, 10), _LAST - 1), starts


def _sums(flags: NDArray[np.bool_] | NDArray[np.int8], starts: NDArray[np.int64]) -> NDArray[np.int64]:
    return np.add.reduceat(flags.astype(np.int64), starts)


def _language(script: str, text: str, chinese: int) -> str:
    if script == "han":
        return "zh" if chinese == 0 else "zh-Hans" if chinese > 0 else "zh-Hant"
    if script in {"latin", "cyrillic"}:
        return _by_words(text) or script
    return {"kana": "ja", "hangul": "ko"}.get(script, script)


_WORD = re.compile(r"[^\W\d_]+")


def _by_words(text: str) -> str | None:
    known, votes = _words(), dict[str, float]()
    for word in set(_WORD.findall(text[:2_000].lower())):
        languages = known.get(word, ())
        for language in languages:
            votes[language] = votes.get(language, 0) + 1 / len(languages)
    return max(votes, key=lambda language: votes[language]) if votes else None
