"""Rounds, annotations and their revisions, resolutions, and the import of others' work.

An item, under a rulebook version, is annotated by an annotator in a round; what holds for the item is its resolution.
Others write through `insert_annotation`, `resolve` and `open_round`; nobody else writes these tables.
"""

from guiju.annotations.errors import AnswersRefused, RoundClosed, RoundNotFound, StaleRevision
from guiju.annotations.model import (
    ROUND_NAMES,
    STATE_NAMES,
    Annotation,
    Annotator,
    AnnotatorKind,
    Origin,
    Resolution,
    Round,
    RoundKind,
    RoundState,
)
from guiju.annotations.restating import newest_wording, says_the_same
from guiju.annotations.store import (
    annotator_of_account,
    current_annotations,
    find_annotator,
    find_resolutions,
    find_round,
    find_round_as,
    get_round,
    insert_annotation,
    insert_resolutions,
    insert_round,
    list_annotators,
    list_rounds,
    named_annotator,
    resolve,
    resolve_many,
    retire,
    set_round_asks,
    set_round_certified,
    set_round_overlap,
    set_round_state,
)
from guiju.annotations.tables import annotation as annotation_table
from guiju.annotations.tables import annotator as annotator_table
from guiju.annotations.tables import resolution as resolution_table
from guiju.annotations.tables import round_ as round_table

__all__ = [
    "ROUND_NAMES",
    "STATE_NAMES",
    "Annotation",
    "Annotator",
    "AnnotatorKind",
    "AnswersRefused",
    "Origin",
    "Resolution",
    "Round",
    "RoundClosed",
    "RoundKind",
    "RoundNotFound",
    "RoundState",
    "StaleRevision",
    "annotation_table",
    "annotator_of_account",
    "annotator_table",
    "current_annotations",
    "find_annotator",
    "find_resolutions",
    "find_round",
    "find_round_as",
    "get_round",
    "insert_annotation",
    "insert_resolutions",
    "insert_round",
    "list_annotators",
    "list_rounds",
    "named_annotator",
    "newest_wording",
    "resolution_table",
    "resolve",
    "resolve_many",
    "retire",
    "round_table",
    "says_the_same",
    "set_round_asks",
    "set_round_certified",
    "set_round_overlap",
    "set_round_state",
]
