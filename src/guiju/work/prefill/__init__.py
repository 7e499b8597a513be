"""Suggestions: an annotation by another annotator, handed out with a task of a later round.

A round's policy names where they come from; a round without one is blind. Which annotation is suggested with which task
is settled when the round is filled, so that what was seen can be told afterwards. What became of it is compared on the
server from both answers.
"""

from guiju.work.prefill.actions import list_sources, policy_of, read_policy, settle_policy, source_name
from guiju.work.prefill.errors import NothingToSuggest, SuggestionsAmbiguous, SuggestionsUnknown, TrialIsBlind
from guiju.work.prefill.model import BLIND, RECORD, Comparison, Count, Outcome, Policy, Source, Suggestion
from guiju.work.prefill.rules import compare
from guiju.work.prefill.store import find_suggestion, keep_outcome, suggest
from guiju.work.prefill.tables import suggested as suggested_table

__all__ = [
    "BLIND",
    "RECORD",
    "Comparison",
    "Count",
    "NothingToSuggest",
    "Outcome",
    "Policy",
    "Source",
    "Suggestion",
    "SuggestionsAmbiguous",
    "SuggestionsUnknown",
    "TrialIsBlind",
    "compare",
    "find_suggestion",
    "keep_outcome",
    "list_sources",
    "policy_of",
    "read_policy",
    "settle_policy",
    "source_name",
    "suggest",
    "suggested_table",
]
