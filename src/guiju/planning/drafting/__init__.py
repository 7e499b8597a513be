"""A draft of the brief by a language model outside the house, from a customer's mail or the notes of a meeting.

Off unless `embedders/endpoint.toml` names a `chat` model. What would be sent is shown first, with the personal data in
it; a person's click sends it. The answer is checked, each sentence is shown with the passage that it rests on, and goes
into the brief only facet by facet, by a person's hand.
"""

from guiju.planning.drafting.actions import DRAFT_BRIEF, run_draft

JOBS = {DRAFT_BRIEF: run_draft}

__all__ = ["DRAFT_BRIEF", "JOBS"]
