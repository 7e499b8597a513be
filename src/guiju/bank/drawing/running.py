"""The job that draws many: it fills a source that nobody sees, chunk by chunk, and lets it be seen as a whole.

Killed, it goes on behind its checkpoint. Cancelled or refused, nothing of it is kept. What is withdrawn while it runs
is looked for in the transaction that lets the source be seen: then it begins anew without it.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection

from guiju.annotations import RoundKind, RoundState, insert_annotation, insert_round, named_annotator
from guiju.annotations.imports.taking.actions import discard_round
from guiju.annotations.store import set_round_state
from guiju.bank.drawing import store
from guiju.bank.drawing.actions import (
    DRAW,
    FROM_BANK,
    NEEDS_ANSWERS,
    bring_known,
    choose_ids,
    draw_facts,
)
from guiju.bank.drawing.errors import AllDoubtful, DrawNotFound, DrawUnsettled, NoRulebookToDrawUnder, NothingSure
from guiju.bank.drawing.model import DrawAs, DrawMany, Drawn, Fit, ManyState, Settled, Usable
from guiju.bank.drawing.rules import is_wanted, usable_in, without_doubt
from guiju.bank.drawing.settling import settle_all
from guiju.bank.drawing.store import Came
from guiju.bank.errors import NothingFound
from guiju.bank.finding.actions import get_reader
from guiju.bank.model import Reader
from guiju.bank.rules import pseudonym
from guiju.data import Counts, insert_drawn_items, land_source, open_source
from guiju.data import Rights as SourceRights
from guiju.data.intake.actions import drop_failed
from guiju.data.store import set_job
from guiju.kit import Refusal
from guiju.people import Act, find_account
from guiju.projects import Project, authorise
from guiju.rulebooks import CompiledRulebook, get_published, latest_published
from guiju.storage import Actor, Event, House, JobCancelled, JobRun, Tx
from guiju.storage.jobs import StoodBackError
from guiju.work.recheck import open_drawn_recheck

CHUNK = 500
PICKED = 5_000
TRIES = 3


class Tally(msgspec.Struct, frozen=True):
    """How far it is: how many were chosen, the last deposit that was looked at, how many of them were left out."""

    picked: int = 0
    after: int = 0
    done: int = 0
    doubtful: int = 0
    unsure: int = 0


def run_draw(run: JobRun) -> dict[str, object]:
    """Draw what the payload's draw chose. Raises `DrawNotFound`, and what a draw raises."""
    with run.house.reading() as connection:
        draw = store.find_many(connection, int(run.job.payload["draw"]))
        left = store.left_behind(connection, int(run.job.project_id or 0))
    if draw is None:
        raise DrawNotFound(draw=run.job.payload["draw"])
    for each in left:
        _fail(run.house, each)
    try:
        for _ in range(TRIES):
            drawn = _Drawing(run, draw.id).carry_out()
            if drawn is not None:
                return {"draw": draw.id, **msgspec.to_builtins(drawn)}
            undo(run.house, draw.id)
            run.checkpoint = None
        raise DrawUnsettled
    except StoodBackError:
        raise
    except Refusal as refusal:
        if not isinstance(refusal, JobCancelled) or run.house.write(run.was_cancelled):
            _fail(run.house, draw.id)
        raise
    except Exception:
        _fail(run.house, draw.id)
        raise


def _fail(house: House, draw_id: int) -> None:
    undo(house, draw_id)
    house.write(lambda tx: store.set_many(tx, draw_id, state=ManyState.FAILED.value))


def undo(house: House, draw_id: int) -> None:
    """Take back what a draw has filled and nobody has seen; may be repeated."""
    with house.reading() as connection:
        draw = store.find_many(connection, draw_id)
    if draw is None or draw.state is ManyState.DONE:
        return
    while house.write(lambda tx: store.delete_some_picks(tx, draw_id, PICKED)):
        pass
    if draw.round_id:
        house.write(lambda tx: store.set_many(tx, draw_id, round_id=None))
        discard_round(house, draw.round_id)
    if draw.source_id:
        house.write(lambda tx: store.set_many(tx, draw_id, source_id=None))
        drop_failed(house, draw.source_id)


class _Drawing:
    """One run of the job."""

    def __init__(self, run: JobRun, draw_id: int) -> None:
        self._run, self._house = run, run.house
        self._tally = msgspec.convert(run.checkpoint or {}, Tally)
        with self._house.reading() as connection:
            self._draw = self._read(connection, draw_id)
            self._project, self._reader = self._standing(connection)

    def _read(self, connection: Connection, draw_id: int) -> DrawMany:
        draw = store.find_many(connection, draw_id)
        if draw is None:
            raise DrawNotFound(draw=draw_id)
        return draw

    def _standing(self, connection: Connection) -> tuple[Project, Reader]:
        """As whoever asked stands now: a role that was taken away draws nothing."""
        account = find_account(connection, self._draw.asked_by)
        actor = account.actor if account is not None else Actor(self._draw.asked_by, "", "")
        if self._draw.is_trusted:
            actor = Actor(actor.id, actor.name, actor.email, is_admin=actor.is_admin, trusted=True)
        self._actor = actor
        project = authorise(connection, actor, self._draw.project_id, Act.DRAW_FROM_BANK).project
        return project, get_reader(connection, actor, self._house.clock())

    def carry_out(self) -> Drawn | None:
        """What came of it; nothing where something of it was withdrawn meanwhile."""
        if not self._tally.picked:
            self._pick()
        if not self._draw.source_id:
            self._begin()
        rulebook = None
        if self._draw.rulebook_id:
            with self._house.reading() as connection:
                rulebook = get_published(connection, self._draw.rulebook_id)
        while self._copy_some(rulebook):
            pass
        return self._end(rulebook)

    def _pick(self) -> None:
        """What is drawn is chosen once: what is deposited while it runs is not."""
        ids = choose_ids(self._house, self._reader, self._draw.chosen, self._draw.most)
        if not ids:
            raise NothingFound
        while self._house.write(lambda tx: store.delete_some_picks(tx, self._draw.id, PICKED)):
            pass
        for start in range(0, len(ids), PICKED):
            some = ids[start : start + PICKED]
            self._run.advance(lambda tx, some=some: store.put_picks(tx, self._draw.id, some), done=0, total=len(ids))
        self._advance(None, Tally(picked=len(ids)))

    def _advance(self, work: Callable[[Tx], None] | None, tally: Tally) -> None:
        told = msgspec.to_builtins(tally)
        self._run.advance(work, done=tally.done, total=tally.picked, checkpoint=told)
        self._tally = tally

    def _begin(self) -> None:
        """Something to fill that nobody sees: a source that has not landed, a round that is a draft."""
        as_, mine = self._draw.chosen.as_, self._draw
        with self._house.reading() as connection:
            rulebook = latest_published(connection, self._project.id)
            everybodys = store.are_all_general(connection, mine.id)
        if rulebook is None and as_ in NEEDS_ANSWERS:
            raise NoRulebookToDrawUnder

        def begin(tx: Tx) -> None:
            rights = SourceRights.GENERAL if everybodys else SourceRights.CUSTOMER
            source = open_source(tx, self._project.id, FROM_BANK, created_by=mine.asked_by, rights=rights)
            set_job(tx, source, self._run.job.id)
            round_id = None
            if rulebook is not None and as_ in {DrawAs.ANSWERS, DrawAs.PREFILL}:
                round_id = insert_round(
                    tx,
                    project_id=self._project.id,
                    kind=RoundKind.IMPORT,
                    rulebook_id=rulebook.id,
                    state=RoundState.DRAFT,
                    created_by=mine.asked_by,
                )
            under = rulebook.id if rulebook is not None else None
            store.set_many(tx, mine.id, source_id=source, round_id=round_id, rulebook_id=under)

        self._run.advance(begin, done=0)
        with self._house.reading() as connection:
            self._draw = self._read(connection, mine.id)

    def _copy_some(self, rulebook: CompiledRulebook | None) -> bool:
        """The next chunk: items, and their answers as annotations that nobody sees yet. Whether there was one."""
        as_, tally = self._draw.chosen.as_, self._tally
        with self._house.reading() as connection:
            ids = store.next_picks(connection, self._draw.id, tally.after, CHUNK)
            if not ids:
                return False
            usable = usable_in(store.read_usable(connection, ids, self._reader), self._project)
            usable, doubtful = without_doubt(usable, as_)
            settled = settle_all(connection, rulebook, usable) if rulebook is not None else {}
        wanted = [each for each in usable if is_wanted(settled.get(each.id), as_)]
        told = Tally(
            picked=tally.picked,
            after=ids[-1],
            done=tally.done + len(ids),
            doubtful=tally.doubtful + doubtful,
            unsure=tally.unsure + len(usable) - len(wanted),
        )
        self._advance(lambda tx: self._write(tx, rulebook, wanted, settled), told)
        return True

    def _write(
        self, tx: Tx, rulebook: CompiledRulebook | None, wanted: Sequence[Usable], settled: Mapping[int, Settled]
    ) -> None:
        as_ = self._draw.chosen.as_
        told = list[dict[str, Any]]()
        for item, each in self._copy(tx, wanted):
            one = settled.get(each.id)
            known = one if one is not None and one.fit is not Fit.UNKNOWN and as_ is not DrawAs.ITEMS else None
            row: dict[str, Any] = {
                "of_deposit": each.id,
                "of_item": item,
                "of_fit": None,
                "of_answers": None,
                "of_lost": None,
            }
            if one is not None and one.lost:
                row["of_lost"] = "\n".join(one.lost)
            if known is not None:
                row["of_fit"] = known.fit.value
                row["of_answers"] = known.answers if as_ in {DrawAs.GOLD, DrawAs.EXAM} else None
                if self._draw.round_id and rulebook is not None:
                    self._annotate(tx, rulebook, item, each, known.answers)
            told.append(row)
        store.fill_picks(tx, self._draw.id, told)

    def _copy(self, tx: Tx, wanted: Sequence[Usable]) -> list[tuple[int, Usable]]:
        """New items in the source, each with the first deposit that it came from."""
        renamed = {each.item_id: pseudonym(each.id) for each in wanted if not each.is_own}
        items = [each.item_id for each in wanted]
        became = insert_drawn_items(tx, self._project.id, self._draw.source_id, items, renamed)
        fresh = store.fresh_items(tx.connection, self._draw.id, self._draw.source_id, sorted(set(became.values())))
        rows = list[tuple[int, Usable]]()
        for each in wanted:
            item = became.get(each.item_id)
            if item in fresh:
                fresh.remove(item)
                rows.append((item, each))
        return rows

    def _annotate(self, tx: Tx, rulebook: CompiledRulebook, item: int, each: Usable, answers: str) -> None:
        whose = f"{FROM_BANK}: {each.project_name}" if each.is_own else FROM_BANK
        insert_annotation(
            tx,
            project_id=self._project.id,
            round_id=self._draw.round_id,
            item_id=item,
            annotator_id=named_annotator(tx, self._project.id, whose[:120]),
            rulebook_id=rulebook.id,
            revision=1,
            answers=answers,
        )

    def _demand_some(self, came: Came) -> None:
        """Where nothing came at all: why. Raises `AllDoubtful`, `NothingSure`, `NothingFound`."""
        tally, as_ = self._tally, self._draw.chosen.as_
        if came.items:
            return
        if tally.doubtful == tally.done:
            raise AllDoubtful(count=tally.doubtful)
        if as_ in NEEDS_ANSWERS and tally.unsure:
            raise NothingSure(count=tally.unsure)
        with self._house.reading() as connection:
            if not store.has_usable(connection, self._draw.id, self._reader):
                raise NothingFound

    def _end(self, rulebook: CompiledRulebook | None) -> Drawn | None:
        """One transaction lets all of it be seen; statements over sets, so that it is a short one."""
        tally, draw, as_ = self._tally, self._draw, self._draw.chosen.as_
        with self._house.reading() as connection:
            came = store.count_came(connection, draw.id)
        self._demand_some(came)
        found: list[Drawn | None] = []

        def end(tx: Tx) -> None:
            found.clear()
            if store.count_withdrawn(tx.connection, draw.id, self._reader, self._project.customer):
                found.append(None)
                return
            duplicates = max(0, tally.done - came.items - tally.doubtful - tally.unsure)
            land_source(tx, draw.source_id, Counts(came.items + duplicates, came.items, duplicates))
            store.insert_draws_of(tx, draw)
            made: dict[str, int] = {}
            if rulebook is not None and draw.round_id:
                set_round_state(tx, draw.round_id, RoundState.CLOSED)
                made = self._resolve(tx, rulebook) if as_ is DrawAs.ANSWERS else {"suggested": sum(came.fits.values())}
                made |= {"round": draw.round_id}
            elif rulebook is not None and as_ in {DrawAs.GOLD, DrawAs.EXAM}:
                known = store.known_answers(tx.connection, draw.id)
                made = bring_known(tx, self._project.id, draw.asked_by, as_, known, rulebook)
            drawn = Drawn(draw.source_id, came.items, duplicates, tally.doubtful, **made, lost=came.lost)
            result = msgspec.json.encode(drawn).decode()
            store.set_many(tx, draw.id, state=ManyState.DONE.value, result=result)
            facts = draw_facts(drawn, as_)
            tx.journal(Event(draw.asked_by, "bank.drawn", self._project.id, draw.source_id, facts=facts))
            found.append(drawn)

        self._run.advance(end, done=tally.picked, total=tally.picked)
        drawn = found[0]
        if drawn is not None:
            while self._house.write(lambda tx: store.delete_some_picks(tx, draw.id, PICKED)):
                pass
        return drawn

    def _resolve(self, tx: Tx, rulebook: CompiledRulebook) -> dict[str, int]:
        holding = store.resolve_picked(tx, self._draw.id, self._draw.round_id)
        doubted = store.doubted_picks(tx.connection, self._draw.id, self._draw.round_id)
        counts = {"answers": holding - len(doubted), "recheck": len(doubted)}
        if not doubted:
            return counts
        opened = open_drawn_recheck(tx, self._project.id, rulebook.id, doubted, created_by=self._draw.asked_by)
        return {**counts, "recheck_round": opened}


JOBS = {DRAW: run_draw}
