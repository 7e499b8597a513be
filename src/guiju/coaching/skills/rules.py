"""From evidence to a profile. Pure."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence

from guiju.coaching.skills.model import Evidence, Skill, Skills, Source
from guiju.stats.intervals import wilson


def profile(evidence: Sequence[Evidence], practised: Collection[str]) -> Skills:
    """Lines by label and by clause, the weakest first; `practised` are the labels of which something can be asked."""
    by_label: dict[str, list[tuple[Source, float]]] = {}
    by_clause: dict[str, list[tuple[Source, float]]] = {}
    for one in evidence:
        for label, score in one.labels:
            by_label.setdefault(label, []).append((one.source, score))
        if one.clause:
            by_clause.setdefault(one.clause, []).append((one.source, one.score))
    labels, clauses = _lines(by_label), _lines(by_clause)
    whole = skill("", [(one.source, one.score) for one in evidence])
    return Skills(whole, labels, clauses, next((each.id for each in labels if each.id in practised), None))


def skill(name: str, scores: Sequence[tuple[Source, float]]) -> Skill:
    """Partial credit counts as part of an answer: Wilson's interval takes a split count."""
    n, right = len(scores), sum(score for _, score in scores)
    share = right / n if n else 0.0
    return Skill(name, n, share, wilson(min(right, n), n), Counter(source for source, _ in scores))


def _lines(by: Mapping[str, Sequence[tuple[Source, float]]]) -> tuple[Skill, ...]:
    found = [skill(name, scores) for name, scores in by.items()]
    return tuple(sorted(found, key=lambda each: (each.interval.low, each.share, each.id)))


def first_of_a_day(rows: Iterable[tuple[int, int, Evidence]], day: int) -> list[Evidence]:
    """Of `(card, moment, evidence)` the first answer to each card in each span of `day`: repeating what one was just
    shown says nothing of what one can do.
    """
    first: dict[tuple[int, int], tuple[int, Evidence]] = {}
    for card, at, evidence in rows:
        known = first.get((card, at // day))
        if known is None or at < known[0]:
            first[card, at // day] = (at, evidence)
    return [evidence for _, evidence in first.values()]


def judged(answers: Iterable[str], *, right: bool) -> tuple[tuple[str, float], ...]:
    """A verdict without a correction is about every label of what was judged."""
    return tuple((label, float(right)) for label in sorted(set(answers)))
