"""Causes of defects and charts of their share, as they are shown."""

import enum
from collections.abc import Mapping
from dataclasses import dataclass

from guiju.inspection.model import Finding
from guiju.kit import N_
from guiju.kit.words import Bilingual
from guiju.stats.control.charts import Chart
from guiju.stats.control.signals import Signal
from guiju.stats.intervals import Interval


class By(enum.StrEnum):
    """What defects are put together by."""

    TYPE = "type"
    CLAUSE = "clause"
    LABEL = "label"
    ANNOTATOR = "annotator"
    SEVERITY = "severity"


BY_NAMES = {
    By.TYPE: N_("Type"),
    By.CLAUSE: N_("Clause"),
    By.LABEL: N_("Label"),
    By.ANNOTATOR: N_("Annotator"),
    By.SEVERITY: N_("Severity"),
}
NO_CLAUSE = N_("no clause cited")
NO_LABEL = N_("no label")
TOGETHER = N_("several people together")


class Of(enum.StrEnum):
    """Whose share of defective items is charted."""

    ANNOTATOR = "annotator"
    LABEL = "label"


@dataclass(frozen=True, slots=True)
class Where:
    """Which verdicts: of a lot, of answers of a round, given since or before a moment (microseconds); all where
    nothing is said."""

    lot_id: int | None = None
    round_id: int | None = None
    since: int | None = None
    until: int | None = None
    # without the verdicts that this account must not see: it may give the second
    veiled_for: int | None = None


@dataclass(frozen=True, slots=True)
class Cause:
    """A cause with its place in Pareto's order. `name` is in the reader's languages or, `worded`, a msgid; `interval`
    is that of the share of defective ones among what was judged of it, where that is known (`judged`)."""

    key: str
    name: Bilingual
    worded: bool
    count: int
    share: float
    cumulative: float
    judged: int | None = None
    interval: Interval | None = None

    @property
    def msgid(self) -> str:
        """The name, still to be translated, where it is `worded`."""
        return self.name["en"]

    @property
    def rate(self) -> float | None:
        return self.count / self.judged if self.judged else None


@dataclass(frozen=True, slots=True)
class Weighed:
    """The causes of one kind. `defects` counts defective items; the first `few` causes make four fifths of what is
    counted."""

    by: By
    judged: int
    defects: int
    causes: tuple[Cause, ...]
    few: int


@dataclass(frozen=True, slots=True)
class Row:
    """A defect behind a bar."""

    verdict_id: int
    lot_id: int
    lot_number: int
    item_id: int
    item_name: str
    at: int
    annotator: str | None
    finding: Finding
    judged: str
    rulebook_id: int


@dataclass(frozen=True, slots=True)
class Place:
    """A point of a chart: `defective` of `judged` items in the sample of a lot."""

    lot_id: int
    lot_number: int
    judged: int
    defective: int


@dataclass(frozen=True, slots=True)
class Charted:
    """The chart of one person or one label, over lots in the order in which they were decided."""

    key: str
    name: Bilingual
    places: tuple[Place, ...]
    chart: Chart
    signals: tuple[Signal, ...]

    @property
    def judged(self) -> int:
        return sum(place.judged for place in self.places)

    @property
    def defective(self) -> int:
        return sum(place.defective for place in self.places)

    @property
    def by_place(self) -> Mapping[int, list[Signal]]:
        found: dict[int, list[Signal]] = {}
        for signal in self.signals:
            found.setdefault(signal.at, []).append(signal)
        return found

    @property
    def worse(self) -> Signal | None:
        """The newest signal that more is wrong than before, unless what followed says that it is over."""
        last = self.signals[-1] if self.signals else None
        return last if last is not None and last.worse and last.at >= len(self.places) - 3 else None


@dataclass(frozen=True, slots=True)
class BarDrawn:
    """A bar of the Pareto chart in the picture's units; `middle` is where its number stands, `line` the height of the
    cumulative line there. Without a `cause` it is all the others together."""

    cause: Cause | None
    number: int
    left: float
    top: float
    width: float
    height: float
    middle: float
    line: float


@dataclass(frozen=True, slots=True)
class PointDrawn:
    """A point of a control chart in the picture's units."""

    place: Place
    x: float
    y: float
    signals: tuple[Signal, ...]


@dataclass(frozen=True, slots=True)
class ChartDrawn:
    """A control chart in the picture's units: lines as "x,y x,y", `centre` a height, `top` the share at its upper
    edge."""

    points: tuple[PointDrawn, ...]
    line: str
    high: str
    low: str
    centre: float
    top: float
