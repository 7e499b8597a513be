"""One project's journey, from its brief to the bank: every step by whoever it belongs to, with the figures it gave."""

import tempfile
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec

from guiju.annotations import RoundState, current_annotations
from guiju.bank import DEPOSIT
from guiju.bank import JOBS as BANK_JOBS
from guiju.bank import SUBSCRIBERS as BANK_SUBSCRIBERS
from guiju.briefs import save_brief, sign_brief
from guiju.consensus import resolve_round
from guiju.data import JOBS as DATA_JOBS
from guiju.data import Origin, Rights, find_items_by_name, list_project_sources, start_import
from guiju.delivery import JOBS as DELIVERY_JOBS
from guiju.delivery import deliver, get_package
from guiju.kit import new_id
from guiju.projects import create_project, set_member
from guiju.rulebooks import CompiledRulebook, get_draft, get_published, publish_rulebook, save_draft
from guiju.rulings import SUBSCRIBERS as RULINGS_SUBSCRIBERS
from guiju.rulings import answer_question, ask_question
from guiju.samples.demo.calendar import let_pass
from guiju.samples.demo.crew import Crew
from guiju.samples.demo.hands import Desk, Worked, work_round
from guiju.samples.demo.inspecting import Inspection
from guiju.samples.demo.material import Material
from guiju.samples.demo.papers import CUSTOMERS, DOUBTS, GENERAL, OVERRIDE, Doubt, brief_for
from guiju.samples.documents import rulebook_text
from guiju.storage import Actor, House, Job, JobState, Subscriber, list_jobs, pump, work_jobs
from guiju.storage.jobs import Handler
from guiju.work import open_assigned_trial, open_production, open_trial, set_round_running
from guiju.work.trial import TrialReport, decide_gate, make_report

JOBS: dict[str, Handler] = {**DATA_JOBS, **DELIVERY_JOBS, **BANK_JOBS}
SUBSCRIBERS: list[Subscriber] = [*RULINGS_SUBSCRIBERS, *BANK_SUBSCRIBERS]
HURRIED, CAREFUL = {"service": 4.0, "steel": 2.5}, 0.02
"""Production is done in such haste that its lot does not pass, rework is not: 1 is a usual day."""
LEAST_TRIAL = 6
WORKING_DAYS = 3
"""Days over which a production that is done whole is spread."""

Figures = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Stage:
    """What one stage of a project gave, as figures."""

    project: str
    stage: str
    figures: Figures


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much a project holds, and how much of it the trial takes."""

    items: int
    trial: int

    def scaled(self, factor: float) -> "Sizes":
        """So many times as much, but never too little for a journey."""
        trial = max(LEAST_TRIAL, round(self.trial * factor))
        return Sizes(max(2 * trial, round(self.items * factor)), trial)

    def enlarged(self, factor: float) -> "Sizes":
        """The same trial, and so many times as much, but no less than it is."""
        return Sizes(max(self.items, round(self.items * factor)), self.trial)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that was asked: about which item, out of which doubt, and its id."""

    name: str
    doubt: Doubt
    question: int


@dataclass
class Journey:
    """A project on its way. Each method is one stage, done by the person whose it is; `tell` hears what it gave."""

    house: House
    crew: Crew
    material: Material
    name: str
    seed: int = 0
    tell: Callable[[Stage], None] = lambda _: None
    wanted: int | None = None
    id: int = 0
    opened_at: int = 0
    trial: int = 0
    production: int = 0
    rulebook: CompiledRulebook = field(init=False)

    def said(self, stage: str, **figures: object) -> None:
        self.tell(Stage(self.name, stage, figures))

    def by(self, key: str) -> Actor:
        return self.crew[key]

    @property
    def rights(self) -> str:
        """Whose project and data are: the customer's alone, or everybody's where the customer consents."""
        return "general" if self.material.document in GENERAL else "customer"

    def run_jobs(self, only: int | None = None) -> list[Job]:
        """Work the jobs that wait; returns the project's. One that fails is a fault, and ends the demo."""
        work_jobs(self.house, JOBS, only=only)
        with self.house.reading() as connection:
            jobs = list_jobs(connection, self.id)
        failed = [job for job in jobs if job.state is not JobState.DONE]
        if failed:
            raise RuntimeError(f"job {failed[0].kind}: {failed[0].outcome}")
        return jobs

    # Setting out

    def open(self) -> None:
        """The trainer opens the project and takes everybody in."""
        customer = CUSTOMERS[self.material.document]
        trainer, self.opened_at = self.by("zhouzheng"), self.house.clock()
        self.id = create_project(
            self.house, trainer, request_id=new_id(), name=self.name, customer=customer, rights=self.rights
        )
        # the trainer last: until then they lead by having opened it
        for account_id, roles in sorted(self.crew.roles.items(), key=lambda entry: entry[0] == trainer.id):
            set_member(self.house, trainer, self.id, account_id, roles)
        self.said("project", members=len(self.crew.roles))

    def write_brief(self) -> tuple[int, int]:
        """The trainer writes the brief; returns the version and revision to be signed."""
        document = brief_for(self.material.document, self.house.clock(), self.wanted)
        return save_brief(
            self.house, self.by("zhouzheng"), self.id, document=document, started_from=None, request_id=new_id()
        )

    def sign_brief(self) -> None:
        """The brief is written, and signed by the requester."""
        version, revision = self.write_brief()
        sign_brief(self.house, self.by("linlan"), self.id, version=version, revision=revision, request_id=new_id())
        self.said("brief", version=version)

    def bring_data(self) -> None:
        """The engineer imports the items."""
        with tempfile.TemporaryDirectory() as folder:
            path = self.material.lay_out(Path(folder))
            asked = start_import(
                self.house,
                self.by("gongcheng"),
                self.id,
                request_id=new_id(),
                paths=[path],
                origin=Origin(rights=Rights(self.rights)),
            )
            self.run_jobs(asked.job)
        counts = list_project_sources(self.house, self.by("gongcheng"), self.id)[0].source.counts
        self.said("data", items=counts.taken, duplicates=counts.duplicates, refused=counts.refused)

    def publish_rules(self) -> None:
        """The trainer publishes the rulebook."""
        self.publish_document(rulebook_text(self.material.document))

    def publish_document(self, document: str) -> None:
        """The trainer puts a document in the draft's place and publishes it."""
        trainer = self.by("zhouzheng")
        revision = get_draft(self.house, trainer, self.id).revision
        save_draft(self.house, trainer, self.id, document=document, from_revision=revision, request_id=new_id())
        published = publish_rulebook(self.house, trainer, self.id, request_id=new_id())
        pump(self.house.database, SUBSCRIBERS)
        with self.house.reading() as connection:
            self.rulebook = get_published(connection, published)
        rules = self.rulebook.rulebook
        self.said("rulebook", version=self.rulebook.version, clauses=len(rules.clauses), examples=len(rules.examples))

    def set_out(self) -> None:
        """Everything before the first annotation."""
        self.open()
        self.sign_brief()
        self.bring_data()
        self.publish_rules()

    # Trial

    def run_trial(self, size: int, ruled: int = 1) -> None:
        """The same items to all three, who ask about what they cannot decide; the expert rules on the first `ruled`."""
        self.trial = self.open_trial(size)
        worked = self.work(self.trial)
        asked = self.ask()
        self.rule(asked[:ruled])
        report = make_report(self.house, self.by("zhouzheng"), self.trial)
        self.said(
            "trial",
            answers=worked.answers,
            stopped=worked.stopped,
            questions=len(asked),
            rulings=len(asked[:ruled]),
            **agreement_of(report),
        )

    def open_trial(self, size: int) -> int:
        """The trainer opens a trial for all who annotate; returns the round."""
        # The request's id is the sample's seed: the same demo draws the same sample.
        drawn_by = uuid.uuid5(uuid.NAMESPACE_OID, f"{self.seed}:{self.material.document}:{self.id}").hex
        accounts = [hand.actor.id for hand in self.crew.hands]
        trainer = self.by("zhouzheng")
        return open_trial(self.house, trainer, self.id, request_id=drawn_by, account_ids=accounts, size=size)

    def open_trial_again(self, round_id: int) -> int:
        """The items of a trial once more, for the same people, under the rulebook now in force; returns the round."""
        with self.house.reading() as connection:
            items = {row.item_id for row in current_annotations(connection, round_id)}
        wanted = [(item, hand.actor.id) for item in sorted(items) for hand in self.crew.hands]
        trainer = self.by("zhouzheng")
        return open_assigned_trial(self.house, trainer, self.id, request_id=new_id(), assignments=wanted)

    def ask(self) -> list[Asked]:
        """The new annotator asks about an item for every doubt that one gives."""
        doubted: dict[str, Doubt] = {}
        written = {clause.id for clause in self.rulebook.rulebook.clauses}
        for doubt in (each for each in DOUBTS[self.material.document] if each.clause in written):
            fitting = (name for name, known in self.material.truth.items() if known.is_between(doubt.labels))
            name = next((name for name in fitting if name not in doubted), None)
            if name is not None:
                doubted[name] = doubt
        with self.house.reading() as connection:
            items = find_items_by_name(connection, self.id, list(doubted))
        return [Asked(name, doubt, self._ask(items[name].id, doubt)) for name, doubt in doubted.items()]

    def _ask(self, item_id: int, doubt: Doubt) -> int:
        asker, text = self.by("xiaoxin"), doubt.question
        return ask_question(
            self.house, asker, self.id, request_id=new_id(), text=text, item_id=item_id, clause=doubt.clause
        )

    def rule(self, asked: list[Asked]) -> None:
        """The expert rules on questions by the truth."""
        for each in asked:
            right = msgspec.to_builtins(dict(self.material.truth[each.name].answers))
            answer_question(
                self.house,
                self.by("xinghe"),
                each.question,
                request_id=new_id(),
                text=each.doubt.ruling,
                clause=each.doubt.clause,
                answers=right,
            )

    def pass_gate(self) -> bool:
        """The trainer reads the gate, or opens it with a signed reason; the trial's answers become what holds."""
        trainer = self.by("zhouzheng")
        report = make_report(self.house, trainer, self.trial)
        reason = None if report.gate.passed else OVERRIDE
        passed = decide_gate(
            self.house, trainer, self.trial, request_id=new_id(), override_reason=reason, seen=report.last
        )
        outcome = resolve_round(self.house, trainer, self.trial, request_id=new_id())
        gate = report.gate
        self.said(
            "gate",
            measure=gate.measure,
            figure=_round(gate.figure),
            at_least=gate.at_least,
            passed=passed,
            overridden=reason is not None,
            resolved=outcome.resolved,
            ties=len(outcome.ties),
        )
        return passed

    # Production, inspection

    def produce(self, most: int | None = None, *, hurried: bool = True) -> None:
        """Production is opened and done: all of it, and closed, or `most` answers."""
        haste = HURRIED[self.material.document] if hurried else 1.0
        self.production = open_production(self.house, self.by("zhouzheng"), self.id, request_id=new_id())
        worked = self._work_by_days(self.production, haste) if most is None else self.work(self.production, haste, most)
        if most is None:
            set_round_running(self.house, self.by("zhouzheng"), self.production, RoundState.CLOSED)
        self.said("production", answers=worked.answers, stopped=worked.stopped)

    def _work_by_days(self, round_id: int, haste: float) -> Worked:
        """As many each day as make it some days' work; then the night."""
        total, a_day = Worked(), -(-len(self.material.truth) // WORKING_DAYS)
        while True:
            worked = self.work(round_id, haste, a_day)
            total += worked
            if worked.answers < a_day:
                return total
            let_pass(self.house, days=0.95)

    def work(self, round_id: int, haste: float = 1.0, most: int | None = None) -> Worked:
        """The hands work on a round."""
        seed = f"{self.seed}:{self.material.document}:{self.rulebook.version}:{haste}"
        desk = Desk(self.house, round_id, self.rulebook, self.material.truth, seed, haste)
        return work_round(desk, self.crew.hands, most)

    def accept(self) -> None:
        """A lot of everything is inspected; what is rejected is reworked with care and comes again, until accepted."""
        inspection = Inspection(self.house, self.by("shenyan"), self.id, self.rulebook, self.material.truth)
        lot = inspection.draw()
        while not self._inspected(inspection, lot):
            let_pass(self.house, days=0.9)
            worked = self.work(inspection.rework_of(lot), CAREFUL)
            self.said("rework", answers=worked.answers, stopped=worked.stopped)
            lot = inspection.draw_again(lot)

    def _inspected(self, inspection: Inspection, lot: int) -> bool:
        inspection.judge_sample(lot)
        accepted = inspection.decide(lot)
        self.said("inspection", **inspection.figures(lot), accepted=accepted)
        return accepted

    # The end

    def deliver(self) -> None:
        """The manager delivers what was accepted; the requester fetches it."""
        asked = deliver(self.house, self.by("hean"), self.id, new_id(), format=self.material.format)
        self.run_jobs(asked.job)
        package = get_package(self.house, self.by("linlan"), self.id, asked.number)
        left_out = sum(package.summary.left_out.values()) if package.summary else 0
        self.said("delivery", format=package.format, items=package.items, left_out=left_out)

    def deposit(self) -> None:
        """What was accepted goes into the bank, as the journal asks for it."""
        pump(self.house.database, SUBSCRIBERS)
        deposits = [job for job in self.run_jobs() if job.kind == DEPOSIT]
        self.said("bank", deposited=sum((job.outcome or {}).get("deposited", 0) for job in deposits))

    def go_on_to_the_gate(self, sizes: Sizes) -> None:
        """Everything before production; all that was asked is ruled on."""
        self.set_out()
        let_pass(self.house, days=0.8)
        self.run_trial(sizes.trial, ruled=len(DOUBTS[self.material.document]))
        self.pass_gate()
        let_pass(self.house, days=0.3)

    def go_on_to_acceptance(self) -> None:
        """Production, and inspection until our own lot is accepted."""
        self.produce()
        let_pass(self.house, days=0.9)
        self.accept()


def agreement_of(report: TrialReport) -> dict[str, object]:
    """A trial's figures."""
    said = report.fields[0]
    top = said.confusions[0] if said.confusions else None
    return {
        "items": report.items,
        "observed": _round(said.observed.value),
        "alpha": _round(said.alpha.value),
        "alpha_interval": [_round(said.alpha.low), _round(said.alpha.high)],
        "top_confusion": f"{top.a or '–'} / {top.b or '–'} × {top.count}" if top else None,
    }


def _round(figure: float | None) -> float | None:
    return None if figure is None else round(figure, 3)
