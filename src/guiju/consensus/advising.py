"""Which method to trust on a round's answers: by what is known to be right, else by foretelling hidden answers."""

import hashlib
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from guiju.consensus.methods.fitted import columns_of, label_of, read_answers
from guiju.consensus.model import Advice, Candidate, Said
from guiju.kinds import FieldShape, decode_answers
from guiju.work.overlap import chooses_one

if TYPE_CHECKING:
    from guiju.stats.consensus.advice import Comparison

MOST_ANSWERS = 50_000


def advise(fields: Sequence[FieldShape], said: Mapping[int, Sequence[Said]], gold: Mapping[int, str]) -> list[Advice]:
    """The advice for each field with one label to choose, from at most 50,000 answers: those of items drawn by hash."""
    from guiju.stats.consensus.trust import recommend  # noqa: PLC0415 - NumPy, only where somebody asks for advice

    choosing = [field for field in fields if chooses_one(field)]
    if not choosing or not said:
        return []
    drawn = _drawn(said)
    answered = read_answers(drawn)
    right = {item: decode_answers(raw) for item, raw in gold.items() if item in drawn}
    found: list[Advice] = []
    for field in choosing:
        columns = columns_of(field, answered)
        known = {item: label_of(answers.get(field.id)) for item, answers in right.items()}
        trust = recommend(columns, known or None)
        candidates = tuple(map(_candidate, trust.comparisons))
        told = (field.id, trust.recommended, trust.because, trust.basis, candidates)
        found.append(Advice(*told, len(columns), len(drawn) < len(said)))
    return found


def _drawn(said: Mapping[int, Sequence[Said]]) -> dict[int, Sequence[Said]]:
    if sum(map(len, said.values())) <= MOST_ANSWERS:
        return dict(said)
    drawn, count = dict[int, Sequence[Said]](), 0
    for item in sorted(said, key=lambda one: hashlib.sha256(str(one).encode()).digest()):
        count += len(said[item])
        if count > MOST_ANSWERS:
            break
        drawn[item] = said[item]
    return drawn


def _candidate(one: "Comparison") -> Candidate:
    found = one.difference
    return Candidate(one.method, one.score, found.value, found.low, found.high, one.better, one.worse, one.refused)
