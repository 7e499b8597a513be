"""Preference pairs for tuning a model: JSON Lines of prompt, chosen, rejected. docs/formats/preference.md describes it.

Every two answers that a ranking puts in different places are a pair; level ones are listed apart.
"""

from collections.abc import Iterator
from itertools import combinations

import msgspec

from guiju.data import Comparison, Reply, read_comparison
from guiju.delivery.formats.model import Format, Source
from guiju.delivery.model import Row
from guiju.kinds import Ranking, decode_answers
from guiju.kit import N_

_encode = msgspec.json.Encoder().encode


class _Meta(msgspec.Struct, frozen=True, omit_defaults=True):
    """Where a pair is from: the item, the field, the answers by their letters and by who wrote them."""

    name: str
    sha256: str
    field: str
    status: str
    rulebook: str
    chosen: int
    rejected: int
    chosen_model: str | None = None
    rejected_model: str | None = None


class Pair(msgspec.Struct, frozen=True):
    prompt: str
    chosen: str
    rejected: str
    meta: _Meta


class _Level(msgspec.Struct, frozen=True):
    name: str
    field: str
    prompt: str
    answers: list[str]


def rankings_of(row: Row) -> Iterator[tuple[str, Ranking]]:
    """The item's rankings, field by field."""
    for field, answer in sorted(decode_answers(row.answers).items()):
        if isinstance(answer, Ranking):
            yield field, answer


def write_pairs(source: Source) -> Iterator[bytes]:
    """One pair a line, the best against all after it first."""
    for row in source.rows():
        yield from (_encode(pair) + b"\n" for pair in pairs_of(row))


def pairs_of(row: Row) -> Iterator[Pair]:
    """Every two answers that a ranking puts in different places, field by field."""
    compared = _comparison(row)
    for field, ranking in rankings_of(row):
        for better, worse in combinations(ranking.order, 2):
            yield from (_pair(row, compared, field, a, b) for a in better for b in worse)


def write_level(source: Source) -> Iterator[bytes]:
    """What no pair was made of: answers that share a place."""
    for row in source.rows():
        compared = _comparison(row)
        for field, ranking in rankings_of(row):
            for group in ranking.order:
                if len(group) > 1:
                    texts = [_reply(compared, answer).text for answer in group]
                    yield _encode(_Level(row.name, field, compared.prompt, texts)) + b"\n"


def _comparison(row: Row) -> Comparison:
    """Rankings are answers to comparisons alone, so of other items nothing is read."""
    return read_comparison(row.text) if row.media == "comparison" and row.text else Comparison("", [])


def _pair(row: Row, compared: Comparison, field: str, chosen: int, rejected: int) -> Pair:
    status = "accepted" if row.accepted else "resolved"
    better, worse = _reply(compared, chosen), _reply(compared, rejected)
    meta = _Meta(row.name, row.hash, field, status, row.rulebook, chosen, rejected, better.name, worse.name)
    return Pair(compared.prompt, better.text, worse.text, meta)


def _reply(compared: Comparison, answer: int) -> Reply:
    return compared.answers[answer]


PREFERENCE = Format(
    "preference",
    N_("JSON Lines of prompt, chosen, rejected, for preference tuning"),
    "annotations.preference.jsonl",
    frozenset({"ranking"}),
    write_pairs,
    {"annotations.level.jsonl": write_level},
)
