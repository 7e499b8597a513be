"""The registry of consensus methods: one line a method, imported when it is asked for.

A method is a module with a `METHOD`, simplest first in the registry: when two do equally well, the earlier is advised.

Formula, assumptions and source are those of each method's module. Assumes: the module has a `METHOD`. Source: the names
are those of `guiju consensus --method`.
"""

import importlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from guiju.stats.columns import Columns, Floats
from guiju.stats.consensus.errors import UnknownMethod
from guiju.stats.consensus.result import CategoricalConsensus

Fit: TypeAlias = Callable[[Columns, int], CategoricalConsensus]
HeldOut: TypeAlias = Callable[[Columns, Columns, int], Floats]


@dataclass(frozen=True, slots=True)
class Method:
    """What a method must offer to be run by name and to be compared with others.

    `fit(columns, seed)` gives the consensus. `held_out(training, hidden, seed)` gives the log-probability (natural
    log, always finite) of each row of `hidden` by the model fitted on `training` alone; both share their names of
    items, annotators and labels, so codes mean the same, and an item may have no answer left in `training`.
    """

    name: str
    fit: Fit
    held_out: HeldOut | None = None


METHODS: dict[str, str] = {
    "majority": "guiju.stats.consensus.majority",
    "weighted": "guiju.stats.consensus.weighted",
    "one-coin": "guiju.stats.consensus.one_coin",
    "dawid-skene": "guiju.stats.consensus.dawid_skene",
    "mace": "guiju.stats.consensus.mace",
    "glad": "guiju.stats.consensus.glad",
    "irt": "guiju.stats.consensus.irt",
}


def get_method(name: str) -> Method:
    """The method of that name. Raises `UnknownMethod`.

    >>> from guiju.stats.columns import encode
    >>> get_method("majority").fit(encode([1, 1, 1], ["a", "b", "c"], ["x", "y", "x"]), 0).confidence.round(2).tolist()
    [0.67]
    """
    if name not in METHODS:
        raise UnknownMethod(method=name, known=", ".join(METHODS))
    found = importlib.import_module(METHODS[name]).METHOD
    assert isinstance(found, Method), f"{METHODS[name]} has no METHOD"
    return found
