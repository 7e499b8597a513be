"""Who stands for which letter, which answers are the same, and how far they agree. Pure."""

import hashlib
from collections.abc import Mapping, Sequence
from itertools import pairwise
from string import ascii_uppercase

from guiju.annotations import Annotation
from guiju.consensus.adjudication.model import Agreement, Lean, Voice
from guiju.consensus.model import Leaning
from guiju.kinds import Answer, FieldShape, decode_answers, kind_of


def gather_voices(given: Sequence[Annotation], fields: Sequence[FieldShape]) -> list[tuple[Voice, dict[str, Answer]]]:
    """The different answers to one item, each with the letters of those who gave it.

    Letters are drawn for each item anew (by a hash of item and annotator), so that they tell nobody who it was.
    """
    drawn = sorted(given, key=_rank)
    groups: list[tuple[list[tuple[str, Annotation]], dict[str, Answer]]] = []
    for place, each in enumerate(drawn):
        answers = decode_answers(each.answers)
        same = next((group for group, known in groups if _apart(fields, known, answers) == 0), None)
        if same is None:
            same = list[tuple[str, Annotation]]()
            groups.append((same, answers))
        same.append((letter(place), each))
    return [(_voice(group), answers) for group, answers in groups]


def _rank(each: Annotation) -> bytes:
    return hashlib.sha256(f"{each.item_id}:{each.annotator_id}".encode()).digest()


def letter(place: int) -> str:
    """A, B, … Z, A1, B1, …"""
    again, at = divmod(place, len(ascii_uppercase))
    return f"{ascii_uppercase[at]}{again or ''}"


def _voice(group: Sequence[tuple[str, Annotation]]) -> Voice:
    letters, given = zip(*group, strict=True)
    return Voice(tuple(letters), tuple(each.id for each in given), given[0].answers, None)


def _apart(fields: Sequence[FieldShape], one: Mapping[str, Answer], other: Mapping[str, Answer]) -> float:
    return max((distance(one.get(field.id), other.get(field.id)) for field in fields), default=0.0)


def distance(one: Answer | None, other: Answer | None) -> float:
    """By their kind, in [0, 1]; answers of two kinds, or an answer and none, are as far apart as can be."""
    if one is None or other is None:
        return float(one is not other)
    kind = kind_of(one)
    return kind.distance(one, other) if kind is kind_of(other) else 1.0


def compare_voices(
    fields: Sequence[FieldShape], voices: Sequence[tuple[Voice, Mapping[str, Answer]]]
) -> dict[str, Agreement]:
    """How far they agree, by field."""
    return {field.id: _agreement(field, voices) for field in fields}


def _agreement(field: FieldShape, voices: Sequence[tuple[Voice, Mapping[str, Answer]]]) -> Agreement:
    said = [answers.get(field.id) for _, answers in voices]
    shares = tuple(tuple(1 - distance(a, b) for b in said) for a in said)
    sizes = [len(voice.letters) for voice, _ in voices]
    n = sum(sizes)
    alike = sum(
        a * (b - (i == j)) * shares[i][j] for i, a in enumerate(sizes) for j, b in enumerate(sizes) if shares[i]
    )
    return Agreement(shares, alike / (n * (n - 1)) if n > 1 else 1.0)


def lean_of(
    fields: Sequence[FieldShape], voices: Sequence[tuple[Voice, Mapping[str, Answer]]], leaning: Leaning | None
) -> Lean | None:
    """What consensus would have made of the item, with the letters of those who said just that."""
    if leaning is None:
        return None
    wanted = decode_answers(leaning.answers)
    same = next((voice.letters for voice, answers in voices if _apart(fields, answers, wanted) == 0), ())
    return Lean(same, leaning.confidence, leaning.method)


def is_split(voices: Sequence[object]) -> bool:
    """Whether there is anything to decide between."""
    return any(True for _ in pairwise(voices))
