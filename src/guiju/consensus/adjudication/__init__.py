"""Adjudication: several annotators' answers to one item side by side, and the ruling that says which holds.

Its items are those on which the answers of a round differ and for which nothing holds: what consensus left open. Any
other item that several answered can be opened too. The ruling is rulings' own: a resolution of origin `ruling`, and a
reference.
"""

from guiju.consensus.adjudication.actions import count_cases, get_case, list_cases, rule_on_case
from guiju.consensus.adjudication.errors import AnswersToCome, CaseChanged, CaseNotFound, RulingEmpty
from guiju.consensus.adjudication.model import Agreement, Case, RulingSaid, Voice

__all__ = [
    "Agreement",
    "AnswersToCome",
    "Case",
    "CaseChanged",
    "CaseNotFound",
    "RulingEmpty",
    "RulingSaid",
    "Voice",
    "count_cases",
    "get_case",
    "list_cases",
    "rule_on_case",
]
