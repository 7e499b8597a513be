"""Stories: how a vague request becomes rules that people agree on, told the same way for every kind of work.

A `Story` is a plain description; `tell_story` takes it through the product, whoever acts: the demo by the product's
actions (`samples.demo`), the journeys of the tests over HTTP and in a browser. What people answer comes from a model of
how rules are read (`reading`), or from real people's answers; what the report finds in it nobody has told it.
"""

from guiju.samples.stories.amending import amended, without
from guiju.samples.stories.model import Ending, Named, Office, Remedy, School, Schooling, Story
from guiju.samples.stories.reading import Borders, Doubt, Learner, borders_of, clause_between, label_in_doubt
from guiju.samples.stories.telling import confusions_of, request_as_brief, teach, tell_story, what_to_amend

__all__ = [
    "Borders",
    "Doubt",
    "Ending",
    "Learner",
    "Named",
    "Office",
    "Remedy",
    "School",
    "Schooling",
    "Story",
    "amended",
    "borders_of",
    "clause_between",
    "confusions_of",
    "label_in_doubt",
    "request_as_brief",
    "teach",
    "tell_story",
    "what_to_amend",
    "without",
]
