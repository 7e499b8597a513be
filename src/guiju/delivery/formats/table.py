"""CSV: one item a row, one column a field; soft labels take a column a label. docs/formats/csv.md describes it."""

import csv
from collections.abc import Iterator, Mapping
from io import StringIO

from guiju.delivery.formats.model import Format, Source
from guiju.delivery.model import Row
from guiju.kinds import Answer, Choice, Rating, Soft, Written, decode_answers
from guiju.kit import N_

OWN = ("name", "media", "sha256", "status", "rulebook", "text")
SEVERAL = "|"
ROWS_AT_ONCE = 1_000


def write(source: Source) -> Iterator[bytes]:
    """Twice over the rows: once for the columns that any of them needs, once for their cells."""
    columns = sorted({name for row in source.rows() for name in cells_of(decode_answers(row.answers))})
    out = StringIO()
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow([*OWN, *(f"answer.{column}" for column in columns)])
    for number, row in enumerate(source.rows(), start=1):
        cells = cells_of(decode_answers(row.answers))
        rows.writerow([*_own(row), *(cells.get(column, "") for column in columns)])
        if number % ROWS_AT_ONCE == 0:
            yield _taken(out)
    yield _taken(out)


def _taken(out: StringIO) -> bytes:
    written = out.getvalue()
    out.seek(0)
    out.truncate()
    return written.encode()


def _own(row: Row) -> tuple[str, ...]:
    status = "accepted" if row.accepted else "resolved"
    return (row.name, row.media, row.hash, status, row.rulebook, row.text or "")


def cells_of(answers: Mapping[str, Answer]) -> dict[str, str]:
    """What stands in which column of an item; an answer of another kind has no cell."""
    return {name: cell for field, answer in answers.items() for name, cell in _cells(field, answer)}


def _cells(field: str, answer: Answer) -> Iterator[tuple[str, str]]:
    match answer:
        case Choice(labels=labels):
            yield field, SEVERAL.join(labels)
        case Rating(value=value):
            yield field, "" if value is None else f"{value:g}"
        case Written(text=text):
            yield field, text
        case Soft(weights=weights):
            yield from ((f"{field}.{label}", f"{share:.6g}") for label, share in weights.items())
        case _:
            return


CSV = Format(
    "csv",
    N_("CSV, one item a row: choices, ratings, texts and shares"),
    "annotations.csv",
    frozenset({"choice", "rating", "text", "soft"}),
    write,
)
