"""Figures as a table in a terminal, where a Chinese character takes two cells."""

from collections.abc import Iterable, Iterator, Sequence
from unicodedata import east_asian_width

from guiju.kit import Sentence, Words


def table(head: Sequence[str], rows: Sequence[Sequence[str]], *, left: int = 1) -> list[str]:
    """Lines with the first `left` columns flush left and the others flush right."""
    widths = [max(_width(row[at]) for row in (head, *rows)) for at in range(len(head))]
    return ["  " + "  ".join(_cells(row, widths, left)).rstrip() for row in (head, *rows)]


def three(value: float | None) -> str:
    """A figure with three places, or a dash."""
    return "–" if value is None else f"{value:.3f}"


def between(interval: Sequence[float] | None) -> str:
    """An interval, or a dash."""
    return "–" if interval is None else f"{interval[0]:.3f} – {interval[1]:.3f}"


def spoken(said: Iterable[Sentence], words: Words) -> list[str]:
    """Sentences in the reader's language, each once."""
    return list(dict.fromkeys(sentence.spoken(words) for sentence in said))


def _cells(row: Sequence[str], widths: Sequence[int], left: int) -> Iterator[str]:
    for at, (text, width) in enumerate(zip(row, widths, strict=True)):
        space = " " * (width - _width(text))
        yield text + space if at < left else space + text


def _width(text: str) -> int:
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)
