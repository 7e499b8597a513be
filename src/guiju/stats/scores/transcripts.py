"""Transcripts against a reference: word and character error rates, with what went wrong.

Formula: rate = (S + D + I) / N over all utterances together, N units in the references; S substitutions, D deletions, I
    insertions of an alignment with the fewest S + D + I, and of those the one with the most hits H = N - S - D (so
    that S, D and I are defined, which fewest edits alone does not make them). It can exceed 1.
    utterance error rate = share of utterances with any error; intervals: percentile bootstrap over utterances, Wilson
Assumes: utterances are a random sample; those of one speaker or one recording go together, and then the interval is
    too narrow. Nothing is normalised unless asked for: "Yes" and "yes" differ, so do "10" and "ten".
Source: Wagner & Fischer 1974, doi:10.1145/321796.321811 (edit distance); Bisani & Ney 2004,
    doi:10.1109/ICASSP.2004.1326009 (bootstrap over utterances); Wilson 1927, doi:10.1080/01621459.1927.10502953.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np

from guiju.kit import N_, Sentence
from guiju.stats.columns import Codes, Floats
from guiju.stats.figure import Figure, short
from guiju.stats.scores.counts import bootstrapped, share
from guiju.stats.scores.errors import MissingAnswer, NothingToScore, UnevenAnswers, UnknownUnit

Unit: TypeAlias = Literal["word", "character", "mixed"]
UNITS: tuple[Unit, ...] = ("word", "character", "mixed")
REPLICATES = 1_000
_CELLS = 262_144
# Han, kana, hangul: scripts that are counted by the character, also amid words of other scripts.
_BY_CHARACTER = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U000323af]")

NO_REFERENCE = N_("The references are all empty, so there is nothing that errors could be counted against.")
_RATE: dict[Unit, str] = {
    "word": N_(
        "For every 100 words of the reference there are {errors} errors: "
        "{s} words exchanged, {d} left out, {i} put in too much."
    ),
    "character": N_(
        "For every 100 characters of the reference there are {errors} errors: "
        "{s} characters exchanged, {d} left out, {i} put in too much."
    ),
    "mixed": N_(
        "For every 100 words or Chinese characters of the reference there are {errors} errors: "
        "{s} exchanged, {d} left out, {i} put in too much."
    ),
}
_INTERVAL = N_("Had other recordings been drawn, the rate could as well be {low} to {high}.")
_NOT = N_(
    "Every error counts the same, a wrong name as much as a missing “er”; punctuation, width and case count unless "
    "they were asked to be left out."
)


@dataclass(frozen=True, slots=True)
class Normalisation:
    """What is made alike before counting; nothing by default.

    `lower` case; `width` (full-width forms as half-width, NFKC); `punctuation` left out; `spaces` left out.
    """

    lower: bool = False
    width: bool = False
    punctuation: bool = False
    spaces: bool = False

    def __call__(self, text: str) -> str:
        text = unicodedata.normalize("NFKC", text) if self.width else text
        text = text.casefold() if self.lower else text
        if self.punctuation:
            text = "".join(one for one in text if unicodedata.category(one)[0] != "P")
        return "".join(text.split()) if self.spaces else text


@dataclass(frozen=True, slots=True)
class Alignment:
    """One utterance: units in the reference, and what became of them."""

    units: int
    hits: int
    substitutions: int
    deletions: int
    insertions: int

    @property
    def errors(self) -> int:
        return self.substitutions + self.deletions + self.insertions


@dataclass(frozen=True, slots=True)
class TranscriptScores:
    """`rate` over all utterances together, the share of utterances with any error, and the counts."""

    unit: Unit
    rate: Figure
    wrong_utterances: Figure
    whole: Alignment
    utterances: tuple[Alignment, ...]

    def to_dict(self) -> dict[str, object]:
        return {
            "unit": self.unit,
            "rate": self.rate.to_dict(),
            "wrong_utterances": self.wrong_utterances.to_dict(),
            "units": self.whole.units,
            "hits": self.whole.hits,
            "substitutions": self.whole.substitutions,
            "deletions": self.whole.deletions,
            "insertions": self.whole.insertions,
        }

    def worst(self, limit: int = 20) -> tuple[int, ...]:
        """The places of the utterances with the most errors for their length, the worst first."""
        order = sorted(
            range(len(self.utterances)),
            key=lambda place: (
                -self.utterances[place].errors / max(1, self.utterances[place].units),
                -self.utterances[place].errors,
            ),
        )
        return tuple(place for place in order[:limit] if self.utterances[place].errors)

    @property
    def meaning(self) -> tuple[Sentence, ...]:
        if self.rate.value is None:
            return (Sentence(NO_REFERENCE),)
        per = 100 / self.whole.units
        told = {
            "errors": f"{100 * self.rate.value:.1f}",
            "s": f"{per * self.whole.substitutions:.1f}",
            "d": f"{per * self.whole.deletions:.1f}",
            "i": f"{per * self.whole.insertions:.1f}",
        }
        if self.rate.low is None or self.rate.high is None:
            return (Sentence(_RATE[self.unit], told), Sentence(_NOT))
        ends = {"low": short(self.rate.low), "high": short(self.rate.high)}
        return (Sentence(_RATE[self.unit], told), Sentence(_INTERVAL, ends), Sentence(_NOT))


def score_transcripts(
    reference: Sequence[str],
    hypothesis: Sequence[str],
    unit: Unit = "word",
    normalisation: Normalisation | None = None,
    seed: int = 0,
) -> TranscriptScores:
    """The error rate of n hypotheses against n references, in words, in characters, or mixed.

    Words are what stands between spaces; characters include spaces unless left out; mixed counts Chinese, Japanese and
    Korean by the character and everything else by the word. Time grows with the product of the two lengths, all
    utterances of like length at once. Raises `UnevenAnswers`, `NothingToScore`, `UnknownUnit`, `MissingAnswer`.

    >>> found = score_transcripts(["the cat sat", "a dog"], ["the bat sat down", "a dog"])
    >>> found.rate.value, found.whole
    (0.4, Alignment(units=5, hits=4, substitutions=1, deletions=0, insertions=1))
    >>> round(score_transcripts(["今天天气好"], ["今天天汽"], "character").rate.value, 2)
    0.4
    """
    if len(reference) != len(hypothesis):
        raise UnevenAnswers(truth=len(reference), predicted=len(hypothesis))
    if not reference:
        raise NothingToScore
    if unit not in UNITS:
        raise UnknownUnit(value=unit, known=", ".join(UNITS))
    _demand_texts(reference, N_("reference"))
    _demand_texts(hypothesis, N_("hypothesis"))
    how = normalisation or Normalisation()
    codes: dict[str, int] = {}
    right = [_coded(text, unit, how, codes) for text in reference]
    said = [_coded(text, unit, how, codes) for text in hypothesis]
    return _scores(align(right, said), unit, seed)


def split_units(text: str, unit: Unit) -> list[str]:
    """The units of a text.

    Formula: see the module.   Assumes: spaces part words.   Source: as the module.

    >>> split_units("用 iPhone 拍", "mixed"), split_units("ab c", "character")
    (['用', 'iPhone', '拍'], ['a', 'b', ' ', 'c'])
    """
    if unit == "character":
        return list(text)
    return (_BY_CHARACTER.sub(r" \g<0> ", text) if unit == "mixed" else text).split()


def align(right: Sequence[Codes], said: Sequence[Codes]) -> Codes:
    """For each pair of unit codes (0 and up): units, hits, substitutions, deletions, insertions.

    Formula: see the module; one row of the edit table at a time, for all pairs of like length together.
    Assumes: equal codes are equal units.   Source: Wagner & Fischer 1974, doi:10.1145/321796.321811.

    >>> align([np.array([0, 1, 2])], [np.array([1, 2, 3])]).tolist()
    [[3, 2, 0, 1, 1]]
    """
    n = np.array([len(one) for one in right], np.int64)
    m = np.array([len(one) for one in said], np.int64)
    found = np.zeros((len(n), 5), np.int64)
    for rows in _batches(n, m):
        edits, hits = _aligned([right[row] for row in rows], [said[row] for row in rows])
        insertions = edits - n[rows] + hits
        deletions = insertions + n[rows] - m[rows]
        found[rows] = np.stack([n[rows], hits, n[rows] - hits - deletions, deletions, insertions], axis=1)
    return found


def _demand_texts(texts: Sequence[str], what: str) -> None:
    for row, text in enumerate(texts):
        if not isinstance(text, str):  # pyright: ignore[reportUnnecessaryIsInstance] - a table's empty cell is no text
            raise MissingAnswer(row=row, what=what)


def _coded(text: str, unit: Unit, how: Normalisation, codes: dict[str, int]) -> Codes:
    units = split_units(how(text), unit)
    return np.fromiter((codes.setdefault(one, len(codes)) for one in units), np.int64, len(units))


def _batches(n: Codes, m: Codes) -> list[Codes]:
    """Rows of like length together, so many that their part of the edit table stays in the cache."""
    order = np.lexsort((n, m))
    batches: list[Codes] = []
    begin = 0
    while begin < len(order):
        end = begin + 1
        while end < len(order) and (end - begin + 1) * (m[order[end]] + 1) <= _CELLS:
            end += 1
        batches.append(order[begin:end])
        begin = end
    return batches


def _aligned(right: list[Codes], said: list[Codes]) -> tuple[Codes, Codes]:
    """Edits and hits of each pair: the least of edits x big - hits, row by row of the edit table.

    The table is kept with j x big taken off column j, so that an insertion costs nothing and a row's insertions are
    one running minimum.
    """
    n, m = np.array([len(one) for one in right]), np.array([len(one) for one in said])
    order = np.argsort(-n, kind="stable")
    big = int(min(n.max(initial=0), m.max(initial=0))) + 1
    heard = _padded([said[row] for row in order], -1)
    spoken = _padded([right[row] for row in order], -2)
    table = np.zeros((len(n), heard.shape[1] + 1), np.int64)
    least = np.zeros(len(n), np.int64)
    lengths = n[order]
    for step in range(1, spoken.shape[1] + 1):
        going = int(np.searchsorted(-lengths, -step, side="right"))
        table = table[:going]
        through = np.where(heard[:going] == spoken[:going, step - 1 : step], -big - 1, 0) + table[:, :-1]
        table = table + big
        np.minimum(table[:, 1:], through, out=table[:, 1:])
        np.minimum.accumulate(table, axis=1, out=table)
        done = int(np.searchsorted(-lengths, -step, side="left"))
        least[order[done:going]] = table[np.arange(done, going), m[order[done:going]]]
    least += m * big
    edits = -(-least // big)
    return edits, edits * big - least


def _padded(rows: list[Codes], filler: int) -> Codes:
    table = np.full((len(rows), max(len(one) for one in rows)), filler, np.int64)
    for place, one in enumerate(rows):
        table[place, : len(one)] = one
    return table


def _scores(table: Codes, unit: Unit, seed: int) -> TranscriptScores:
    errors, units = table[:, 2:].sum(axis=1), table[:, 0]
    wrong = share(float((errors > 0).sum()), len(table), NO_REFERENCE)
    if units.sum() == 0:
        rate = Figure(None, n=len(table), why=NO_REFERENCE)
    else:
        rate = bootstrapped(float(errors.sum() / units.sum()), _resampled(errors, units, seed), len(table))
    utterances = tuple(Alignment(*row) for row in table.tolist())
    return TranscriptScores(unit, rate, wrong, Alignment(*table.sum(axis=0).tolist()), utterances)


def _resampled(errors: Codes, units: Codes, seed: int) -> Floats:
    """Rates of resampled utterances; utterances with the same two counts are drawn as one."""
    rng = np.random.default_rng(seed)
    kinds, many = np.unique(np.stack([errors, units], axis=1), axis=0, return_counts=True)
    step = max(1, min(REPLICATES, 4_000_000 // len(kinds)))
    sizes = [min(step, REPLICATES - begin) for begin in range(0, REPLICATES, step)]
    drawn = np.concatenate([rng.multinomial(len(errors), many / len(errors), size) @ kinds for size in sizes])
    missing = np.full(len(drawn), np.nan)
    return np.divide(drawn[:, 0], drawn[:, 1], out=missing, where=drawn[:, 1] > 0)
