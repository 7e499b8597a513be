"""Texts of strangers, made fit for a file: nothing that XML forbids or that turns a line around, no endless word."""

import re

# Controls but tab and newline, lone surrogates and what is no character: Word's XML refuses them.
# The embeddings and overrides of direction: they would let a text turn round what stands beside it.
_UNFIT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_NEW_LINE = re.compile("\r\n|[\r\u0085\u2028\u2029\x0b\x0c]")
_LONG_WORD = re.compile(r"[!-~\u00a1-\u024f\u0370-\u08ff]{25,}")
_BREAK = "\u200b"
_STEP = 12


def fit(text: str) -> str:
    """The text with one kind of new line; what a file cannot hold is shown as U+FFFD."""
    return _UNFIT.sub("\ufffd", _NEW_LINE.sub("\n", text))


def breakable(text: str) -> str:
    """The text with a place to break every few characters of a word that no line would hold."""
    return _LONG_WORD.sub(lambda word: _broken(word.group()), text)


def _broken(word: str) -> str:
    return _BREAK.join(word[start : start + _STEP] for start in range(0, len(word), _STEP))


def safe_link(link: str | None) -> str | None:
    """The address, if a reader may be sent there."""
    if link is None or not link.lower().startswith(("https://", "http://", "mailto:")):
        return None
    return link if link.isprintable() and " " not in link else None
