"""How a sample follows from random bytes and a lot's contents. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from typing import NamedTuple

import msgspec

from guiju.inspection.plans.model import LotPlan
from guiju.kit import sha256_hex
from guiju.stats.draw import draw_places


class Entry(NamedTuple):
    """An item of the lot, what was resolved for it, and its stratum, 0 where there are none."""

    item_id: int
    resolution_id: int
    stratum: int = 0


def commitment_of(secret: str) -> str:
    return sha256_hex(secret.encode())


def entry_of(line: str) -> Entry:
    """What a line `item,resolution,stratum` says."""
    return Entry(*map(int, line.split(",")))


def contents_of(entries: Iterable[Entry]) -> str:
    """SHA-256 of the lot as lines `item,resolution,stratum` in the order of the items: of the file that the lot's page
    and `guiju lot prove --entries` give out."""
    said = sha256()
    block = list[str]()
    for entry in entries:
        block.append(f"{entry.item_id},{entry.resolution_id},{entry.stratum}\n")
        if len(block) == 10_000:
            said.update("".join(block).encode())
            block.clear()
    said.update("".join(block).encode())
    return said.hexdigest()


def seed_of(secret: str, contents: str) -> str:
    """Nobody who knows the contents chose the bytes; nobody who knows the bytes can choose the contents afterwards."""
    return sha256_hex(f"{secret}\0{contents}".encode())


def draw_entries(entries: Sequence[Entry], wanted: Mapping[int, int], seed: str) -> list[int]:
    """The items drawn, in the order in which they are judged: `wanted` of each stratum.

    Entries stand in the order of their items. Without strata places are drawn under the seed; with them under the seed,
    a zero byte and the stratum, and then mixed under the seed, a zero byte and `order`.
    """
    strata: dict[int, list[int]] = defaultdict(list)
    for entry in entries:
        strata[entry.stratum].append(entry.item_id)
    if list(wanted) == [0]:
        items = strata[0]
        return [items[place - 1] for place in draw_places(len(items), wanted[0], seed)]
    drawn = [
        strata[key][place - 1]
        for key, n in sorted(wanted.items())
        for place in draw_places(len(strata[key]), n, f"{seed}\0{key}")
    ]
    return [drawn[place - 1] for place in draw_places(len(drawn), len(drawn), f"{seed}\0order")]


def draw_lines(lines: str, wanted: Mapping[int, int], seed: str) -> list[Entry]:
    """The same from the lot as lines: of a million only what is drawn is taken apart, where there are no strata."""
    rows = lines.split("\n")[:-1]
    if list(wanted) == [0]:
        return [entry_of(rows[place - 1]) for place in draw_places(len(rows), wanted[0], seed)]
    entries = [entry_of(row) for row in rows]
    known = {entry.item_id: entry for entry in entries}
    return [known[item] for item in draw_entries(entries, wanted, seed)]


def facts_of(plan: LotPlan, commitment: str, contents: str, seed: str, sample: Sequence[int]) -> dict[str, object]:
    """What the journal's row of the draw digests."""
    drawn = sha256_hex(",".join(map(str, sample)).encode())
    return {
        "plan": msgspec.to_builtins(plan),
        "commitment": commitment,
        "contents": contents,
        "seed": seed,
        "sample": drawn,
    }


def swapped(sample: Sequence[int], again: Sequence[int]) -> tuple[int, ...]:
    """The items that are in one alone; where both hold the same in another order, those out of place."""
    other = set(sample) ^ set(again)
    return tuple(sorted(other)) or tuple(one for one, two in zip(sample, again, strict=False) if one != two)
