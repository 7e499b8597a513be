"""The one-coin model while answers still come in: what is believed of an item, and of each annotator, step by step.

No NumPy: it runs beside the requests of people who work, an item at a time, at a cost that does not grow.

Formula: P(k | answers) ∝ Π_a s_a^[l = k] ((1 − s_a) / (K − 1))^[l ≠ k]; s_a = (r_a + m r̄) / (n_a + m), from 1/K to
`MOST`, where r_a is the sum of P(l_a | answers) over the n_a answers of a to items that somebody else answered too, r̄
the share of all annotators together, begun with `GUESS` in `WORTH` answers, and m = `SHRINK`. Weighing an item again
takes back what it gave to r_a before, which makes it a step of incremental EM.
Assumes: what `one_coin` assumes, and that labels are equally likely: shares of the classes that are learned from a few
answers can run away until every item has the commonest label (on RTE with two answers an item they do, in one order of
arrival of eight). Nobody is worse than guessing. An item that has one answer teaches nothing of who gave it.
Source: Zhang, Chen, Zhou & Jordan 2016, doi:10.48550/arXiv.1406.3824 (one coin); Neal & Hinton 1998,
doi:10.1007/978-94-011-5014-9_12 (incremental EM); Sheng, Provost & Ipeirotis 2008, doi:10.1145/1401890.1401965 (asking
again only where it is worth it).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import exp, log
from typing import TypeAlias

GUESS, WORTH, SHRINK = 0.8, 10.0, 4.0
MOST = 0.99

Said: TypeAlias = Sequence[tuple[int, str]]
"""Who (a number) gave which label, once a person."""


@dataclass(slots=True)
class Skill:
    """The expected number of right answers among those that could be compared."""

    right: float = 0.0
    answers: float = 0.0


@dataclass(frozen=True, slots=True)
class Belief:
    """The probability of each label that somebody gave; the rest of 1 is with labels that nobody gave."""

    labels: Mapping[str, float]
    said: tuple[tuple[int, str], ...]

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

    def accuracy(self, annotator: int) -> float:
        """How often the annotator is right, drawn towards what all are together."""
        own = self.skills.get(annotator) or Skill()
        found = (own.right + SHRINK * self.right / self.answers) / (own.answers + SHRINK)
        return min(MOST, max(1 / self.classes, found))

    def believe(self, said: Said) -> Belief:
        """What these answers to one item come to, by what is known now."""
        given = dict.fromkeys(label for _, label in said)
        classes = max(self.classes, len(given), 2)
        weighed = [(label, self.accuracy(who)) for who, label in said]
        scores = {label: _heard(label, weighed, classes) for label in given}
        unsaid, top = _heard(None, weighed, classes), max(scores.values())
        weights = {label: exp(score - top) for label, score in scores.items()}
        whole = sum(weights.values()) + (classes - len(given)) * exp(unsaid - top)
        return Belief({label: weight / whole for label, weight in weights.items()}, tuple(said))

    def weigh(self, said: Said, before: Belief | None = None) -> Belief:
        """Believe, and learn from it; `before` is what was learned from the item the last time."""
        if before is not None:
            self._learn(before, -1.0)
        found = self.believe(said)
        self._learn(found, 1.0)
        return found

    def _learn(self, belief: Belief, sign: float) -> None:
        if len(belief.said) < 2:
            return
        for who, label in belief.said:
            skill = self.skills.setdefault(who, Skill())
            skill.right += sign * belief.labels[label]
            skill.answers += sign
            self.right += sign * belief.labels[label]
            self.answers += sign


def _heard(label: str | None, weighed: Sequence[tuple[str, float]], classes: int) -> float:
    return sum(log(s if given == label else (1 - s) / (classes - 1)) for given, s in weighed)
