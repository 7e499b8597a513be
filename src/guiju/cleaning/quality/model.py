"""Quality rules of a project: what an item or a source must fulfil, and what came of looking."""

import enum
from collections.abc import Mapping
from dataclasses import dataclass

import msgspec

from guiju.cleaning.personal import KIND_NAMES
from guiju.cleaning.profiles.model import AMOUNTS, CHOICES, LANGUAGE_NAMES, STATE_NAMES, Unit
from guiju.data.model import MEDIA_NAMES
from guiju.kit import N_

EXAMPLES = 20
MOST_RULES = 60


class Per(enum.StrEnum):
    ITEM = "item"
    SOURCE = "source"


class Then(enum.StrEnum):
    """What follows where a rule is not fulfilled: it is told, the item is set aside, or the whole source is held."""

    TELL = "tell"
    ASIDE = "set-aside"
    HOLD = "hold"


class Reads(enum.Enum):
    """What a check must read of an item."""

    FIGURES = "figures"
    WORDS = "words"
    RECORD = "record"
    GROUPS = "groups"
    SOURCE = "source"


@dataclass(frozen=True, slots=True)
class Check:
    """What a rule can look at, and what it can be told: `least` and `most`, `values` (of `known` or free), a column."""

    code: str
    name: str
    about: str
    reads: Reads
    takes: frozenset[str]
    known: Mapping[str, str]
    unit: Unit = Unit.PLAIN


_RANGE, _VALUES = frozenset({"least", "most"}), frozenset({"values"})
_ABOUT_AMOUNT = N_("Not below the least, not above the most. What has no such amount is not asked.")
_ABOUT_CHOICE = N_("One of the values. What has no such value is not asked.")
_KNOWN = {
    "language": {str(key): name for key, name in LANGUAGE_NAMES.items() if key != "none"},
    "state": {str(key): name for key, name in STATE_NAMES.items()},
    "media": {key.value: name for key, name in MEDIA_NAMES.items()},
}
_ABOUT = {
    "language": N_("In one of these languages. Chinese in either script is both; what has no letter is not asked."),
    "state": N_("The file is there and can be decoded."),
}


def _checks() -> list[Check]:
    amounts = [
        Check(code, figure.name, figure.note or _ABOUT_AMOUNT, Reads.FIGURES, _RANGE, {}, figure.unit)
        for code, figure in AMOUNTS.items()
    ]
    choices = [
        Check(code, CHOICES[code], _ABOUT.get(code, _ABOUT_CHOICE), Reads.FIGURES, _VALUES, _KNOWN.get(code, {}))
        for code in ("language", "state", "media", "format", "mode", "channels")
    ]
    return [
        *amounts,
        *choices,
        Check(
            "personal",
            N_("Personal data"),
            N_("No more places with personal data than the most, of the kinds or of all; every text is read whole."),
            Reads.WORDS,
            frozenset({"most", "values"}),
            {kind.value: name for kind, name in KIND_NAMES.items()},
            Unit.COUNT,
        ),
        Check(
            "encoding",
            N_("Encoding lost"),
            N_("No character that stands for a lost one, and no text that was read in the wrong encoding."),
            Reads.WORDS,
            frozenset(),
            {},
        ),
        Check(
            "near-duplicate",
            N_("Near-duplicate"),
            N_("Not nearly the same as an item that came before it, in a group that nobody has decided on."),
            Reads.GROUPS,
            frozenset(),
            {},
        ),
        Check(
            "filled",
            N_("Column filled"),
            N_("The record has a value in this column."),
            Reads.FIGURES,
            frozenset({"column"}),
            {},
        ),
        Check(
            "within",
            N_("Column's value"),
            N_("A number between least and most, or one of the values; an empty column is not asked."),
            Reads.RECORD,
            frozenset({"column", "least", "most", "values"}),
            {},
        ),
        Check(
            "duplicates",
            N_("Exact duplicates, not taken"),
            N_("Of the source's records."),
            Reads.SOURCE,
            frozenset(),
            {},
        ),
        Check("refused", N_("Records refused"), N_("Of the source's records."), Reads.SOURCE, frozenset(), {}),
    ]


CHECKS = {check.code: check for check in _checks()}


class Rule(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One rule. `per` source it is broken where more than `share` of the items that it asks of do not fulfil it."""

    name: str
    check: str
    least: float | None = None
    most: float | None = None
    values: tuple[str, ...] = ()
    column: str = ""
    per: Per = Per.ITEM
    share: float = 0.0
    then: Then = Then.TELL


@dataclass(frozen=True, slots=True)
class Version:
    """The rules of a project as they were published."""

    project_id: int
    number: int
    rules: tuple[Rule, ...]
    note: str
    by: int
    at: int


class Change(enum.StrEnum):
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


CHANGE_NAMES = {Change.ADDED: N_("added"), Change.REMOVED: N_("removed"), Change.CHANGED: N_("changed")}


@dataclass(frozen=True, slots=True)
class Difference:
    """What became of one rule between two versions."""

    change: Change
    before: Rule | None
    after: Rule | None


class RunState(enum.StrEnum):
    RUNNING = "running"
    DONE = "done"
    REPLACED = "replaced"
    UNDOING = "undoing"
    UNDONE = "undone"
    FAILED = "failed"


RUN_STATE_NAMES = {
    RunState.RUNNING: N_("running"),
    RunState.DONE: N_("done"),
    RunState.REPLACED: N_("replaced by a later one"),
    RunState.UNDOING: N_("being undone"),
    RunState.UNDONE: N_("undone"),
    RunState.FAILED: N_("failed"),
}


class Tally(msgspec.Struct):
    """What one rule found so far: how many it asked of, how many did not fulfil it, and the first of these."""

    asked: int = 0
    failed: int = 0
    in_work: int = 0
    examples: list[int] = msgspec.field(default_factory=list[int])


class Result(msgspec.Struct, frozen=True):
    """What one rule came to. `aside`: items that it set aside; `in_work`: left because people work with them."""

    rule: Rule
    asked: int
    failed: int
    in_work: int
    aside: int
    broken: bool
    examples: list[int]

    @property
    def share(self) -> float | None:
        return self.failed / self.asked if self.asked else None


class Outcome(msgspec.Struct, frozen=True):
    """`items` were looked at, `beside` were set aside by something else and not asked, `aside` are set aside now."""

    items: int
    beside: int
    aside: int
    held: bool
    results: list[Result]


@dataclass(frozen=True, slots=True)
class Run:
    """The rules of a version, held against one source."""

    id: int
    project_id: int
    source_id: int
    version: int
    state: RunState
    by_import: bool
    job_id: int | None
    outcome: Outcome | None
    created_by: int
    created_at: int
    released_by: int | None
    released_at: int | None
    reason: str | None

    @property
    def is_holding(self) -> bool:
        return self.state is RunState.DONE and self.outcome is not None and self.outcome.held and not self.released_at

    def cause(self, place: int) -> str:
        """What items are set aside by, for the rule at that place."""
        return f"quality:{self.id}:{place}"

    @property
    def hold_cause(self) -> str:
        return f"quality:{self.id}:hold"

    @property
    def causes(self) -> list[str]:
        """Everything that this run may have set aside."""
        return [*(self.cause(place) for place in range(MOST_RULES)), self.hold_cause]


class Trying(msgspec.Struct, frozen=True):
    """A dry run: of `items` `looked` were looked at, `aside` would be set aside, the sources `held` would be held.

    `unprofiled` sources have no profile yet and were not looked at.
    """

    items: int
    looked: int
    aside: int
    examples: list[int]
    held: list[int]
    results: list[Result]
    unprofiled: int = 0
