"""A random sample that anybody can draw again.

Formula: every id gets the rank sha256(seed + NUL + id); the sample is the `n` ids of lowest rank.
Assumes: the seed is unknown to whoever made the lot; then each subset of `n` is equally likely, which is simple random
sampling without replacement. Whoever could choose the seed could choose the sample: it must be made by the machine,
before anybody saw the lot. With the seed on record and the ids known, the same sample comes out on any machine, in any
order of the ids; a sample of n + 1 contains that of n.
Source: random sampling by sorting on a random key, Fan, Muller & Rezucha 1962, Journal of the American Statistical
Association 57; SHA-256 is FIPS 180-4.
"""

import hashlib
from collections.abc import Iterable

from guiju.stats.errors import ImpossibleCount


def draw_sample(ids: Iterable[str], n: int, seed: str) -> tuple[str, ...]:
    """`n` of the distinct `ids`, in the order of their ranks. Raises `ImpossibleCount` if there are fewer.

    >>> draw_sample(["a", "b", "c", "d"], 2, "lot-1")
    ('c', 'b')
    >>> draw_sample(["a", "b", "c", "d"], 2, "lot-1") == draw_sample(["d", "c", "b", "a"], 2, "lot-1")
    True
    """
    distinct = sorted(set(ids))
    if not 0 <= n <= len(distinct):
        raise ImpossibleCount(count=n, total=len(distinct))
    return tuple(sorted(distinct, key=lambda one: (rank(seed, one), one))[:n])


def rank(seed: str, one: str) -> str:
    """The rank of an id under a seed: 64 hex digits, compared as text.

    >>> rank("lot-1", "a")[:12]
    '8acfe126adb3'
    """
    return hashlib.sha256(f"{seed}\0{one}".encode()).hexdigest()


def draw_places(total: int, n: int, seed: str) -> list[int]:
    """`n` of the places 1 … `total` in the order in which they are drawn: a shuffle that stops after `n` steps.

    Formula: lay out 1 … total; at step k = 0, 1, … swap what lies at k with what lies at k + sha256(seed + NUL + k) mod
    (total - k), the hash read as a number; what then lies at k is drawn. Every order is equally likely but for the
    remainder of 2^256, under 2^-190. It takes n hashes, whatever the total; more steps only add to the sample.
    Assumes: as above. Source: Durstenfeld 1964, doi:10.1145/364520.364540; FIPS 180-4. Raises `ImpossibleCount`.

    >>> draw_places(10, 3, "lot-1")
    [5, 10, 8]
    >>> draw_places(10, 5, "lot-1")[:3] == draw_places(10, 3, "lot-1")
    True
    """
    if not 0 <= n <= total:
        raise ImpossibleCount(count=n, total=total)
    moved: dict[int, int] = {}
    drawn = list[int]()
    for step in range(n):
        at = step + int.from_bytes(hashlib.sha256(f"{seed}\0{step}".encode()).digest(), "big") % (total - step)
        drawn.append(moved.get(at, at + 1))
        moved[at] = moved.get(step, step + 1)
    return drawn
