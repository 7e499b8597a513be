"""What is asked of an outliner, and what it finds."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Literal, TypeAlias

from guiju.kinds.points import Points

if TYPE_CHECKING:
    from typing import Any

    from numpy.typing import NDArray

Form: TypeAlias = Literal["polygon", "mask"]
Pixels: TypeAlias = "NDArray[Any]"


@dataclass(frozen=True, slots=True)
class Box:
    """Left, top, width and height, in pixels of whatever picture is meant."""

    x: float
    y: float
    w: float
    h: float


@dataclass(frozen=True, slots=True)
class Wanted:
    """A rough box on an item, what is to come of it, and by whom (the house's own choice where none is named)."""

    box: Box
    form: Form = "polygon"
    outliner: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """An outline in pixels of the item; or the run lengths of a mask of `size` (height, width)."""

    outliner: str
    points: Points | None = None
    size: tuple[int, int] | None = None
    counts: str | None = None


@dataclass(frozen=True, slots=True)
class View:
    """The part of a picture that is looked at, in whole pixels, and how large it is shown (`wide` × `high`)."""

    left: int
    top: int
    right: int
    bottom: int
    wide: int
    high: int

    @property
    def across(self) -> float:
        """Item pixels in a shown one, from left to right."""
        return (self.right - self.left) / self.wide

    @property
    def down(self) -> float:
        return (self.bottom - self.top) / self.high


@dataclass(frozen=True, slots=True)
class Deadline:
    """A moment of the machine's own clock after which nobody waits any more."""

    at: float

    @classmethod
    def after(cls, seconds: float) -> "Deadline":
        return cls(monotonic() + seconds)

    @property
    def left(self) -> float:
        """Seconds."""
        return self.at - monotonic()


Segment: TypeAlias = Callable[[Pixels, Box, Deadline, Path], Pixels]
"""The shown picture (height × width × 3, bytes), the box on it, the deadline and the outliner's own folder; returns
what belongs to the object as truths of the same height and width."""


@dataclass(frozen=True, slots=True)
class Outliner:
    """`most_pixels` is what it is shown at most, `seconds` what it may take. `is_ready` says whether its folder has
    what it needs; one that needs no files always is.
    """

    name: str
    most_pixels: int
    seconds: float
    segment: Segment
    is_ready: Callable[[Path], bool]
