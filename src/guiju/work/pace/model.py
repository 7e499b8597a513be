"""How long the answers of a round took, and what its suggestions were worth."""

from dataclasses import dataclass

from guiju.annotations import Round
from guiju.projects import Project
from guiju.work.prefill.model import Count


@dataclass(frozen=True, slots=True)
class LabelLine:
    """What became of one label's suggested parts in a round."""

    label: str
    count: Count

    @property
    def suggested(self) -> int:
        return self.count.kept + self.count.changed + self.count.removed


@dataclass(frozen=True, slots=True)
class Pace:
    """How long one annotator's answers took, and what they made of suggestions.

    `median_ms` is of the `timed` ones among the newest 500; `clipped` are those of them whose claim could not be.
    `fast` are acceptances in which a look at the item finds no time, `biased` says that there are too many of them.
    """

    annotator: str
    answers: int
    timed: int
    median_ms: float | None
    clipped: int
    accepted: int = 0
    corrected: int = 0
    rejected: int = 0
    fast: int = 0
    biased: bool = False

    @property
    def suggested(self) -> int:
        return self.accepted + self.corrected + self.rejected


@dataclass(frozen=True, slots=True)
class PaceReport:
    """A round's answers.

    `unsuggested_ms` is the median of answers without a suggestion: of this round or, where it has too few, of the round
    `compared_with`; `None` where there is nothing to compare with. `source` and `source_round` say where its
    suggestions come from. `interval` is the 95% one (Wilson) of the share accepted.
    """

    round: Round
    project: Project
    people: tuple[Pace, ...]
    accepted: int
    corrected: int
    rejected: int
    labels: tuple[LabelLine, ...]
    median_ms: float | None
    suggested_ms: float | None
    unsuggested_ms: float | None
    compared_with: Round | None
    source: str | None
    source_round: Round | None
    interval: tuple[float, float]

    @property
    def suggested(self) -> int:
        return self.accepted + self.corrected + self.rejected

    @property
    def accepted_share(self) -> float | None:
        return self.accepted / self.suggested if self.suggested else None

    @property
    def biased(self) -> tuple[str, ...]:
        """Those who accept faster than they can look."""
        return tuple(each.annotator for each in self.people if each.biased)
