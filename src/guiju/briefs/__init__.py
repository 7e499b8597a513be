"""The 5W2H brief: seven facets, figures, open questions; its gaps, its versions, the requester's signature.

What later stages read is `get_signed_figures(connection, project_id)`: the agreement gate, the AQL and level, the
volume and date of the newest signed version. `Node` and `read_yaml` read any document that people write in YAML.
"""

from guiju.briefs.actions import (
    get_brief,
    get_current_brief,
    get_signed_figures,
    list_brief_versions,
    mark_of,
    save_brief,
    sign_brief,
)
from guiju.briefs.document import parse_brief, render_brief
from guiju.briefs.errors import (
    BriefAlreadySigned,
    BriefHasGaps,
    BriefIsStale,
    BriefNotFound,
    DocumentTooLarge,
    EntryMissing,
    NotAList,
    NotAMapping,
    NotAText,
    NotATruth,
    NotNumeric,
    NotOneOf,
    UnknownEntry,
    YamlBroken,
)
from guiju.briefs.model import (
    FACET_NAMES,
    FACET_QUESTIONS,
    Brief,
    BriefVersion,
    Facet,
    Figures,
    Gap,
    Gate,
    OpenQuestion,
    Severity,
)
from guiju.briefs.plain import Node, items_of, read_yaml, text_of, two_of, write_yaml
from guiju.briefs.rules import blocking, describe_gap, find_gaps
from guiju.briefs.store import find_current as find_current_brief

__all__ = [
    "FACET_NAMES",
    "FACET_QUESTIONS",
    "Brief",
    "BriefAlreadySigned",
    "BriefHasGaps",
    "BriefIsStale",
    "BriefNotFound",
    "BriefVersion",
    "DocumentTooLarge",
    "EntryMissing",
    "Facet",
    "Figures",
    "Gap",
    "Gate",
    "Node",
    "NotAList",
    "NotAMapping",
    "NotAText",
    "NotATruth",
    "NotNumeric",
    "NotOneOf",
    "OpenQuestion",
    "Severity",
    "UnknownEntry",
    "YamlBroken",
    "blocking",
    "describe_gap",
    "find_current_brief",
    "find_gaps",
    "get_brief",
    "get_current_brief",
    "get_signed_figures",
    "items_of",
    "list_brief_versions",
    "mark_of",
    "parse_brief",
    "read_yaml",
    "render_brief",
    "save_brief",
    "sign_brief",
    "text_of",
    "two_of",
    "write_yaml",
]
