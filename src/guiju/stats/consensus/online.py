"""What is believed of an item, and of each annotator, while answers still come in: two models, step by step.

No NumPy: it runs beside the requests of people who work, an item at a time, at a cost that does not grow.

Formula: the first model is one coin: P1(k | answers) ∝ Π_a s_a^[l = k] ((1 − s_a) / (K − 1))^[l ≠ k];
s_a = (r_a + m r̄) / (n_a + m), from 1/K to `MOST`, where r_a is the sum of P1(l_a | answers) over the n_a answers of a
to items that somebody else answered too, r̄ the share of all annotators together, begun with `GUESS` in `WORTH`
answers, and m = `SHRINK`. The second reads from the first what each takes for what, as Dawid and Skene do:
P2(k | answers) ∝ p_k Π_a π_a(l | k), π_a(l | k) = (c_a(l, k) + π(l | k)) / (c_a(k) + 1), where c_a(l, k) is the sum of
P1(k | answers) over a's answers l, π that of all together, begun as r̄ is, and p_k the share of class k, begun with
`EVEN` items of each. Weighing an item again takes back what it taught before, which makes it a step of incremental EM.
What is believed is the mean of both: one coin is steady where people gave few answers, the other sees that some labels
are taken for each other, and where they part nothing is sure and another answer is worth most.
Assumes: answers are independent given the truth. To one coin labels are equally likely, and nobody is worse than
guessing. The second never learns from itself: it runs away on few answers, to the commonest label where the shares are
its own, and to two halves of the commonest label where they are held even. An item that has one answer teaches nothing
of who gave it. Beyond `MOST_CONFUSED` labels the second is left out: it would have more to learn than people answer.
Source: Zhang, Chen, Zhou & Jordan 2016, doi:10.48550/arXiv.1406.3824 (one coin); Dawid & Skene 1979,
doi:10.2307/2346806; Neal & Hinton 1998, doi:10.1007/978-94-011-5014-9_12 (incremental EM); Sheng, Provost & Ipeirotis
2008, doi:10.1145/1401890.1401965 (asking again only where it is worth it); Seung, Opper & Sompolinsky 1992,
doi:10.1145/130385.130417 (asking where models disagree).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import exp, log
from typing import TypeAlias

GUESS, WORTH, SHRINK = 0.8, 10.0, 4.0
MOST = 0.99
MOST_CONFUSED = 12
EVEN = 30.0
NOTHING = 1e-4
"""A label less probable than this is not told of."""

Said: TypeAlias = Sequence[tuple[int, str]]
"""Who (a number) gave which label, once a person."""


@dataclass(slots=True)
class Skill:
    """The expected number of right answers among those that could be compared."""

    right: float = 0.0
    answers: float = 0.0


Confusion: TypeAlias = dict[str, dict[str, float]]
"""By true label, how often each label was given, expected."""


@dataclass(frozen=True, slots=True)
class Belief:
    """The probability of each label by the mean of both models; `coin` is the first one's, which others learn from.

    The rest of 1 is with labels that nobody gave.
    """

    labels: Mapping[str, float]
    said: tuple[tuple[int, str], ...]
    coin: Mapping[str, float] = field(default_factory=dict[str, float])

    @property
    def best(self) -> tuple[str | None, float]:
        """The most probable label and its probability; at a tie no label."""
        top = max(self.labels.values())
        tied = [label for label, p in self.labels.items() if p > top - 1e-9]
        return (tied[0] if len(tied) == 1 else None), top


@dataclass(slots=True)
class Crowd:
    """What was learned of annotators so far; `classes` is how many labels there are to choose from.

    >>> crowd = Crowd(2)
    >>> for item in range(20):
    ...     _ = crowd.weigh([(1, "a"), (2, "a"), (3, "ab"[item % 2])])
    >>> crowd.accuracy(1) > 0.9 > 0.7 > crowd.accuracy(3)
    True
    >>> crowd.believe([(1, "b"), (3, "a")]).best[0]
    'b'
    """

    classes: int
    skills: dict[int, Skill] = field(default_factory=dict[int, Skill])
    right: float = GUESS * WORTH
    answers: float = WORTH
    confusions: dict[int, Confusion] = field(default_factory=dict[int, Confusion])
    together: Confusion = field(default_factory=dict[str, dict[str, float]])
    shares: dict[str, float] = field(default_factory=dict[str, float])

    def accuracy(self, annotator: int) -> float:
        """How often the annotator is right, drawn towards what all are together."""
        own = self.skills.get(annotator) or Skill()
        found = (own.right + SHRINK * self.right / self.answers) / (own.answers + SHRINK)
        return min(MOST, max(1 / self.classes, found))

    def believe(self, said: Said) -> Belief:
        """What these answers to one item come to, by what is known now."""
        coin = self._by_coins(said)
        if max(self.classes, len(self.together)) > MOST_CONFUSED:
            return Belief(coin, tuple(said))
        confused = self._by_confusions(said)
        labels = {label: (coin.get(label, 0.0) + confused.get(label, 0.0)) / 2 for label in {**coin, **confused}}
        return Belief(labels, tuple(said), coin)

    def weigh(self, said: Said, before: Belief | None = None) -> Belief:
        """Believe, and learn from it; `before` is what was learned from the item the last time."""
        if before is not None:
            self._learn(before, -1.0)
        found = self.believe(said)
        self._learn(found, 1.0)
        return found

    def _by_coins(self, said: Said) -> dict[str, float]:
        given = dict.fromkeys(label for _, label in said)
        classes = max(self.classes, len(given), 2)
        weighed = [(label, self.accuracy(who)) for who, label in said]
        scores = {label: _heard(label, weighed, classes) for label in given}
        unsaid, top = _heard(None, weighed, classes), max(scores.values())
        weights = {label: exp(score - top) for label, score in scores.items()}
        whole = sum(weights.values()) + (classes - len(given)) * exp(unsaid - top)
        return {label: weight / whole for label, weight in weights.items()}

    def _by_confusions(self, said: Said) -> dict[str, float]:
        known = dict.fromkeys([*self.together, *(label for _, label in said)])
        scores = {truth: self._fits(truth, said) for truth in known}
        top = max(scores.values())
        weights = {truth: exp(score - top) for truth, score in scores.items()}
        whole = sum(weights.values())
        return {truth: weight / whole for truth, weight in weights.items() if weight > NOTHING * whole}

    def _fits(self, truth: str, said: Said) -> float:
        """The log-probability of these answers where `truth` is right."""
        of_all = self.together.get(truth, {})
        whole, wrong = sum(of_all.values()) + WORTH, WORTH * (1 - GUESS) / (max(self.classes, 2) - 1)
        found = log(self.shares.get(truth, 0.0) + EVEN)
        for who, label in said:
            share = (of_all.get(label, 0.0) + (WORTH * GUESS if label == truth else wrong)) / whole
            own = self.confusions.get(who, {}).get(truth, {})
            found += log((own.get(label, 0.0) + share) / (sum(own.values()) + 1))
        return found

    def _learn(self, belief: Belief, sign: float) -> None:
        if len(belief.said) < 2:
            return
        coin = belief.coin or belief.labels
        for who, label in belief.said:
            skill = self.skills.setdefault(who, Skill())
            skill.right += sign * coin[label]
            skill.answers += sign
            self.right += sign * coin[label]
            self.answers += sign
        if max(self.classes, len(self.together)) <= MOST_CONFUSED:
            self._learn_confusions(belief, sign)

    def _learn_confusions(self, belief: Belief, sign: float) -> None:
        for truth, p in belief.coin.items():
            self.shares[truth] = max(0.0, self.shares.get(truth, 0.0) + sign * p)
        for who, label in belief.said:
            own = self.confusions.setdefault(who, {})
            for truth, p in belief.coin.items():
                for rows in (own, self.together):
                    row = rows.setdefault(truth, {})
                    row[label] = max(0.0, row.get(label, 0.0) + sign * p)


def _heard(label: str | None, weighed: Sequence[tuple[str, float]], classes: int) -> float:
    return sum(log(s if given == label else (1 - s) / (classes - 1)) for given, s in weighed)
