"""The distributed engine: the same kernels, each shard a task on whichever machine of the cluster is free.

A cluster is found by `RAY_ADDRESS`; without one, two or more workers are started on this machine for as long as the
figures take. The folder of shards must be one that every machine of the cluster can read.
"""

import os
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar, cast

from guiju.bulk.errors import EngineMissing
from guiju.bulk.shards import Stored
from guiju.stats.consensus.passes import Shard

P = TypeVar("P")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class OnCluster:
    """Shards as tasks of a cluster; results come back in the order of the shards."""

    stored: Stored
    ray: Any

    @property
    def annotators(self) -> int:
        return self.stored.annotators

    @property
    def classes(self) -> int:
        return self.stored.classes

    def map(self, kernel: Callable[[Shard, P], R], parameters: P) -> Iterator[R]:
        task = self.ray.remote(_passed)
        held, work = self.ray.put(parameters), self.ray.put((self.stored, kernel))
        asked = [task.remote(work, held, place) for place in range(self.stored.count)]
        return (cast(R, self.ray.get(each)) for each in asked)


def _passed(work: tuple[Stored, Callable[[Shard, P], R]], parameters: P, place: int) -> R:
    stored, kernel = work
    return kernel(stored.load(place), parameters)


@contextmanager
def cluster(stored: Stored, workers: int | None = None) -> Generator[OnCluster]:
    """The shards on a cluster, which is let go afterwards. Raises `EngineMissing`."""
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    try:
        import ray  # noqa: PLC0415 - the extra `scale`, and seconds to import
    except ImportError as error:
        raise EngineMissing(engine="ray") from error
    engine = cast(Any, ray)
    options: dict[str, Any] = {"log_to_driver": False, "logging_level": "error"}
    if not os.environ.get("RAY_ADDRESS"):
        options |= {"address": "local", "num_cpus": workers or max(2, os.cpu_count() or 2)}
        options |= {"include_dashboard": False, "_node_ip_address": "127.0.0.1"}
    engine.init(**options)
    try:
        yield OnCluster(stored, engine)
    finally:
        engine.shutdown()
