"""What is asked while somebody writes: nothing here changes anything."""

from guiju.kit import Refusal
from guiju.people import Act
from guiju.projects import authorise
from guiju.rulebooks import store
from guiju.rulebooks.actions import merge_draft, problems_in
from guiju.rulebooks.document import parse_rulebook, tidy_document
from guiju.rulebooks.writing.model import Joined, Looked
from guiju.rulebooks.writing.rules import outline
from guiju.storage import Actor, House


def look_at(house: House, actor: Actor, project_id: int, document: str) -> Looked:
    """What is wrong with a text, what it defines, and how it reads; the project's own draft stays as it is."""
    with house.reading() as connection:
        authorise(connection, actor, project_id, Act.WRITE_RULEBOOK)
        revision = store.find_revision(connection, project_id)
    text = tidy_document(document)
    problems = tuple(problems_in(house, project_id, text))
    try:
        rulebook = parse_rulebook(text)
    except Refusal:
        return Looked(revision, problems, None, ())
    return Looked(revision, problems, rulebook, outline(rulebook))


def join(house: House, actor: Actor, project_id: int, document: str, from_revision: int) -> Joined:
    """`document`, begun at `from_revision`, together with what others saved since. Raises `RulebookIsStale`."""
    with house.reading() as connection:
        authorise(connection, actor, project_id, Act.WRITE_RULEBOOK)
        revision = store.find_revision(connection, project_id)
    if revision == from_revision:
        return Joined(tidy_document(document), revision, ())
    merged = merge_draft(house, actor, project_id, document, from_revision)
    return Joined(merged.text, revision, merged.conflicts)
