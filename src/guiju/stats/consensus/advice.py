"""The advice on methods in words: which one, why, and what the advice does not say.

Formula: the figures are those of `trust`, with three digits. Assumes: comparisons stand simplest first, each with the
first. Source: see `trust`.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from guiju.kit import N_, Sentence
from guiju.stats.columns import Columns
from guiju.stats.consensus.result import Recommendation
from guiju.stats.figure import Figure


@dataclass(frozen=True, slots=True)
class Comparison:
    """A method beside the simplest: its score, how much better it is (with interval), and whether beyond chance.

    `score` is accuracy on gold, or mean log-probability of hidden answers in nats. `p` is McNemar's, with gold.
    `better` and `worse` are both false where chance explains the difference. `refused` says why there is no score.
    """

    method: str
    score: float | None
    difference: Figure
    better: bool = False
    worse: bool = False
    p: float | None = None
    refused: Sentence | None = None

    def to_dict(self) -> dict[str, object]:
        refused = None if self.refused is None else str(self.refused)
        difference = self.difference.to_dict()
        return {"method": self.method, "score": self.score, "difference": difference, "p": self.p, "refused": refused}


@dataclass(frozen=True, slots=True)
class Trust(Recommendation):
    """Which method to trust, why, and the comparisons (each with the first method) that it rests on."""

    basis: str
    comparisons: tuple[Comparison, ...]

    @property
    def meaning(self) -> tuple[Sentence, ...]:
        """What the advice rests on, and what it does not say."""
        return (self.because, _GOLD_MEANS if self.basis == "gold" else _HIDDEN_MEANS)

    def to_dict(self) -> dict[str, object]:
        return {
            "recommended": self.recommended,
            "because": str(self.because),
            "basis": self.basis,
            "comparisons": [one.to_dict() for one in self.comparisons],
        }


_GOLD_MEANS = Sentence(
    N_("This holds as far as the items with a known answer are like the others: an easy sample flatters every method.")
)
_HIDDEN_MEANS = Sentence(
    N_(
        "No known answers were used: a method is judged by how well it foretells answers that were hidden from it. A"
        " mistake that many annotators share is foretold well, and is still a mistake."
    )
)


def because(basis: str, chosen: Comparison, comparisons: Sequence[Comparison], columns: Columns) -> Sentence:
    """The one sentence that carries the advice, of the comparison that decided.

    >>> from guiju.stats.columns import encode
    >>> table = encode([1, 1, 2, 2], ["a", "b"] * 2, ["x", "x", "x", "y"])
    >>> first = Comparison("majority", 0.8, Figure(0.0, n=50))
    >>> print(because("gold", first, [first, Comparison("one-coin", 0.81, Figure(0.01, n=50))], table))
    On 50 items with a known answer, no method does better than majority (0.800) by more than chance ...
    """
    first, others = comparisons[0], comparisons[1:]
    told = chosen
    if chosen.method != first.method:
        said = _BETTER[basis]
    else:
        losers = [one for one in others if one.worse]
        refused = [one.refused for one in comparisons if one.refused is not None]
        if first.score is None or (refused and not any(one.score is not None for one in others)):
            return refused[0]
        said = _WORSE[basis] if losers else _SAME[basis]
        told = min(losers, key=lambda one: one.score or 0.0) if losers else chosen
    return Sentence(said, _places(told, first, columns))


def _places(told: Comparison, first: Comparison, columns: Columns) -> dict[str, object]:
    found = told.difference
    return {
        "first": first.method,
        "method": told.method,
        "n": f"{found.n:,}",
        "share": f"{told.score:.3f}",
        "base": f"{first.score:.3f}",
        "p": "" if told.p is None else f"{told.p:.2g}",
        "difference": f"{found.value or 0.0:+.3f}",
        "low": f"{found.low or 0.0:+.3f}",
        "high": f"{found.high or 0.0:+.3f}",
        "annotators": f"{len(columns.annotators):,}",
        "each": f"{len(columns) / len(columns.annotators):.1f}",
    }


_BETTER = {
    "gold": N_(
        "On {n} items with a known answer, {method} is right in {share} and {first} in {base}: more than chance"
        " explains (p = {p})."
    ),
    "hidden-answers": N_(
        "{method} foretells answers hidden from it better than {first} does, by {difference} nats an answer ({low} to"
        " {high}, {n} answers)."
    ),
}
_WORSE = {
    "gold": N_(
        "On {n} items with a known answer, {first} is right in {base} and {method} only in {share}, worse by more than"
        " chance explains (p = {p}); no other method does better than {first}."
    ),
    "hidden-answers": N_(
        "{method} foretells answers hidden from it worse than {first} does, by {difference} nats an answer ({low} to"
        " {high}): {annotators} annotators with {each} answers each are too few answers to learn how each of them errs."
    ),
}
_SAME = {
    "gold": N_(
        "On {n} items with a known answer, no method does better than {first} ({base}) by more than chance explains:"
        " the simplest stays."
    ),
    "hidden-answers": N_(
        "No method foretells hidden answers better than {first} by more than chance explains ({n} answers): the"
        " simplest stays."
    ),
}
