"""Labels that deserve a second look: each item's label beside what the others like it are called."""

from collections.abc import Callable
from functools import partial
from typing import Any

from guiju.data import Media
from guiju.data.words import said_in
from guiju.findings.analysis import store
from guiju.findings.analysis.model import Doubt, Doubts
from guiju.scenes import View
from guiju.storage import BlobMissing, House, JobRun

MOST_ITEMS = 200_000
MOST_LISTED = 200
# A label with fewer items than this is not guessed at: nobody could learn it from so few.
FEWEST = 5
TEXT_CHARACTERS = 4_000


def find_doubts(run: JobRun, project_id: int, field: str) -> Doubts | None:
    """The labels of a field that confident learning doubts, the least likely first.

    Written items are compared by their words; pictures and sounds, where most items are such, by the vectors of their
    map of scenes. Only items with one single label; `None` where there are not two labels of `FEWEST` items each, or
    no map to compare by.
    """
    with run.house.reading() as connection:
        given = store.single_labels(connection, project_id, field, MOST_ITEMS)
    texts = _texts(run.house, dict(given))
    rows = _learnable([(item, label) for item, label in given if item in texts])
    if len(texts) * 2 >= len(given):
        names = sorted({label for _, label in rows})
        guess = partial(_by_words, [texts[item] for item, _ in rows])
        return _compare(run, field, rows, guess) if len(names) > 1 else None
    return _by_map(run, project_id, field, dict(given))


def _by_map(run: JobRun, project_id: int, field: str, given: dict[int, str]) -> Doubts | None:
    """Pictures or sounds, whichever more of the labelled items are."""
    from guiju.scenes.making.alike import standing_of  # noqa: PLC0415 - NumPy, which only the job needs

    best: tuple[list[tuple[int, str]], Any] | None = None
    for view in (View.IMAGE, View.AUDIO):
        standing = standing_of(run.house, project_id, view, MOST_ITEMS)
        place = {item: at for at, item in enumerate(standing.items)} if standing else {}
        rows = _learnable([(item, label) for item, label in given.items() if item in place])
        if standing and len({label for _, label in rows}) > 1 and (best is None or len(rows) > len(best[0])):
            best = (rows, standing.rows[[place[item] for item, _ in rows]])
    return _compare(run, field, best[0], partial(_by_vectors, best[1])) if best else None


def _learnable(given: list[tuple[int, str]]) -> list[tuple[int, str]]:
    sizes: dict[str, int] = {}
    for _, label in given:
        sizes[label] = sizes.get(label, 0) + 1
    return [(item, label) for item, label in given if sizes[label] >= FEWEST]


def _texts(house: House, wanted: dict[int, str]) -> dict[int, str]:
    found: dict[int, str] = {}
    for row in store.read_contents(house, list(wanted)):
        if Media(row.media).is_written:
            found[row.id] = _text_of(house, row)[:TEXT_CHARACTERS]
    return found


def _text_of(house: House, row: Any) -> str:
    try:
        body = row.body if row.body is not None else house.blobs.read(row.hash).decode(errors="ignore")
    except BlobMissing:
        return ""
    return said_in(Media(row.media), body)


def _by_words(texts: list[str], labels: Any, classes: int) -> Any:
    from guiju.findings.analysis.guessing import guess_texts  # noqa: PLC0415 - NumPy and scikit-learn

    return guess_texts(texts, labels, classes)


def _by_vectors(rows: Any, labels: Any, classes: int) -> Any:
    from guiju.findings.analysis.guessing import guess_vectors  # noqa: PLC0415 - NumPy and scikit-learn

    return guess_vectors(rows, labels, classes)


def _compare(run: JobRun, field: str, rows: list[tuple[int, str]], guess: Callable[[Any, int], Any]) -> Doubts:
    import numpy as np  # noqa: PLC0415 - only a job computes

    from guiju.stats.label_errors.report import find_label_errors  # noqa: PLC0415 - the same

    names = sorted({label for _, label in rows})
    place = {name: number for number, name in enumerate(names)}
    labels = np.array([place[label] for _, label in rows], np.int64)
    probabilities = guess(labels, len(names))
    right = float((probabilities.argmax(axis=1) == labels).mean())
    errors = find_label_errors(labels, probabilities, names=names)
    chosen: list[int] = errors.rows[:MOST_LISTED].tolist()
    with run.house.reading() as connection:
        called = store.names_of(connection, [rows[row][0] for row in chosen])
    listed = [
        Doubt(
            rows[row][0],
            called.get(rows[row][0], ""),
            rows[row][1],
            names[int(errors.favourite[at])],
            float(errors.own[at]),
            float(errors.best[at]),
        )
        for at, row in enumerate(chosen)
    ]
    return Doubts(field, len(rows), len(errors), right, listed)
