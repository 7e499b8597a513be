"""Span F1 of predicted tags or marks against the right ones: conlleval's reading, the strict one, and plain marks.

Formula: with tp the predicted entities that are right in start, end and type, by type or over all (micro),
    precision = tp / predicted,  recall = tp / true,  F1 = 2 tp / (predicted + true);  macro = mean over types,
    weighted = mean over types by their true entities;  token accuracy = tokens with the right tag / tokens
Two readings of tags X-TYPE: `conlleval` is lenient (an I or E without a B opens an entity, prefixes B, I, E, S);
`iob2` is strict (an entity is a B and the I of its type that follow; any other I is outside).
Assumes: sentences are aligned token by token; a type that was never predicted has no precision and a type that never
occurs no recall: they are `None`, and count 0 in the macro mean as the trade's tools do.
Source: Tjong Kim Sang & Buchholz 2000, Introduction to the CoNLL-2000 Shared Task: Chunking (conlleval); Ramshaw &
Marcus 1995, Text Chunking using Transformation-Based Learning (IOB).
Intervals: percentile bootstrap over sentences, 1,000 resamples, fixed seed.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np

from guiju.kit import N_, Refusal, Sentence
from guiju.stats.agreement.marks import Span
from guiju.stats.columns import Codes, Floats, in_order
from guiju.stats.figure import Figure, figure

Reading: TypeAlias = Literal["conlleval", "iob2"]

REPLICATES = 1_000
NO_ENTITY = N_("There is no entity, neither right nor predicted.")
_OUTSIDE, _BEGIN, _INSIDE, _END, _SINGLE = range(5)
_PREFIXES = {"O": _OUTSIDE, "B": _BEGIN, "I": _INSIDE, "E": _END, "S": _SINGLE}


class UnevenSentences(Refusal):
    """Right and predicted tags are not aligned."""

    code = "uneven-sentences"
    status = 422
    sentence = N_("Sentence {sentence} has {right} right and {found} predicted tags.")
    next_step = N_("Give one predicted tag for each token.")


class UnknownTag(Refusal):
    """A tag that the reading does not know."""

    code = "unknown-tag"
    status = 422
    sentence = N_("“{tag}” is no tag of this scheme.")
    next_step = N_("Use O, B-TYPE and I-TYPE; conlleval also reads E-TYPE and S-TYPE.")


@dataclass(frozen=True, slots=True)
class TypeScore:
    """Precision, recall and F1 of one type; `support` counts its true entities, `predicted` the predicted ones."""

    type: Hashable
    precision: float | None
    recall: float | None
    f1: Figure
    support: int
    predicted: int

    def to_dict(self) -> dict[str, object]:
        return {
            "type": self.type,
            "precision": self.precision,
            "recall": self.recall,
            "f1": self.f1.to_dict(),
            "support": self.support,
            "predicted": self.predicted,
        }


@dataclass(frozen=True, slots=True)
class SpanScores:
    """Micro F1 with interval, means over types, every type, and token accuracy where there were tokens."""

    precision: float | None
    recall: float | None
    f1: Figure
    macro_f1: float | None
    weighted_f1: float | None
    token_accuracy: float | None
    types: tuple[TypeScore, ...]

    def to_dict(self) -> dict[str, object]:
        return {
            "precision": self.precision,
            "recall": self.recall,
            "f1": self.f1.to_dict(),
            "macro_f1": self.macro_f1,
            "weighted_f1": self.weighted_f1,
            "token_accuracy": self.token_accuracy,
            "types": [one.to_dict() for one in self.types],
        }

    @property
    def meaning(self) -> tuple[Sentence, ...]:
        if self.f1.value is None:
            return (Sentence(self.f1.why or NO_ENTITY),)
        said = N_("F1 is {f1}: an entity counts only if its start, end and type are all right.")
        caution = N_("Two thirds of an entity found count as nothing, and as one wrong and one missed entity at once.")
        found = [Sentence(said, {"f1": f"{self.f1.value:.3f}"}), Sentence(caution)]
        if self.token_accuracy is not None:
            tokens = N_("Token accuracy, {accuracy}, is high for free where most tokens are outside.")
            found.append(Sentence(tokens, {"accuracy": f"{self.token_accuracy:.3f}"}))
        return tuple(found)


def score_tags(
    right: Sequence[Sequence[str]], found: Sequence[Sequence[str]], reading: Reading = "conlleval", seed: int = 0
) -> SpanScores:
    """Scores of `found` tags against the `right` ones, sentence by sentence. Raises `UnevenSentences`, `UnknownTag`.

    >>> right, found = [["B-NP", "I-NP", "O"]], [["I-NP", "I-NP", "O"]]
    >>> score_tags(right, found).f1.value, score_tags(right, found, "iob2").f1.value
    (1.0, 0.0)
    """
    _demand_aligned(right, found)
    tags = {tag: code for code, tag in enumerate(sorted({tag for side in (right, found) for s in side for tag in s}))}
    lengths = np.array([len(one) for one in right], np.int64)
    codes = [
        np.fromiter((tags[tag] for one in side for tag in one), np.int64, int(lengths.sum())) for side in (right, found)
    ]
    prefix, types, names = _parsed(list(tags), reading)
    sides = [_entities(prefix[side], types[side], lengths, reading) for side in codes]
    scores = _scores(_Sides(sides[0], sides[1], names, len(lengths)), seed)
    same = float((codes[0] == codes[1]).mean()) if len(codes[0]) else None
    return SpanScores(*scores[:5], token_accuracy=same, types=scores[5])


def spans_of_tags(tags: Sequence[str], reading: Reading = "conlleval") -> tuple[Span, ...]:
    """The entities of one sentence as spans of token numbers, end exclusive. Raises `UnknownTag`.

    >>> spans_of_tags(["B-PER", "I-PER", "O", "I-LOC"])
    (Span(start=0, end=2, label='PER', pieces=()), Span(start=3, end=4, label='LOC', pieces=()))
    """
    distinct = sorted(set(tags))
    prefix, types, names = _parsed(distinct, reading)
    codes = np.searchsorted(np.array(distinct), np.array(tags)) if tags else np.empty(0, np.int64)
    found = _entities(prefix[codes], types[codes], np.array([len(tags)]), reading)
    rows = zip(found.start.tolist(), found.end.tolist(), found.type.tolist(), strict=True)
    return tuple(Span(start, end, names[code]) for start, end, code in rows)


def score_spans(right: Sequence[Sequence[Span]], found: Sequence[Sequence[Span]], seed: int = 0) -> SpanScores:
    """The same scores of marks given as spans (characters or seconds), one sequence an item; no token accuracy.

    A mark given twice in one item counts once. Raises `UnevenSentences`.

    >>> score_spans([[Span(0, 2, "PER"), Span(5, 9, "LOC")]], [[Span(0, 2, "PER"), Span(5, 8, "LOC")]]).f1.value
    0.5
    """
    if len(right) != len(found):
        raise UnevenSentences(sentence="–", right=len(right), found=len(found))
    names = in_order({mark[2] for side in (right, found) for one in side for mark in one})
    place = {name: code for code, name in enumerate(names)}
    pieces: dict[Hashable, int] = {}
    sides = [_marks(side, place, pieces) for side in (right, found)]
    scores = _scores(_Sides(sides[0], sides[1], names, len(right)), seed)
    return SpanScores(*scores[:5], token_accuracy=None, types=scores[5])


@dataclass(frozen=True, slots=True)
class _Entities:
    sentence: Codes
    start: Codes | Floats
    end: Codes | Floats
    type: Codes


@dataclass(frozen=True, slots=True)
class _Sides:
    right: _Entities
    found: _Entities
    names: Sequence[Hashable]
    sentences: int


def _parsed(tags: Sequence[str], reading: Reading) -> tuple[Codes, Codes, list[str]]:
    """Prefix code and type code of each distinct tag, and the types' names; outside has type -1."""
    allowed = "OBI" if reading == "iob2" else "OBIES"
    for tag in tags:
        if tag[:1] not in allowed or not tag or (tag != "O" and tag[1:2] not in ("", "-")) or (tag[:1] == "O" != tag):
            raise UnknownTag(tag=tag)
    kinds = [tag[2:] or "_" for tag in tags]
    names = sorted({kind for tag, kind in zip(tags, kinds, strict=True) if tag != "O"})
    place = {name: code for code, name in enumerate(names)}
    prefix = np.array([_PREFIXES[tag[0]] for tag in tags], np.int64)
    return prefix, np.array([-1 if t == "O" else place[k] for t, k in zip(tags, kinds, strict=True)], np.int64), names


def _entities(prefix: Codes, kind: Codes, lengths: Codes, reading: Reading) -> _Entities:
    """All entities at once: a token opens one or goes on with it by what it is and what stands before it."""
    first = np.zeros(len(prefix), bool)
    heads = np.cumsum(lengths) - lengths
    first[heads[lengths > 0]] = True
    before, before_kind = np.r_[_OUTSIDE, prefix[:-1]][: len(prefix)], np.r_[-1, kind[:-1]][: len(prefix)]
    before, before_kind = np.where(first, _OUTSIDE, before), np.where(first, -1, before_kind)
    change = first | (kind != before_kind)
    inside = prefix != _OUTSIDE
    if reading == "iob2":
        opens = prefix == _BEGIN
        run = np.cumsum(opens | change)  # a run of one type after its opening
        led = np.zeros(int(run[-1]) + 1 if len(run) else 1, bool)
        led[run[opens]] = True
        inside &= led[run]
    else:
        closed = (before == _OUTSIDE) | (before == _END) | (before == _SINGLE)
        opens = inside & (change | (prefix == _BEGIN) | (prefix == _SINGLE) | closed)
        run = np.cumsum(opens)
    start = np.flatnonzero(opens)
    end = start + np.bincount(run[inside], minlength=int(run[-1]) + 1 if len(run) else 1)[run[start]]
    sentence = np.searchsorted(np.cumsum(lengths), start, side="right")
    return _Entities(sentence, start - heads[sentence], end - heads[sentence], kind[start])


def _marks(side: Sequence[Sequence[Span]], place: dict[Hashable, int], pieces: dict[Hashable, int]) -> _Entities:
    """Of a mark in several pieces the end is a number below 0 that stands for them: alike only where all are alike."""
    ends = [[-1 - pieces.setdefault(m[3], len(pieces)) if m[3:] and m[3] else m[1] for m in one] for one in side]
    rows = sorted(
        (i, float(m[0]), float(end), place[m[2]])
        for i, (one, own) in enumerate(zip(side, ends, strict=True))
        for m, end in dict.fromkeys(zip(one, own, strict=True))
    )
    table = np.array(rows, np.float64).reshape(-1, 4)
    return _Entities(table[:, 0].astype(np.int64), table[:, 1], table[:, 2], table[:, 3].astype(np.int64))


_Scored: TypeAlias = "tuple[float | None, float | None, Figure, float | None, float | None, tuple[TypeScore, ...]]"


def _scores(sides: _Sides, seed: int) -> _Scored:
    kinds = max(1, len(sides.names))
    shape = (sides.sentences, kinds)
    true, predicted = (_counts(one, shape) for one in (sides.right, sides.found))
    tp = _counts(_both(sides.right, sides.found), shape)
    types = tuple(
        _type(name, tp[:, code], predicted[:, code], true[:, code], seed)
        for code, name in enumerate(sides.names)
        if true[:, code].any() or predicted[:, code].any()  # read strictly, a type may be named and never open
    )
    micro = _type("", tp.sum(axis=1), predicted.sum(axis=1), true.sum(axis=1), seed)
    values, support = [one.f1.value or 0.0 for one in types], [one.support for one in types]
    macro = sum(values) / len(values) if values else None
    weighted = sum(v * n for v, n in zip(values, support, strict=True)) / sum(support) if sum(support) else None
    return micro.precision, micro.recall, micro.f1, macro, weighted, types


def _type(name: Hashable, tp: Floats, predicted: Floats, true: Floats, seed: int) -> TypeScore:
    right, given, wanted = float(tp.sum()), float(predicted.sum()), float(true.sum())
    precision, recall = right / given if given else None, right / wanted if wanted else None
    if not given + wanted:
        return TypeScore(name, None, None, Figure(None, n=len(tp), why=NO_ENTITY), 0, 0)
    f1 = figure(2 * right / (given + wanted), _resampled(tp, predicted + true, seed), len(tp))
    return TypeScore(name, precision, recall, f1, int(wanted), int(given))


def _resampled(tp: Floats, held: Floats, seed: int) -> Floats:
    """F1 of resamples. Sentences with equal counts are one pattern: a draw over patterns is the same distribution."""
    width = float(held.max()) + 1
    patterns, count = np.unique(tp * width + held, return_counts=True)
    drawn = np.random.default_rng(seed).multinomial(len(tp), count / len(tp), REPLICATES).astype(np.float64)
    above, below = drawn @ np.floor(patterns / width), drawn @ np.mod(patterns, width)
    return np.divide(2 * above, below, out=np.full(len(below), np.nan), where=below > 0)


def _counts(one: _Entities, shape: tuple[int, int]) -> Floats:
    cell = one.sentence * shape[1] + one.type
    return np.bincount(cell, minlength=shape[0] * shape[1]).reshape(shape).astype(np.float64)


def _both(right: _Entities, found: _Entities) -> _Entities:
    """The entities that stand on both sides; each side holds an entity once."""
    sentence, kind = (np.concatenate([right.sentence, found.sentence]), np.concatenate([right.type, found.type]))
    start = np.concatenate([right.start, found.start]).astype(np.float64)
    end = np.concatenate([right.end, found.end]).astype(np.float64)
    order = np.lexsort((kind, end, start, sentence))
    same = np.ones(max(0, len(order) - 1), bool)
    for column in (sentence, start, end, kind):
        same &= column[order][1:] == column[order][:-1]
    row = order[:-1][same] if len(order) else order
    return _Entities(sentence[row], start[row], end[row], kind[row])


def _demand_aligned(right: Sequence[Sequence[str]], found: Sequence[Sequence[str]]) -> None:
    if len(right) != len(found):
        raise UnevenSentences(sentence="–", right=len(right), found=len(found))
    for number, (a, b) in enumerate(zip(right, found, strict=True), start=1):
        if len(a) != len(b):
            raise UnevenSentences(sentence=number, right=len(a), found=len(b))
