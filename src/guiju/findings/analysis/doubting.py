"""Labels that deserve a second look: each item's label beside what the others like it are called."""

from typing import Any

from guiju.data import Media
from guiju.data.words import said_in
from guiju.findings.analysis import store
from guiju.findings.analysis.model import Doubt, Doubts
from guiju.storage import BlobMissing, House, JobRun

MOST_ITEMS = 200_000
MOST_LISTED = 200
# A label with fewer items than this is not guessed at: nobody could learn it from so few.
FEWEST = 5
TEXT_CHARACTERS = 4_000


def find_doubts(run: JobRun, project_id: int, field: str) -> Doubts | None:
    """The labels of a field's written items that confident learning doubts, the least likely first.

    Only items with one single label; `None` where there are not two labels of `FEWEST` items each.
    """
    with run.house.reading() as connection:
        given = store.single_labels(connection, project_id, field, MOST_ITEMS)
    texts = _texts(run.house, dict(given))
    rows = _learnable([(item, label) for item, label in given if item in texts])
    names = sorted({label for _, label in rows})
    if len(names) < 2:
        return None
    return _compare(run, field, rows, names, [texts[item] for item, _ in rows])


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


def _compare(run: JobRun, field: str, rows: list[tuple[int, str]], names: list[str], texts: list[str]) -> Doubts:
    import numpy as np  # noqa: PLC0415 - only a job computes

    from guiju.findings.analysis.guessing import guess_texts  # noqa: PLC0415 - NumPy and scikit-learn
    from guiju.stats.label_errors.report import find_label_errors  # noqa: PLC0415 - the same

    place = {name: number for number, name in enumerate(names)}
    labels = np.array([place[label] for _, label in rows], np.int64)
    probabilities = guess_texts(texts, labels, len(names))
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
