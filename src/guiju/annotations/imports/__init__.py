"""The import of others' work: a file of answers, with who gave them and when, becomes a round of its own.

The round is a draft that nobody sees until all is in. Records that cannot be taken are listed with their reason.
"""

from guiju.annotations.imports.actions import (
    IMPORT,
    ImportReport,
    Started,
    find_import,
    may_import,
    read_refused,
    start_import,
    tidy_project,
)
from guiju.annotations.imports.model import Columns, Format, ImportOptions
from guiju.annotations.imports.taking import KeepGold, run_import

__all__ = [
    "IMPORT",
    "Columns",
    "Format",
    "ImportOptions",
    "ImportReport",
    "KeepGold",
    "Started",
    "find_import",
    "may_import",
    "read_refused",
    "run_import",
    "start_import",
    "tidy_project",
]
