"""The rulebook: one plain document of fields, labels, clauses, examples and checks; drafts, versions, differences.

Two who save the same draft are merged passage by passage (`merging`). A published version never changes. What other
rooms work by is a `CompiledRulebook` from `latest_published(connection, project_id)` or `get_published(connection,
rulebook_id)`: `fields` for the kinds, `labels` by id, `check_answers`, `answers_of(example)`, and `for_workbench()`.
Journal: `rulebook.drafted`, `rulebook.published` (subject: its id).
"""

from guiju.rulebooks.actions import (
    Draft,
    get_document,
    get_draft,
    get_published,
    get_rulebook,
    guard_publishing,
    latest_published,
    list_versions,
    merge_draft,
    publish_rulebook,
    read_rulebook,
    save_draft,
)
from guiju.rulebooks.amending import free_id, with_example
from guiju.rulebooks.clauses import html_of
from guiju.rulebooks.compiled import CompiledCheck, CompiledRulebook, compile_document, problems_of, shape_of
from guiju.rulebooks.diff import Difference, Proposal, Weight, differences, propose_version
from guiju.rulebooks.document import parse_rulebook, render_rulebook
from guiju.rulebooks.errors import (
    BadExample,
    DraftNotReadable,
    NoRulebook,
    NothingToPublish,
    RulebookConflict,
    RulebookHasProblems,
    RulebookIsStale,
    RulebookNotFound,
)
from guiju.rulebooks.model import (
    POLARITY_NAMES,
    Check,
    Clause,
    Example,
    Field,
    Label,
    Polarity,
    Problem,
    Rulebook,
    RulebookVersion,
    Severity,
)
from guiju.rulebooks.rules import describe_problem, errors_of, find_problems
from guiju.rulebooks.starter import starter_document
from guiju.rulebooks.tree import sound_of
from guiju.rulebooks.writing import Edit, append_to, entries_of, insert_entry

__all__ = [
    "POLARITY_NAMES",
    "BadExample",
    "Check",
    "Clause",
    "CompiledCheck",
    "CompiledRulebook",
    "Difference",
    "Draft",
    "DraftNotReadable",
    "Edit",
    "Example",
    "Field",
    "Label",
    "NoRulebook",
    "NothingToPublish",
    "Polarity",
    "Problem",
    "Proposal",
    "Rulebook",
    "RulebookConflict",
    "RulebookHasProblems",
    "RulebookIsStale",
    "RulebookNotFound",
    "RulebookVersion",
    "Severity",
    "Weight",
    "append_to",
    "compile_document",
    "describe_problem",
    "differences",
    "entries_of",
    "errors_of",
    "find_problems",
    "free_id",
    "get_document",
    "get_draft",
    "get_published",
    "get_rulebook",
    "guard_publishing",
    "html_of",
    "insert_entry",
    "latest_published",
    "list_versions",
    "merge_draft",
    "parse_rulebook",
    "problems_of",
    "propose_version",
    "publish_rulebook",
    "read_rulebook",
    "render_rulebook",
    "save_draft",
    "shape_of",
    "sound_of",
    "starter_document",
    "with_example",
]
