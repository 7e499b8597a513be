"""Agreement by clause of the rulebook: do those who cite the same rule answer the same?

Formula: observed agreement and Krippendorff's alpha, as in `alpha`, of the answers that cite the clause; beside
them the share of agreeing pairs of an answer that cites it and one to the same item that does not.
Assumes: annotators cite the clause that decided their answer. An answer may cite none, one, or several.
Source: Krippendorff, Content Analysis (2004, ISBN 978-0-7619-1545-4), ch. 11, on a subset of the answers.

Low agreement among those who cite it: the clause is read in two ways, amend it. High among them and low against the
others: the clause is clear, and some do not know it or follow another one.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, cast

from guiju.kit import N_, Sentence
from guiju.stats.agreement.alpha import observed_and_alpha
from guiju.stats.agreement.distances import Distance
from guiju.stats.agreement.patterns import Patterns
from guiju.stats.columns import encode
from guiju.stats.errors import UnevenColumns
from guiju.stats.figure import Figure
from guiju.stats.sources import in_order, is_missing, plain

_AMONG = N_("Two people who cite {clause} on the same item agree with probability {value}, over {n} items.")
_READ = N_(
    "Below the gate the clause is read in two ways; it says nothing about those who should have cited it and did not."
)


@dataclass(frozen=True, slots=True)
class ClauseAgreement:
    """`answers` cite the clause; `against_others` is agreement with answers that do not, over `other_pairs` pairs."""

    clause: Hashable
    answers: int
    observed: Figure
    alpha: Figure
    against_others: float | None
    other_pairs: int

    @property
    def meaning(self) -> tuple[Sentence, ...]:
        if self.observed.value is None:
            return self.observed.meaning
        places = {"clause": str(self.clause), "value": self.observed.written, "n": self.observed.n}
        return (Sentence(_AMONG, places), Sentence(_READ))

    def to_dict(self) -> dict[str, object]:
        others = {"against_others": self.against_others, "other_pairs": self.other_pairs}
        figures = {"observed": self.observed.to_dict(), "alpha": self.alpha.to_dict()}
        return {"clause": plain(self.clause), "answers": self.answers, **figures, **others}


def clause_agreements(
    item: Sequence[Any],
    annotator: Sequence[Any],
    label: Sequence[Any],
    clause: Sequence[Any],
    *,
    distance: Distance = "nominal",
    seed: int = 0,
) -> tuple[ClauseAgreement, ...]:
    """One row for each clause that an answer cites, the one with the lowest agreement first.

    `clause` has for each answer `None`, a name, or a list, tuple or set of names. A table of distances cannot be used:
    the labels of a clause are not all labels. Raises `UnevenColumns` and what `encode` and the distance raise.

    >>> cited = ["C1", "C1", "C1", "C1", "C2", None]
    >>> found = clause_agreements([1, 1, 2, 2, 3, 3], ["a", "b"] * 3, list("xyxxxy"), cited)
    >>> [(one.clause, one.observed.value, one.against_others) for one in found]
    [('C1', 0.5, None), ('C2', None, 0.0)]
    """
    if not len(item) == len(annotator) == len(label) == len(clause):
        raise UnevenColumns(items=len(item), annotators=len(annotator), labels=min(len(label), len(clause)))
    given = [row for row in range(len(item)) if not is_missing(label[row])]
    citing: dict[Hashable, list[int]] = defaultdict(list)
    by_item: dict[Hashable, list[int]] = defaultdict(list)
    for row in given:
        by_item[item[row]].append(row)
        for name in _names(clause[row]):
            citing[name].append(row)
    found: list[ClauseAgreement] = []
    for name in in_order(citing):
        rows = citing[name]
        columns = encode(*([column[row] for row in rows] for column in (item, annotator, label)))
        observed, alpha = observed_and_alpha(Patterns.of(columns), distance, seed)
        against = _against(rows, item, label, by_item)
        share = sum(against) / len(against) if against else None
        found.append(ClauseAgreement(name, len(columns), observed, alpha, share, len(against)))
    return tuple(sorted(found, key=lambda one: (one.observed.value is None, one.observed.value or 0.0)))


def _names(cited: object) -> tuple[Hashable, ...]:
    if isinstance(cited, (list, tuple, set, frozenset)):
        return tuple(dict.fromkeys(cast("Iterable[Hashable]", cited)))
    return () if is_missing(cited) else (cast("Hashable", cited),)


def _against(
    rows: list[int], item: Sequence[Any], label: Sequence[Any], by_item: dict[Hashable, list[int]]
) -> list[bool]:
    citing = set(rows)
    return [label[row] == label[other] for row in rows for other in by_item[item[row]] if other not in citing]
