"""A trial's report is gathered and written, for whoever may read it."""

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection

from guiju.annotations import ROUND_NAMES, Round
from guiju.data import find_items
from guiju.kit import N_, Words
from guiju.people import Act, find_account
from guiju.projects import authorise
from guiju.rulebooks import get_published
from guiju.site.documents import Document
from guiju.stats.draw import rank
from guiju.storage import Actor, House
from guiju.work.drawing.store import find_record
from guiju.work.trial import store
from guiju.work.trial.actions import allowed_round, annotator_names, make_report
from guiju.work.trial.model import TrialReport
from guiju.work.trial.paper.model import Facts
from guiju.work.trial.paper.writing import COSTLY, SHOWN_ITEMS, document_of
from guiju.work.trial.rounds.actions import compare_trials, earlier_trial
from guiju.work.trial.rounds.model import Comparison

PSEUDONYM = N_("Annotator {letters}")
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def write_paper(house: House, actor: Actor, round_id: int, words: Words, *, pseudonymous: bool = False) -> Document:
    """The report in the reader's language; `pseudonymous` has letters for the annotators' names.

    The letters are drawn anew for each trial, so that nobody is followed from one to the next. Raises
    `RoundNotFound`, `TrialStillBlind`, `NotAllowed`.
    """
    report = make_report(house, actor, round_id)
    change = _change(house, actor, round_id)
    names = annotator_names(house, report)
    with house.reading() as connection:
        round_ = allowed_round(connection, actor, round_id, Act.SEE_REPORTS)
        project = authorise(connection, actor, round_.project_id, Act.SEE_REPORTS).project
        decision = store.find_decision(connection, round_id)
        decider = find_account(connection, decision.decided_by) if decision else None
        facts = Facts(
            project=project.name,
            customer=project.customer,
            round=round_,
            rulebook=get_published(connection, round_.rulebook_id),
            report=report,
            names=pseudonyms(round_, names, words) if pseudonymous else names,
            items=_items(connection, round_.project_id, report),
            decision=decision,
            decided_by=decider.name if decider else "",
            draw=find_record(connection, round_id),
            change=change,
            is_pseudonymous=pseudonymous,
        )
    return document_of(facts, words, words(ROUND_NAMES[round_.kind]))


def _change(house: House, actor: Actor, round_id: int) -> Comparison | None:
    with house.reading() as connection:
        round_ = allowed_round(connection, actor, round_id, Act.SEE_REPORTS)
        before = earlier_trial(connection, round_)
    return compare_trials(house, actor, round_id) if before else None


def _items(connection: Connection, project_id: int, report: TrialReport) -> dict[int, str]:
    told = {line.item_id for field in report.fields for line in field.worst[:COSTLY]}
    told |= {item for field in report.fields for line in field.confusions for item in line.items[:SHOWN_ITEMS]}
    return {item.id: item.name for item in find_items(connection, project_id, sorted(told)).values()}


def pseudonyms(round_: Round, names: Mapping[int, str], words: Words) -> dict[int, str]:
    """Letters for the annotators, in an order that says nothing of who they are."""
    order: Sequence[int] = sorted(names, key=lambda who: rank(f"trial-{round_.id}-{round_.created_at}", str(who)))
    return {who: words(PSEUDONYM, letters=letters(place)) for place, who in enumerate(order)}


def letters(place: int) -> str:
    """A, B, … Z, AA, AB: as spreadsheets count."""
    found = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, len(_LETTERS))
        found = _LETTERS[rest] + found
    return found
