"""Vectors gathered in a folder: found again exactly, indexed, taken out for good, and never read half-written."""

from pathlib import Path

import numpy as np
import pytest

from guiju.vectors.gathered import Gathered
from guiju.vectors.model import Floats, Ints, unit
from guiju.vectors.neighbours import nearest
from guiju.vectors.searching import Searcher

pytest.importorskip("faiss", reason="the extra `vectors` is not installed")
WIDTH = 16


def rows(count: int, seed: int = 1) -> Floats:
    """Forty clusters and what lies about them."""
    rng = np.random.default_rng(seed)
    centres = np.random.default_rng(0).standard_normal((40, WIDTH)).astype(np.float32)
    spread = rng.standard_normal((count, WIDTH)).astype(np.float32) * np.float32(0.3)
    return unit(np.asarray(centres[rng.integers(0, 40, count)] + spread, np.float32))


def names(count: int, first: int = 1) -> Ints:
    numbers = np.arange(first, first + count, dtype=np.int64)
    return np.stack([numbers, numbers * 7], axis=1)


def filled(folder: Path, count: int = 4_000) -> Gathered:
    gathered = Gathered(folder, np.zeros(WIDTH, np.float32))
    gathered.add(names(count), rows(count))
    return gathered


def test_an_index_finds_what_a_scan_finds(tmp_path: Path) -> None:
    gathered = filled(tmp_path / "a")
    points = rows(40, seed=9)
    exact = nearest(points, gathered.read(slice(0, 4_000)), 10)[0] + 1
    told = gathered.write_index(at_least=1_000)
    searcher = Searcher(gathered)
    assert told is not None
    assert not searcher.is_exact
    found = [set(searcher.nearest(point, 10)[0].tolist()) for point in points]
    hits = [len(a & set(b.tolist())) for a, b in zip(found, exact, strict=True)]
    assert sum(hits) >= 0.95 * 400


def test_what_came_after_the_index_is_found_too(tmp_path: Path) -> None:
    gathered = filled(tmp_path / "a")
    gathered.write_index(at_least=1_000)
    searcher = Searcher(gathered)
    late = unit(np.full((1, WIDTH), 1.0, np.float32))
    gathered.add(names(1, first=9_001), late)
    searcher.refresh()
    assert searcher.nearest(late[0], 1)[0].tolist() == [9_001]


def test_what_is_taken_out_is_in_no_file_and_in_no_answer(tmp_path: Path) -> None:
    gathered = filled(tmp_path / "a")
    gathered.write_index(at_least=1_000)
    point = gathered.read(np.array([41]))[0]
    gone = int(Searcher(gathered).nearest(point, 1)[0][0])
    left = gathered.copy_to(tmp_path / "b", set(range(1, 4_001)) - {gone}, at_least=1_000)
    searcher = Searcher(left)
    assert not searcher.is_exact
    assert gone not in searcher.nearest(point, 4_000)[0].tolist()
    assert len(left) == 3_999
    assert gone not in left.names()[:, 0].tolist()
    assert gathered.raw(np.array([41])).astype(np.float16).tobytes() not in (tmp_path / "b" / "rows.f16").read_bytes()


def test_a_damaged_or_half_written_index_is_not_read(tmp_path: Path) -> None:
    gathered = filled(tmp_path / "a")
    gathered.write_index(at_least=1_000)
    path = tmp_path / "a" / "index.faiss"
    whole = path.read_bytes()
    for broken in (whole[: len(whole) // 2], whole[:-1] + bytes([whole[-1] ^ 1]), b""):
        path.write_bytes(broken)
        assert gathered.read_index() is None
        assert Searcher(gathered).is_exact
    path.unlink()
    assert gathered.read_index() is None
    assert gathered.write_index(at_least=1_000) is not None
    assert path.read_bytes()[:4] == whole[:4]


def test_what_a_kill_left_behind_the_last_whole_pair_is_cut_off(tmp_path: Path) -> None:
    gathered = filled(tmp_path / "a", 10)
    with (tmp_path / "a" / "rows.f16").open("ab") as file:
        file.write(b"half a row")
    assert len(gathered) == 10
    late = rows(1, seed=3)
    gathered.add(names(1, first=11), late)
    assert len(gathered) == 11
    np.testing.assert_allclose(gathered.read(np.array([10])), late, atol=2e-3)


def test_among_chosen_ones_the_nearest_are_exact(tmp_path: Path) -> None:
    gathered = filled(tmp_path / "a")
    point, some = rows(1, seed=9)[0], list(range(100, 400))
    close = gathered.read(slice(99, 399)) @ point
    found, _ = Searcher(gathered).nearest_among(point, some, 5)
    assert found.tolist() == [some[at] for at in np.argsort(-close)[:5]]
    assert Searcher(gathered).nearest_among(point, [99_999], 5)[0].tolist() == []
