"""What a story is: the plain description of a project from somebody's two sentences to rules that people agree on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeAlias

from guiju.kit.words import Bilingual

Told: TypeAlias = Mapping[str, Any]
"""A report, a comparison or a finding as the API tells it."""


@dataclass(frozen=True, slots=True)
class Remedy:
    """What the trainer writes once people take `labels` for one another: a clause, and what the boundary case shows.

    `clause` is the new clause's id, `after` the one that it stands behind, `text` its Markdown from the heading on.
    `merges` is a label that the clause makes part of another one.
    """

    labels: frozenset[str]
    clause: str
    after: str
    text: str
    note: Bilingual
    merges: str | None = None


@dataclass(frozen=True, slots=True)
class Story:
    """`request` is what the customer wrote; `brief` (YAML) is what their answers made of it, and `rulebook` the first.

    A trial takes `size` items; `remedies` are what this trainer knows to write, whatever the report will name.
    """

    name: str
    customer: str
    trade: str
    request: Bilingual
    brief: str
    rulebook: str
    remedies: tuple[Remedy, ...]
    size: int
    most_rounds: int = 3


@dataclass(frozen=True, slots=True)
class Named:
    """What a report named: two labels taken for one another, the cause, the clause to amend, items to look at."""

    a: str
    b: str
    cause: str
    clause: str | None
    items: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Ending:
    """What came of a story: what the request lacked, every trial's report, what was amended, whether it helped."""

    lacked: tuple[str, ...]
    trials: tuple[int, ...]
    reports: tuple[Told, ...]
    named: tuple[Named, ...]
    versions: tuple[str, ...]
    changes: tuple[Told, ...] = ()
    passed: bool = False


class Office(Protocol):
    """Whoever acts in a story, each as themselves: through the product's actions, over HTTP, or at a browser."""

    def open(self, story: Story) -> None:
        """The trainer opens the project and takes everybody in."""
        ...

    def write_brief(self, document: str) -> Sequence[Told]:
        """The trainer keeps a brief; what is found in it."""
        ...

    def sign_brief(self) -> None:
        """The requester signs what was written last."""
        ...

    def bring_data(self) -> int:
        """The engineer brings the items; how many there are."""
        ...

    def publish(self, document: str) -> str:
        """The trainer publishes a rulebook; its version."""
        ...

    def run_trial(self, size: int) -> int:
        """The same items to everybody, who answer them under the rulebook in force; the round."""
        ...

    def report(self, round_id: int) -> Told:
        """What the answers of a round say."""
        ...

    def keep_example(self, round_id: int, named: Named) -> tuple[str, str, Any]:
        """One of the items that were named becomes a boundary example; the draft then, its name, its right answer."""
        ...

    def change(self, round_id: int) -> Told:
        """A round against the trial before it."""
        ...

    def decide(self, round_id: int) -> bool:
        """The trainer closes a trial at its gate; whether it passed."""
        ...


@dataclass(frozen=True, slots=True)
class Schooling:
    """How a newcomer fared: what each paper came to, and the marks of what was practised between them."""

    papers: tuple[Told, ...]
    practised: tuple[float, ...]

    @property
    def passed(self) -> bool:
        return bool(self.papers and self.papers[-1]["passed"])


class School(Protocol):
    """Where the newcomer of a story learns."""

    def rule_on(self, count: int) -> int:
        """The expert says what is right of so many items; how many there were. They become what can be asked."""
        ...

    def open_exam(self, size: int, pass_mark: float) -> int:
        """The trainer sets an exam up."""
        ...

    def sit(self, exam: int) -> Told:
        """The newcomer sits a paper; its score, interval and whether it passed."""
        ...

    def practise(self) -> Sequence[float]:
        """The newcomer practises what there is to practise today; the marks."""
        ...
