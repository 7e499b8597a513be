"""What pages and API read, authorised."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from guiju.annotations import current_annotations, find_annotator
from guiju.exams import store
from guiju.exams.actions import (
    attempts_left,
    candidates_for,
    exam_for,
    get_rulebook,
    major_of,
)
from guiju.exams.errors import SittingNotFound
from guiju.exams.marking import settle_overdue
from guiju.exams.model import Exam, ExamState, Explained, Paper, Question, Result, Sitting, Standing, Supply
from guiju.exams.rules import survey
from guiju.people import (
    Account,
    Act,
    Certificate,
    NotAllowed,
    find_account,
    find_certificate,
    holds_certificate,
    list_accounts_of,
)
from guiju.people import list_certificates as certificates_in
from guiju.projects import Project, ProjectNotFound, authorise
from guiju.rulebooks import get_published, latest_published
from guiju.rulings.marking import explain, known_of
from guiju.storage import Actor, House
from guiju.work import show_item


@dataclass(frozen=True, slots=True)
class Overview:
    """A project's exams, for one reader; `supply` is there where a rulebook is published."""

    project: Project
    exams: tuple[Standing, ...]
    supply: Supply | None
    version: str | None
    certificates: tuple[tuple[Certificate, str], ...]
    sits: bool
    sets: bool


@dataclass(frozen=True, slots=True)
class Roll:
    """Who sat an exam, the newest first."""

    exam: Exam
    project: Project
    sittings: tuple[tuple[Sitting, str, str], ...]


def read_exams(house: House, actor: Actor, project_id: int) -> Overview:
    """The project's exams: for a trainer what there is to ask and who passed, for others their own papers."""
    settle_overdue(house, project_id)
    with house.reading() as connection:
        standing = authorise(connection, actor, project_id, Act.SEE_PROJECT)
        leads, sits = (_may(connection, actor, project_id, act) for act in (Act.OPEN_ROUND, Act.ANNOTATE))
        reads = _may(connection, actor, project_id, Act.SEE_REPORTS)
        rulebook = latest_published(connection, project_id)
        exams = store.list_exams(connection, project_id)
        mine = store.sittings_of(connection, project_id, account_id=actor.id)
        version = rulebook.version if rulebook else None
        return Overview(
            standing.project,
            tuple(_standing(connection, actor, each, mine, version) for each in exams),
            survey(candidates_for(connection, rulebook)) if rulebook and leads else None,
            version,
            _certificates(connection, project_id, None if reads else actor.id),
            sits,
            leads,
        )


def _may(connection: Connection, actor: Actor, project_id: int, act: Act) -> bool:
    try:
        authorise(connection, actor, project_id, act)
    except NotAllowed:
        return False
    return True


def _standing(
    connection: Connection, actor: Actor, exam: Exam, mine: Sequence[Sitting], version: str | None
) -> Standing:
    sat = [each for each in mine if each.exam_id == exam.id]
    left = attempts_left(connection, exam, sat, version) if version else 0
    certified = version is not None and holds_certificate(connection, actor.id, exam.project_id, major_of(version))
    ready = exam.state is ExamState.OPEN and left > 0 and not certified
    return Standing(exam, tuple(sat), left, certified, ready)


def _certificates(connection: Connection, project_id: int, only: int | None) -> tuple[tuple[Certificate, str], ...]:
    found = [each for each in certificates_in(connection, project_id) if only in {None, each.account_id}]
    names = _names(connection, [each.account_id for each in found])
    return tuple((each, names[each.account_id].name) for each in found)


def _names(connection: Connection, accounts: Sequence[int]) -> dict[int, Account]:
    return {each.id: each for each in list_accounts_of(connection, set(accounts))}


def read_roll(house: House, actor: Actor, exam_id: int) -> Roll:
    """Who sat an exam, for whom may read reports. Raises `ExamNotFound`."""
    with house.reading() as connection:
        exam = exam_for(connection, actor, exam_id, Act.SEE_REPORTS)
    settle_overdue(house, exam.project_id)
    with house.reading() as connection:
        standing = authorise(connection, actor, exam.project_id, Act.SEE_REPORTS)
        sittings = store.sittings_of(connection, exam.project_id, exam_id=exam_id)
        names = _names(connection, [each.account_id for each in sittings])
        versions = store.versions_of(connection, [each.rulebook_id for each in sittings])
    lines = tuple((each, names[each.account_id].name, versions[each.rulebook_id]) for each in sittings)
    return Roll(exam, standing.project, lines)


def read_paper(house: House, actor: Actor, sitting_id: int) -> Paper:
    """One's own paper, without what is right. Raises `SittingNotFound`."""
    with house.reading() as connection:
        sitting = _sitting(connection, actor, sitting_id, own=True)
        exam = exam_for(connection, actor, sitting.exam_id, Act.ANNOTATE)
        questions = store.questions_of(connection, sitting_id)
        items = tuple(show_item(connection, each.item_id) for each in questions)
        annotator_id = find_annotator(connection, sitting.account_id)
        said = current_annotations(connection, sitting.round_id, annotator_id=annotator_id)
        version = get_published(connection, sitting.rulebook_id).version
        return Paper(sitting, exam, version, items, frozenset(each.item_id for each in said))


def _sitting(connection: Connection, actor: Actor, sitting_id: int, *, own: bool = False) -> Sitting:
    """One's own, or (not `own`) anybody's for whom may read reports. Raises `SittingNotFound`."""
    sitting = store.find_sitting(connection, sitting_id)
    if sitting is None or (own and sitting.account_id != actor.id):
        raise SittingNotFound(sitting=sitting_id)
    try:
        authorise(connection, actor, sitting.project_id, Act.SEE_PROJECT)
    except ProjectNotFound as refusal:
        raise SittingNotFound(sitting=sitting_id) from refusal
    if sitting.account_id != actor.id and not _may(connection, actor, sitting.project_id, Act.SEE_REPORTS):
        raise SittingNotFound(sitting=sitting_id)
    return sitting


def find_own_sitting(house: House, actor: Actor, sitting_id: int) -> tuple[Sitting, bool]:
    """A sitting that the reader may see, and whether it is their own. A paper whose time is over is marked first."""
    with house.reading() as connection:
        sitting = _sitting(connection, actor, sitting_id)
    settle_overdue(house, sitting.project_id)
    with house.reading() as connection:
        sitting = _sitting(connection, actor, sitting_id)
    return sitting, sitting.account_id == actor.id


def read_result(house: House, actor: Actor, sitting_id: int) -> Result:
    """What a sitting came to: one's own, or anybody's for whom may read reports.

    While it is being sat, only what was marked at once is told, and that to whoever sits. Raises `SittingNotFound`.
    """
    sitting, own = find_own_sitting(house, actor, sitting_id)
    with house.reading() as connection:
        exam = exam_for(connection, actor, sitting.exam_id, Act.SEE_PROJECT)
        told = [
            each
            for each in store.questions_of(connection, sitting_id)
            if sitting.is_over or (own and each.marked_at is not None)
        ]
        questions = explain_questions(connection, sitting, told)
        person = find_account(connection, sitting.account_id)
        version = get_published(connection, sitting.rulebook_id).version
        now = get_rulebook(connection, sitting.project_id).version
        changed = major_of(now) != major_of(version)
        certified = find_certificate(connection, sitting_id) is not None
    superseded = now if sitting.passed and changed and not certified else None
    return Result(sitting, exam, person.name if person else "", version, questions, certified, superseded)


def explain_questions(connection: Connection, sitting: Sitting, asked: Sequence[Question]) -> tuple[Explained, ...]:
    """Each with what was answered, what is right and why. The caller has authorised, and knows that it may be told."""
    rulebook = get_published(connection, sitting.rulebook_id)
    known = known_of(connection, [each.reference_id for each in asked])
    notes = explain(connection, rulebook, list(known.values()))
    annotator_id = find_annotator(connection, sitting.account_id)
    items = [each.item_id for each in asked]
    said = current_annotations(connection, sitting.round_id, annotator_id=annotator_id, item_ids=items)
    yours = {each.item_id: each.answers for each in said}
    return tuple(
        Explained(
            each,
            show_item(connection, each.item_id),
            yours.get(each.item_id),
            known[each.reference_id].answers,
            each.clause,
            tuple(notes.get(each.reference_id, {}).items()),
        )
        for each in asked
    )


def list_certificates(house: House, actor: Actor, project_id: int) -> list[tuple[Certificate, Account]]:
    """Certificates for the project's rulebook: everybody's for whom may read reports, else one's own."""
    with house.reading() as connection:
        authorise(connection, actor, project_id, Act.SEE_PROJECT)
        only = None if _may(connection, actor, project_id, Act.SEE_REPORTS) else actor.id
        found = [each for each in certificates_in(connection, project_id) if only in {None, each.account_id}]
        accounts = _names(connection, [each.account_id for each in found])
    return [(each, accounts[each.account_id]) for each in found]


def explain_one(house: House, actor: Actor, sitting_id: int, question: Question) -> Explained:
    """A question of one's own paper that is marked. Raises `SittingNotFound`."""
    with house.reading() as connection:
        sitting = _sitting(connection, actor, sitting_id, own=True)
        return explain_questions(connection, sitting, [question])[0]


def find_sitting_of_round(house: House, actor: Actor, round_id: int) -> Sitting:
    """One's own paper, by the round in which it is answered. Raises `SittingNotFound`."""
    with house.reading() as connection:
        sitting = store.find_by_round(connection, round_id)
        return _sitting(connection, actor, sitting.id if sitting else 0, own=True)


def examples_hidden(connection: Connection, sitting_id: int) -> frozenset[str]:
    """Examples of the rulebook that tell what a question of this paper asks."""
    return frozenset(store.examples_asked(connection, sitting_id))
