"""All figures of agreement of one table of answers, or of the merged summary of many.

Formula: those of `alpha`, `chance`, `labels`, `annotators`, `pairs` and `confusion`, each in its file.
Assumes: annotators answered independently, the items are a sample of those that the figures are to speak for.
What is many is cut: of pairs of annotators the 1,000 with the most common items (none where an
item has over 5,000 answers), of confusions the 200 most frequent.
Source: Krippendorff, Content Analysis (2004, ISBN 978-0-7619-1545-4); Hayes & Krippendorff 2007,
doi:10.1080/19312450709336664; Fleiss 1971, doi:10.1037/h0031619; Gwet 2008, doi:10.1348/000711006X126600.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from guiju.kit import Sentence
from guiju.stats.agreement.alpha import krippendorff_alpha, observed_agreement, observed_and_alpha
from guiju.stats.agreement.annotators import AnnotatorAgreement, People
from guiju.stats.agreement.chance import ChanceCorrected
from guiju.stats.agreement.confusion import Confusion, confusions, confusions_of
from guiju.stats.agreement.distances import Distance
from guiju.stats.agreement.labels import LabelAlpha, label_alphas_of
from guiju.stats.agreement.pairs import Crossings, PairAgreement, pair_agreements
from guiju.stats.agreement.patterns import Patterns
from guiju.stats.agreement.summary import Summary
from guiju.stats.columns import Columns, encode
from guiju.stats.figure import Figure

__all__ = ["Agreement", "agreement", "agreement_of", "krippendorff_alpha", "observed_agreement", "report_from"]

PAIRS = 1_000
CONFUSIONS = 200


@dataclass(frozen=True, slots=True)
class Agreement:
    """All that one table of answers says about agreement."""

    items: int
    annotators: int
    annotations: int
    observed: Figure
    alpha: Figure
    chance: ChanceCorrected
    pairs: tuple[PairAgreement, ...]
    labels: tuple[LabelAlpha, ...]
    confusions: tuple[Confusion, ...]
    people: tuple[AnnotatorAgreement, ...]

    @property
    def meaning(self) -> tuple[Sentence, ...]:
        """What the two leading figures mean and what they do not."""
        return (*self.observed.meaning, *self.alpha.meaning)

    def to_dict(self) -> dict[str, object]:
        """The keys that `guiju agreement --json` prints, and more beside them."""
        chance = self.chance
        return {
            "items": self.items,
            "annotators": self.annotators,
            "annotations": self.annotations,
            "compared_items": self.observed.n,
            "observed": self.observed.value,
            "observed_interval": self.observed.interval,
            "alpha": self.alpha.value,
            "alpha_interval": self.alpha.interval,
            "alpha_why": self.alpha.why,
            "fleiss_kappa": chance.fleiss.value,
            "fleiss_kappa_interval": chance.fleiss.interval,
            "gwet_ac1": chance.gwet.value,
            "gwet_ac1_interval": chance.gwet.interval,
            "brennan_prediger": chance.brennan_prediger.value,
            "brennan_prediger_interval": chance.brennan_prediger.interval,
            "pairs": [pair.to_dict() for pair in self.pairs],
            "labels": [label.to_dict() for label in self.labels],
            "confusions": [confusion.to_dict() for confusion in self.confusions],
            "by_annotator": [one.to_dict() for one in self.people],
        }


def agreement(item: Any, annotator: Any, label: Any, distance: Distance = "nominal", seed: int = 0) -> Agreement:
    """Every figure of agreement for three aligned columns; the same answers in any order give the same figures.

    >>> agreement([1, 1, 2, 2, 3, 3], ["a", "b"] * 3, ["x", "x", "y", "y", "x", "y"]).observed.value
    0.6666666666666666
    """
    return agreement_of(encode(item, annotator, label), distance, seed)


def agreement_of(columns: Columns, distance: Distance = "nominal", seed: int = 0) -> Agreement:
    """The same for columns that are codes already.

    >>> round(agreement_of(encode([1, 1, 2, 2], ["a", "b"] * 2, ["x", "x", "x", "y"])).chance.gwet.value, 3)
    0.2
    """
    patterns = Patterns.of(columns)
    observed, alpha = observed_and_alpha(patterns, distance, seed)
    return Agreement(
        items=len(columns.items),
        annotators=len(columns.annotators),
        annotations=len(columns),
        observed=observed,
        alpha=alpha,
        chance=ChanceCorrected.of(patterns),
        pairs=pair_agreements(columns, most=PAIRS) if Crossings.countable(columns) else (),
        labels=label_alphas_of(patterns),
        confusions=confusions(columns, most=CONFUSIONS),
        people=People.of(columns).agreements(),
    )


def report_from(summary: Summary, distance: Distance = "nominal", seed: int = 0) -> Agreement:
    """The same from a summary; confusions name no items, and pairs are there if the summary counted them.

    >>> from guiju.stats.agreement.summary import summarise
    >>> columns = encode([1, 1, 2, 2, 3, 3], ["a", "b"] * 3, list("xxyyxy"))
    >>> report_from(summarise(columns)).alpha == agreement_of(columns).alpha
    True
    """
    patterns = summary.patterns
    observed, alpha = observed_and_alpha(patterns, distance, seed)
    return Agreement(
        items=summary.items,
        annotators=int(np.count_nonzero(summary.people.answers)),
        annotations=summary.answers,
        observed=observed,
        alpha=alpha,
        chance=ChanceCorrected.of(patterns),
        pairs=() if summary.crossings is None else summary.crossings.agreements()[:PAIRS],
        labels=label_alphas_of(patterns),
        confusions=confusions_of(patterns, most=CONFUSIONS),
        people=summary.people.agreements(),
    )
