"""Deposits become items, suggestions, gold or exam questions of another project."""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection

from guiju.annotations import Origin, RoundKind, RoundState, insert_annotation, insert_round, named_annotator, resolve
from guiju.bank.drawing import store
from guiju.bank.drawing.errors import AllDoubtful, DrawNotFound, NoRulebookToDrawUnder, NothingSure
from guiju.bank.drawing.model import MOST_DRAWN, Choice, DrawAs, DrawMany, Drawn, Fit, Settled, Usable
from guiju.bank.drawing.rules import is_wanted, lost_labels, usable_in, without_doubt
from guiju.bank.drawing.settling import settle_all
from guiju.bank.errors import NothingFound, NothingToSearch
from guiju.bank.finding.actions import find_alike, get_reader
from guiju.bank.finding.store import chains_of, newest
from guiju.bank.model import Reader
from guiju.bank.rules import pseudonym
from guiju.data import AsideReason, Counts, insert_drawn_items, land_source, open_source, set_aside
from guiju.data import Rights as SourceRights
from guiju.kit import N_
from guiju.people import Act, NotAllowed
from guiju.projects import Project, ProjectNotFound, authorise
from guiju.rulebooks import CompiledRulebook, latest_published
from guiju.rulings import insert_gold
from guiju.storage import Actor, Event, House, Job, Tx, ask_for_job, find_job
from guiju.work.recheck import open_drawn_recheck

FROM_BANK = N_("From the data bank")
DRAW = "bank.draw"
NEEDS_ANSWERS = frozenset({DrawAs.PREFILL, DrawAs.GOLD, DrawAs.EXAM})


def draw_from_bank(house: House, actor: Actor, project_id: int, request_id: str, chosen: Choice) -> Drawn:
    """Copy deposits into a project, and bring their answers as `chosen.as_` says; provenance is kept.

    Content that the project has already is counted and left alone. An answer holds where it is sure (grade A or B,
    the same meaning, nothing lost); others wait in a recheck. Raises `BankClosed`,
    `NothingToSearch`, `NothingFound`, `AllDoubtful`, `NoRulebookToDrawUnder`, `NothingSure`, and what a search raises.
    """
    if chosen.search.is_empty and not chosen.deposits:
        raise NothingToSearch
    with house.reading() as connection:
        project = authorise(connection, actor, project_id, Act.DRAW_FROM_BANK).project
        reader = get_reader(connection, actor, house.clock())
    ids = choose_ids(house, reader, chosen, MOST_DRAWN)
    with house.reading() as connection:
        usable = usable_in(store.read_usable(connection, ids, reader), project)
        rulebook = latest_published(connection, project_id)
        usable, doubtful = without_doubt(usable, chosen.as_)
        settled = settle_all(connection, rulebook, usable) if rulebook else {}
    wanted = [each for each in usable if is_wanted(settled.get(each.id), chosen.as_)]

    def act(tx: Tx) -> str:
        if not usable:
            raise AllDoubtful(count=doubtful) if doubtful else NothingFound
        if chosen.as_ in NEEDS_ANSWERS and rulebook is None:
            raise NoRulebookToDrawUnder
        if not wanted:
            raise NothingSure(count=len(usable))
        drawing = _Draw(tx, actor, project, chosen.as_, rulebook, settled, doubtful)
        return msgspec.json.encode(drawing.run(wanted)).decode()

    def write(tx: Tx) -> Drawn:
        authorise(tx.connection, actor, project_id, Act.DRAW_FROM_BANK)
        done = tx.once(request_id, actor.id, f"bank.draw.{project_id}", lambda: act(tx))
        return msgspec.json.decode(done, type=Drawn)

    return house.write(write)


def choose_ids(house: House, reader: Reader, chosen: Choice, at_most: int) -> list[int]:
    """The deposits that are chosen, or found, as far as the reader sees them."""
    most = max(0, min(chosen.most or at_most, at_most))
    if chosen.deposits:
        return list(dict.fromkeys(chosen.deposits))[:most]
    if chosen.search.like:
        return [number for number, _ in find_alike(house, reader, chosen.search, most)]
    with house.reading() as connection:
        return newest(connection, chosen.search, reader, before=None, limit=most)


class _Draw:
    """One draw, inside its transaction."""

    def __init__(  # noqa: PLR0917 - what was read before the write
        self,
        tx: Tx,
        actor: Actor,
        project: Project,
        as_: DrawAs,
        rulebook: CompiledRulebook | None,
        settled: Mapping[int, Settled],
        doubtful: int,
    ) -> None:
        self._tx, self._actor, self._project, self._as = tx, actor, project, as_
        self._rulebook, self._settled, self._doubtful = rulebook, settled, doubtful

    def run(self, usable: Sequence[Usable]) -> Drawn:
        source, fresh, became = self._bring_items(usable)
        first = {became[each.item_id]: each for each in reversed(usable) if became.get(each.item_id) in fresh}
        drawn = [(item, first[item]) for item in sorted(first)]
        mine = {"project_id": self._project.id, "drawn_by": self._actor.id}
        store.insert_draws(self._tx, [{"deposit_id": each.id, "item_id": item, **mine} for item, each in drawn])
        settled = [(item, each, self._settled[each.id]) for item, each in drawn if each.id in self._settled]
        known = [row for row in settled if row[2].fit is not Fit.UNKNOWN]
        made = self._bring_answers(known) if self._as is not DrawAs.ITEMS else {}
        lost = lost_labels([one for _, _, one in settled])
        told = Drawn(source, len(fresh), len(usable) - len(fresh), self._doubtful, **made, lost=lost)
        facts = draw_facts(told, self._as)
        self._tx.journal(Event(self._actor.id, "bank.drawn", self._project.id, source, facts=facts))
        return told

    def _bring_items(self, usable: Sequence[Usable]) -> tuple[int, set[int], dict[int, int]]:
        everybodys = all(each.rights == "general" for each in usable)
        rights = SourceRights.GENERAL if everybodys else SourceRights.CUSTOMER
        source = open_source(self._tx, self._project.id, FROM_BANK, created_by=self._actor.id, rights=rights)
        renamed = {each.item_id: pseudonym(each.id) for each in usable if not each.is_own}
        items = [each.item_id for each in usable]
        became = insert_drawn_items(self._tx, self._project.id, source, items, renamed)
        fresh = store.items_of_source(self._tx.connection, source)
        land_source(self._tx, source, Counts(len(usable), len(fresh), len(usable) - len(fresh)))
        return source, fresh, became

    def _bring_answers(self, known: Sequence[tuple[int, Usable, Settled]]) -> dict[str, int]:
        if not known or self._rulebook is None:
            return {}
        if self._as in {DrawAs.GOLD, DrawAs.EXAM}:
            said = [(item, one.answers) for item, _, one in known]
            return bring_known(self._tx, self._project.id, self._actor.id, self._as, said, self._rulebook)
        round_id = insert_round(
            self._tx,
            project_id=self._project.id,
            kind=RoundKind.IMPORT,
            rulebook_id=self._rulebook.id,
            state=RoundState.CLOSED,
            created_by=self._actor.id,
        )
        annotated = [(one, self._annotate(round_id, self._rulebook, item, each, one)) for item, each, one in known]
        if self._as is DrawAs.PREFILL:
            return {"suggested": len(annotated), "round": round_id}
        return {**self._resolve(annotated, self._rulebook), "round": round_id}

    def _annotate(
        self, round_id: int, rulebook: CompiledRulebook, item: int, each: Usable, settled: Settled
    ) -> dict[str, Any]:
        """Others' work, as imported; its keys, with the annotation."""
        whose = f"{FROM_BANK}: {each.project_name}" if each.is_own else FROM_BANK
        keys: dict[str, Any] = {
            "project_id": self._project.id,
            "round_id": round_id,
            "item_id": item,
            "annotator_id": named_annotator(self._tx, self._project.id, whose[:120]),
            "rulebook_id": rulebook.id,
        }
        return {**keys, "annotation_id": insert_annotation(self._tx, **keys, revision=1, answers=settled.answers)}

    def _resolve(
        self, annotated: Sequence[tuple[Settled, dict[str, Any]]], rulebook: CompiledRulebook
    ) -> dict[str, int]:
        """What is sure holds and waits for inspection like anybody's; the rest waits for a recheck."""
        doubted = list[tuple[int, int, int]]()
        for settled, keys in annotated:
            resolution = resolve(self._tx, **keys, origin=Origin.ANNOTATION, answers=settled.answers)
            if settled.fit is not Fit.HOLDS:
                doubted.append((keys["item_id"], resolution, keys["annotation_id"]))
        counts = {"answers": len(annotated) - len(doubted), "recheck": len(doubted)}
        if not doubted:
            return counts
        opened = open_drawn_recheck(self._tx, self._project.id, rulebook.id, doubted, created_by=self._actor.id)
        return {**counts, "recheck_round": opened}


def bring_known(  # noqa: PLR0917 - what is known, and of what
    tx: Tx, project_id: int, by: int, as_: DrawAs, known: Sequence[tuple[int, str]], rulebook: CompiledRulebook
) -> dict[str, int]:
    """References. What exams ask is given out in no round; gold is mixed into them."""
    insert_gold(tx, project_id, rulebook.id, known)
    if as_ is DrawAs.EXAM:
        items = [item for item, _ in known]
        set_aside(tx, project_id, items, AsideReason.EXAMPLE, cause=f"bank:{as_.value}", by=by)
    return {"known": len(known)}


def draw_facts(told: Drawn, as_: DrawAs) -> dict[str, Any]:
    """What the journal keeps of a draw."""
    facts = {name: value for name, value in msgspec.to_builtins(told).items() if name != "lost"}
    return {**facts, "as": as_.value}


def ask_to_draw(house: House, actor: Actor, project_id: int, request_id: str, chosen: Choice) -> int:
    """Draw many, up to 100,000, by a job: all of it is seen at once, or nothing. Returns the draw.

    Raises `BankClosed`, `NothingToSearch`, `NoRulebookToDrawUnder`; whatever else a draw refuses, the job does.
    """
    if chosen.search.is_empty and not chosen.deposits:
        raise NothingToSearch

    def act(tx: Tx) -> int:
        get_reader(tx.connection, actor, tx.at)
        if chosen.as_ in NEEDS_ANSWERS and latest_published(tx.connection, project_id) is None:
            raise NoRulebookToDrawUnder
        made = store.insert_many(tx, project_id, chosen, asked_by=actor.id, is_trusted=actor.trusted)
        job = ask_for_job(tx, DRAW, {"draw": made}, project_id=project_id, actor_id=actor.id)
        store.set_many(tx, made, job_id=job)
        facts = {"as": chosen.as_.value, "most": chosen.most}
        tx.journal(Event(actor.id, "bank.draw-asked", project_id, made, facts=facts))
        return made

    def write(tx: Tx) -> int:
        authorise(tx.connection, actor, project_id, Act.DRAW_FROM_BANK)
        return tx.once(request_id, actor.id, f"bank.draw-many.{project_id}", lambda: act(tx))

    return house.write(write)


def get_draw(house: House, actor: Actor, draw_id: int) -> tuple[DrawMany, Job | None]:
    """A draw of many and its job. Raises `DrawNotFound`."""
    with house.reading() as connection:
        draw = store.find_many(connection, draw_id)
        if draw is None:
            raise DrawNotFound(draw=draw_id)
        try:
            authorise(connection, actor, draw.project_id, Act.DRAW_FROM_BANK)
        except (ProjectNotFound, NotAllowed) as refusal:
            raise DrawNotFound(draw=draw_id) from refusal
        return draw, find_job(connection, draw.job_id) if draw.job_id else None


def is_many(chosen: Choice) -> bool:
    """Whether a job draws it."""
    return (chosen.most or 0) > MOST_DRAWN or (len(chosen.deposits) > MOST_DRAWN and chosen.most is None)


def read_chains(connection: Connection, project_id: int, items: Sequence[int]) -> dict[int, tuple[int, ...]]:
    """Of the items that the project drew, the deposits that each came through, the first one last."""
    origins = store.provenance_of(connection, project_id, items)
    chains = chains_of(connection, sorted(set(origins.values())))
    return {item: chains[deposit] for item, deposit in origins.items()}
