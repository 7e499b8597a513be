"""What every backend is, and how vectors are written down."""

from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.float32]
Ints: TypeAlias = NDArray[np.int64]
State: TypeAlias = Mapping[str, NDArray[Any]]
"""What a backend learnt: arrays by name, as an .npz holds them."""


def one_for_all(home: Path) -> str:
    del home
    return ""


@dataclass(frozen=True, slots=True)
class Backend:
    """One way to turn contents into vectors.

    `media` is what it takes: `text` (a string each) or `image`, `audio` (a path each). `fit` learns from a sample; a
    backend that has nothing to learn answers an empty state. `embed` gives one row a content, of any length: who
    compares them scales them. What cannot be read gets zeros. A changed `version`, or another `variant` (which model
    there is in this home), makes all kept vectors void. `leaves` says that contents are sent out of the house.
    """

    name: str
    version: int
    media: frozenset[str]
    learns: bool
    fit: Callable[[Sequence[Any], Path], State]
    embed: Callable[[Sequence[Any], State, Path], Floats]
    is_ready: Callable[[Path], bool]
    batch: int = 10_000
    variant: Callable[[Path], str] = one_for_all
    leaves: bool = False


def learns_nothing(sample: Sequence[Any], home: Path) -> State:
    del sample, home
    return {}


def always(home: Path) -> bool:
    del home
    return True


def unit(rows: Floats) -> Floats:
    """Each row at length 1; a row of zeros stays."""
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return (rows / np.where(lengths > 1e-6, lengths, 1)).astype(np.float32, copy=False)


@contextmanager
def one_core() -> Generator[None]:
    """Let a long computation leave the other cores to the people whom the same process serves.

    With other work on the machine the libraries' threads wait for each other: one alone is then ten times faster.
    """
    with import_module("threadpoolctl").threadpool_limits(1):  # scikit-learn brings it
        yield
