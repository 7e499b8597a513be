"""Which method to trust on a round's answers: by what is known to be right, else by foretelling hidden answers.

The same answers are advised on once: a page that is looked at again, and the act that follows it, take what was found.
"""

import hashlib
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from math import sqrt
from typing import TYPE_CHECKING

from guiju.consensus.methods import LEARNING, MERGES, OWN
from guiju.consensus.methods.fitted import columns_of, label_of, read_answers, rest_of
from guiju.consensus.methods.merging import Given, likeness
from guiju.consensus.model import Advice, Advised, Candidate, Merging, Said
from guiju.kinds import Answer, FieldShape, decode_answers
from guiju.kit import N_, Sentence
from guiju.work.overlap import chooses_one

if TYPE_CHECKING:
    from guiju.stats.consensus.advice import Comparison

MOST_ANSWERS = 10_000
MOST_MERGED = 300
LEAST_KNOWN, LEAST_HIDDEN = 10, 10
Z = 1.96
_KEPT = 16
_advised: OrderedDict[str, Advised] = OrderedDict()


def advise(fields: Sequence[FieldShape], said: Mapping[int, Sequence[Said]], gold: Mapping[int, str]) -> Advised:
    """For each field with one label to choose which method, from at most 10,000 answers (those of items drawn by hash);
    for all others together which merge.
    """
    key = _key(fields, said, gold)
    found = _advised.get(key)
    if found is None:
        found = Advised(_labels(fields, said, gold), _merging(fields, said, gold))
        _advised[key] = found
        if len(_advised) > _KEPT:
            _advised.popitem(last=False)
    return found


def _key(fields: Sequence[FieldShape], said: Mapping[int, Sequence[Said]], gold: Mapping[int, str]) -> str:
    made = hashlib.sha256(repr([(each.id, each.kind) for each in fields]).encode())
    for item in sorted(said):
        made.update(f"\n{item}\0{gold.get(item, '')}".encode())
        for one in said[item]:
            made.update(f"\0{one.annotator_id}\0{one.answers}".encode())
    return made.hexdigest()


def _labels(fields: Sequence[FieldShape], said: Mapping[int, Sequence[Said]], gold: Mapping[int, str]) -> list[Advice]:
    from guiju.stats.consensus.trust import recommend  # noqa: PLC0415 - NumPy, only where somebody asks for advice

    choosing = [field for field in fields if chooses_one(field)]
    if not choosing or not said:
        return []
    drawn = _drawn(said)
    answered = read_answers(drawn)
    right = {item: decode_answers(raw) for item, raw in gold.items() if item in drawn}
    methods = ("majority", *LEARNING)
    found: list[Advice] = []
    for field in choosing:
        columns = columns_of(field, answered)
        known = {item: label_of(answers.get(field.id)) for item, answers in right.items()}
        trust = recommend(columns, known or None, methods=methods)
        candidates = tuple(map(_candidate, trust.comparisons))
        told = (field.id, trust.recommended, trust.because, trust.basis, candidates)
        found.append(Advice(*told, len(columns), len(drawn) < len(said)))
    return found


def _drawn(said: Mapping[int, Sequence[Said]]) -> dict[int, Sequence[Said]]:
    if sum(map(len, said.values())) <= MOST_ANSWERS:
        return dict(said)
    drawn, count = dict[int, Sequence[Said]](), 0
    for item in sorted(said, key=_rank):
        count += len(said[item])
        if count > MOST_ANSWERS:
            break
        drawn[item] = said[item]
    return drawn


def _rank(item: int) -> bytes:
    return hashlib.sha256(str(item).encode()).digest()


def _candidate(one: "Comparison") -> Candidate:
    found = one.difference
    return Candidate(one.method, one.score, found.value, found.low, found.high, one.better, one.worse, one.refused)


def _merging(
    fields: Sequence[FieldShape], said: Mapping[int, Sequence[Said]], gold: Mapping[int, str]
) -> Merging | None:
    """The rules side by side: how like known answers what they make is, else how like an answer that was hidden."""
    names = tuple(field.id for field in fields if not chooses_one(field))
    if not names or not said:
        return None
    labels = {field.id for field in fields if chooses_one(field)}
    some = sorted((item for item in said if len(said[item]) > 1), key=_rank)
    known = [item for item in some if item in gold][:MOST_MERGED]
    by_gold = len(known) >= LEAST_KNOWN
    chosen = known if by_gold else [item for item in some if len(said[item]) > 2][:MOST_MERGED]
    given = rest_of(read_answers({item: said[item] for item in chosen}), labels) if chosen else {}
    if by_gold:
        right = {item: _without(decode_answers(gold[item]), labels) for item in chosen}
        seen = given
    else:
        hides = {item: int.from_bytes(_rank(item)[:4]) % len(given[item]) for item in chosen}
        right = {item: given[item][hides[item]][1] for item in chosen}
        seen = {item: [one for at, one in enumerate(given[item]) if at != hides[item]] for item in chosen}
    basis = "gold" if by_gold else "hidden-answers"
    scores = {name: _scores(name, seen, right) for name in MERGES} if len(chosen) >= LEAST_HIDDEN else {}
    return _advice_of(names, basis, scores, len(chosen))


def _without(answers: Mapping[str, Answer], labels: set[str]) -> dict[str, Answer]:
    return {name: one for name, one in answers.items() if name not in labels}


def _scores(name: str, seen: Mapping[int, Given], right: Mapping[int, Mapping[str, Answer]]) -> list[float]:
    """How like the right answer to each item is what the rule makes of the others; 0 where it leaves the item open."""
    by = MERGES[name](seen)
    made = {item: by(given) for item, given in seen.items()}
    return [0.0 if one is None else likeness(one.answers, right[item]) for item, one in made.items()]


def _advice_of(names: tuple[str, ...], basis: str, scores: Mapping[str, list[float]], items: int) -> Merging:
    if not scores:
        why = Sentence(TOO_FEW, {"n": items, "least": LEAST_HIDDEN})
        return Merging(names, OWN, why, basis, tuple(_beside(name, None, None) for name in MERGES), items)
    best = OWN
    for name in scores:
        if _beside(name, scores[name], scores[best]).better:
            best = name
    candidates = tuple(_beside(name, scores[name], scores[OWN]) for name in scores)
    told = next(one for one in candidates if one.method == best)
    places = {
        "n": items,
        "own": f"{sum(scores[OWN]) / items:.3f}",
        "rule": best,
        "share": f"{told.score or 0:.3f}",
        "low": f"{told.low or 0:+.3f}",
        "high": f"{told.high or 0:+.3f}",
    }
    return Merging(names, best, Sentence((SAME if best == OWN else BETTER)[basis], places), basis, candidates, items)


TOO_FEW = N_(
    "Only {n} items have answers enough to compare by ({least} are needed: three answers, or two and a known one):"
    " the kind’s own merge stays."
)
SAME = {
    "gold": N_(
        "On {n} items with a known answer no rule comes closer to it than the kind’s own merge ({own}) by more than"
        " chance explains."
    ),
    "hidden-answers": N_(
        "No rule comes closer to answers that were hidden from it than the kind’s own merge ({own}, {n} items) by more"
        " than chance explains."
    ),
}
BETTER = {
    "gold": N_("On {n} items with a known answer {rule} comes closer to it: {share} beside {own} ({low} to {high})."),
    "hidden-answers": N_(
        "{rule} comes closer to answers that were hidden from it: {share} beside {own} ({low} to {high}, {n} items)."
    ),
}


def _beside(name: str, scores: Sequence[float] | None, base: Sequence[float] | None) -> Candidate:
    """A rule beside another: the mean difference over items, with its 95% interval by the normal approximation."""
    if not scores or not base:
        return Candidate(name, None, None, None, None, better=False, worse=False, refused=None)
    n = len(scores)
    differences = [one - other for one, other in zip(scores, base, strict=True)]
    mean = sum(differences) / n
    half = Z * sqrt(sum((each - mean) ** 2 for each in differences)) / n
    low, high = mean - half, mean + half
    return Candidate(name, sum(scores) / n, mean, low, high, better=low > 0, worse=high < 0, refused=None)
