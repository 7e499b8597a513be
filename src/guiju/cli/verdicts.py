"""A file of verdicts, line by line."""

import csv
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from guiju.inspection import BadVerdictFile, DefectType, Finding, Outcome, Weight
from guiju.kit import N_

Known = TypeVar("Known", bound=StrEnum)
NO_ITEM = N_("“{value}” is not an item's number")
NOT_ONE_OF = N_("“{value}” is not one of {known}")


def read_findings(file: Path) -> Iterator[tuple[int, Finding]]:
    """`(item, finding)` of each line. Raises `BadVerdictFile` with the line."""
    with file.open(encoding="utf-8-sig", newline="") as lines:
        for line, row in enumerate(csv.DictReader(lines), 2):
            yield _finding({key: (value or "").strip() for key, value in row.items() if isinstance(key, str)}, line)


def _finding(row: dict[str, str], line: int) -> tuple[int, Finding]:
    item = row.get("item", "")
    if not item.isdecimal():
        raise BadVerdictFile(line=line, reason=NO_ITEM.format(value=item))
    outcome = _one_of(Outcome, row.get("outcome", ""), line)
    kind, severity = row.get("type"), row.get("severity")
    return int(item), Finding(
        outcome,
        _one_of(DefectType, kind, line) if kind else None,
        _one_of(Weight, severity, line) if severity else None,
        row.get("clause") or None,
        row.get("note") or None,
    )


def _one_of(known: type[Known], value: str, line: int) -> Known:
    try:
        return known(value)
    except ValueError as error:
        reason = NOT_ONE_OF.format(value=value, known=", ".join(str(one.value) for one in known))
        raise BadVerdictFile(line=line, reason=reason) from error
