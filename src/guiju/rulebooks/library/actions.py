"""Other rulebooks read beside one's own draft, and taken over from."""

from collections.abc import Collection

from sqlalchemy import Connection

from guiju.people import Act, may
from guiju.projects import Project, Standing, authorise, list_all_projects
from guiju.rulebooks import store
from guiju.rulebooks.actions import get_draft, get_published, save_draft
from guiju.rulebooks.document import parse_rulebook
from guiju.rulebooks.library.errors import BookNotFound, NothingTaken
from guiju.rulebooks.library.model import Beside, Book, Row
from guiju.rulebooks.library.rules import lay_beside, take_over
from guiju.storage import Actor, House


def list_books(house: House, actor: Actor, project_id: int) -> tuple[Project, list[Book]]:
    """The rulebooks in force that may be taken from, those of the same customer first."""
    with house.reading() as connection:
        project = authorise(connection, actor, project_id, Act.WRITE_RULEBOOK).project
    theirs = [one for one in list_all_projects(house, actor) if _is_open(one, project, actor)]
    theirs.sort(key=lambda one: (one.project.customer != project.customer, one.project.name))
    with house.reading() as connection:
        found = [_book(connection, one.project) for one in theirs]
    return project, [book for book in found if book is not None]


def _is_open(standing: Standing, project: Project, actor: Actor) -> bool:
    """A customer's rules are for that customer's projects (a nameless one is nobody's), or for everybody."""
    other = standing.project
    is_theirs = other.rights == "general" or bool(project.customer and other.customer == project.customer)
    return other.id != project.id and is_theirs and (actor.trusted or may(standing.roles, Act.SEE_RULEBOOK))


def _book(connection: Connection, project: Project) -> Book | None:
    found = store.find_latest(connection, project.id)
    return Book(found.id, project.id, project.name, found.version) if found else None


def read_beside(house: House, actor: Actor, project_id: int, book_id: int) -> Beside:
    """Another rulebook beside the draft. Raises `BookNotFound`, and what reading the draft raises."""
    book = next((one for one in list_books(house, actor, project_id)[1] if one.id == book_id), None)
    if book is None:
        raise BookNotFound
    with house.reading() as connection:
        theirs = get_published(connection, book_id).rulebook
    mine = parse_rulebook(get_draft(house, actor, project_id).document)
    return Beside(book, theirs, lay_beside(theirs, mine))


def take_from(
    house: House, actor: Actor, project_id: int, book_id: int, chosen: Collection[str], *, request_id: str
) -> list[Row]:
    """Put the chosen entries into the draft and save it; those that came, with the ids that they got.

    Raises `BookNotFound`, `NothingTaken`, `DraftNotReadable`, `RulebookIsStale`.
    """
    beside = read_beside(house, actor, project_id, book_id)
    draft = get_draft(house, actor, project_id)
    mine = parse_rulebook(draft.document)
    document, came = take_over(draft.document, beside.rulebook, mine, chosen, beside.book.source)
    if not came:
        raise NothingTaken
    save_draft(house, actor, project_id, document=document, from_revision=draft.revision, request_id=request_id)
    return came
