"""Questions asked from an item, the rulings on them, and references: the right answers that are known.

`asking` finds questions that are alike, `waiting` gives them owners and merges them, `seeing` keeps who has seen which
ruling.

The workbench shows `latest_rulings`, an annotator's own page `answers_for`. `gold_answers` gives what is known to be
right about items; others' files bring it through `insert_gold`. `SUBSCRIBERS` makes references of a published
rulebook's examples.
"""

from guiju.rulings.actions import (
    SUBSCRIBERS,
    answer_question,
    has_annotated,
    keep_ruling,
    list_questions,
    rule_on_item,
)
from guiju.rulings.asking import ask_about, ask_question, find_alike, find_similar
from guiju.rulings.errors import (
    AskedAlready,
    NotOwnWork,
    QuestionAnswered,
    QuestionEmpty,
    QuestionItemUnknown,
    QuestionNotFound,
    RulingNotAllowed,
    TooManyAskedAbout,
)
from guiju.rulings.model import (
    SHARED,
    Alike,
    Answered,
    Precedent,
    Question,
    QuestionState,
    ReferenceOrigin,
    RuledAnswer,
    Ruling,
    Wanted,
)
from guiju.rulings.seeing import SeenBy, Unseen, mark_seen, read_seen, unseen_rulings
from guiju.rulings.store import (
    answers_for,
    gold_answers,
    insert_gold,
    insert_reference,
    latest_rulings,
    rulings_on,
)
from guiju.rulings.tables import question as question_table
from guiju.rulings.tables import reference as reference_table
from guiju.rulings.tables import ruling as ruling_table
from guiju.rulings.veil import add_veil, veiled_items
from guiju.rulings.waiting import (
    Mine,
    Waiting,
    assign_questions,
    merge_questions,
    read_waiting,
    set_line,
    unmerge_question,
    waiting_for,
)

__all__ = [
    "SHARED",
    "SUBSCRIBERS",
    "Alike",
    "Answered",
    "AskedAlready",
    "Mine",
    "NotOwnWork",
    "Precedent",
    "Question",
    "QuestionAnswered",
    "QuestionEmpty",
    "QuestionItemUnknown",
    "QuestionNotFound",
    "QuestionState",
    "ReferenceOrigin",
    "RuledAnswer",
    "Ruling",
    "RulingNotAllowed",
    "SeenBy",
    "TooManyAskedAbout",
    "Unseen",
    "Waiting",
    "Wanted",
    "add_veil",
    "answer_question",
    "answers_for",
    "ask_about",
    "ask_question",
    "assign_questions",
    "find_alike",
    "find_similar",
    "gold_answers",
    "has_annotated",
    "insert_gold",
    "insert_reference",
    "keep_ruling",
    "latest_rulings",
    "list_questions",
    "mark_seen",
    "merge_questions",
    "question_table",
    "read_seen",
    "read_waiting",
    "reference_table",
    "rule_on_item",
    "ruling_table",
    "rulings_on",
    "set_line",
    "unmerge_question",
    "unseen_rulings",
    "veiled_items",
    "waiting_for",
]
