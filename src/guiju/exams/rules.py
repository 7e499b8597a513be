"""What is asked of whom, and what passes. Pure."""

from collections import Counter
from collections.abc import Callable, Sequence

from guiju.exams.errors import MarkOutOfReach, SettingsImpossible
from guiju.exams.model import Candidate, PassRule, Settings, Supply

LEAST, MOST = 3, 200
MOST_SECONDS = 8 * 3_600
MOST_ATTEMPTS = 50
BOUNDARY = 2.0
# How much more often a question comes that newcomers always lose than one that they never do.
WEAKNESS = 2.0
# Before many have sat, a question is taken for an easy one: so many right answers are assumed.
PRIOR = 2
Rank = Callable[[str], str]


def check_settings(settings: Settings, lower: Callable[[int], float]) -> None:
    """Raises `SettingsImpossible`, `MarkOutOfReach`. `lower(n)` is the lower end of the interval of n of n."""
    bounds = {
        "size": (settings.size, LEAST, MOST),
        "pass_mark": (settings.pass_mark, 0.01, 1.0),
        "attempts": (settings.attempts, 1, MOST_ATTEMPTS),
        "seconds": (settings.seconds or 30, 30, MOST_SECONDS),
    }
    for name, (value, low, high) in bounds.items():
        if not low <= value <= high:
            raise SettingsImpossible(what=name, value=value, low=low, high=high)
    if settings.rule is PassRule.LOWER and lower(settings.size) < settings.pass_mark:
        enough = next((n for n in range(settings.size, MOST + 1) if lower(n) >= settings.pass_mark), 0)
        raise MarkOutOfReach(size=settings.size, best=round(lower(settings.size), 2), enough=enough or MOST)


def survey(candidates: Sequence[Candidate]) -> Supply:
    """What there is to be asked."""
    labels = Counter(label for one in candidates for label in one.known.labels)
    boundary = sum(one.known.polarity == "boundary" for one in candidates)
    return Supply(len(candidates), boundary, tuple(sorted(labels.items(), key=lambda entry: (entry[1], entry[0]))))


def plan_paper(candidates: Sequence[Candidate], size: int, rank: Rank) -> list[Candidate]:
    """The questions of a paper, the first to be taken first: a longer plan begins with the shorter one.

    What was asked least often of this person comes first, whatever it is. Among that, labels take turns, the one with
    the fewest questions so far first; within a label the draw is weighted without replacement (Efraimidis & Spirakis
    2006, doi:10.1016/j.ipl.2005.11.003): each question has the key u^(1/w), the highest is taken.
    `rank` gives 64 random hex digits to a name, the same to the same one.
    """
    stratum = _strata(candidates)
    taken: Counter[str] = Counter()
    planned: list[Candidate] = []
    for asked in sorted({one.asked for one in candidates}):
        groups: dict[str, list[Candidate]] = {}
        for one in candidates:
            if one.asked == asked:
                groups.setdefault(stratum[one.known.id], []).append(one)
        for group in groups.values():
            group.sort(key=lambda one: (_key(one, rank), one.known.id))
        while groups and len(planned) < size:
            label = min(groups, key=lambda name: (taken[name], rank(f"label {name}")))
            planned.append(groups[label].pop())
            taken[label] += 1
            if not groups[label]:
                del groups[label]
    return planned


def order_paper(references: Sequence[int], rank: Rank) -> list[int]:
    """The order in which they are asked: none that could be guessed from."""
    return sorted(references, key=lambda one: rank(f"order {one}"))


def weight_of(one: Candidate) -> float:
    """How readily a question is drawn: at the boundary, and where newcomers lose marks."""
    lost = one.lost / (one.tries + PRIOR)
    return (BOUNDARY if one.known.polarity == "boundary" else 1.0) * (1 + WEAKNESS * lost)


def decide_pass(score: float, low: float, settings: Settings) -> bool:
    """Whether the pass mark is reached, by the rule that was set. A millionth does not decide."""
    return (low if settings.rule is PassRule.LOWER else score) >= settings.pass_mark - 1e-6


def _key(one: Candidate, rank: Rank) -> float:
    u = (int(rank(f"draw {one.known.origin.value}:{one.known.origin_id}")[:13], 16) + 1) / (16**13 + 1)
    return u ** (1 / weight_of(one))


def _strata(candidates: Sequence[Candidate]) -> dict[int, str]:
    """The label that each question stands for: its rarest, so that rare labels are asked about."""
    n = Counter(label for one in candidates for label in one.known.labels)
    return {one.known.id: min(one.known.labels, key=lambda label: (n[label], label), default="") for one in candidates}
