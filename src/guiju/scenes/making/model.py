"""What the arithmetic of a map is given, and what it answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from guiju.vectors.model import Floats, Ints, State

NOWHERE = -1


@dataclass(frozen=True, slots=True)
class Told:
    """What people said, in rows of the matrix.

    `given` are the centres of kept scenes, `fixed` says of each row its kept scene (a place in `given`) or `NOWHERE`.
    """

    given: Floats
    fixed: Ints
    together: Sequence[Sequence[int]] = ()
    apart: Sequence[tuple[int, int]] = ()


@dataclass(frozen=True, slots=True)
class Layout:
    """`of` is each row's group: first the given ones, then new ones; `NOWHERE` fits in none.

    `parents` says of each new group the larger group it belongs to, where there are so many that they need it.
    """

    of: Ints
    far: Floats
    sure: Ints
    cell: Ints
    x: Ints
    y: Ints
    groups: int
    limit: float
    plane: State
    parents: Mapping[int, int] = field(default_factory=dict[int, int])
