"""Where the project stands and what moves it on: from facts to a line of stages, pure."""

from collections.abc import Callable
from dataclasses import replace

from guiju.kit import N_
from guiju.people import Act
from guiju.planning.model import STAGE_NAMES, Facts, NextStep, RoundFacts, Said, Stage, StageState, TrialFacts

PATHS = {
    "brief": "/brief",
    "data": "/data",
    "rulebook": "/rulebook",
    "trial": "/rounds",
    "production": "/rounds",
    "inspection": "/lots",
    "delivery": "/deliveries",
    "acceptance": "/acceptances",
    "bank": "/deliveries",
}


def decide_line(facts: Facts) -> list[Stage]:
    """The stages in order: all before the first unfinished one are past, it is now, the rest lie ahead."""
    unfinished = next((key for key in STAGE_NAMES if not _DONE[key](facts)), None)
    stages: list[Stage] = []
    state = StageState.PAST
    for key, name in STAGE_NAMES.items():
        if key == unfinished:
            state = StageState.NOW
        stages.append(Stage(key, name, PATHS[key], state, _NOTES[key](facts)))
        if state is StageState.NOW:
            state = StageState.AHEAD
    return stages


_DONE: dict[str, Callable[[Facts], bool]] = {
    "brief": lambda f: f.brief_signed_at is not None,
    "data": lambda f: f.items > 0,
    "rulebook": lambda f: f.rulebook is not None,
    "trial": lambda f: f.production_total > 0 or (f.trial.decided if f.trial is not None else f.resolved > 0),
    "production": lambda f: f.resolved > 0 and f.production_done == f.production_total,
    "inspection": lambda f: (
        f.lots.accepted > 0 and f.lots.inspecting == 0 and f.unlotted == 0 and f.lots.rework_open == 0
    ),
    "delivery": lambda f: f.deliveries > 0,
    "acceptance": lambda f: f.lots.accepted > 0 and not f.unsigned,
    "bank": lambda f: f.deposits > 0,
}


def _note_brief(f: Facts) -> Said:
    if f.brief_signed_at is not None:
        return Said(N_("signed {date}"), {"date": f.brief_signed_at})
    if f.brief_written:
        return Said(N_("{n} gaps"), {"n": f.brief_gaps}) if f.brief_gaps else Said(N_("to be signed"))
    return Said(N_("not written"))


def _note_trial(f: Facts) -> Said:
    if f.trial is None:
        return Said(N_("not open"))
    if f.trial.decided and f.trial.figure is not None:
        return Said(N_("trial {n}: {figure}"), {"n": f.trial.number, "figure": f"{f.trial.figure:.2f}"})
    if f.trial.done < f.trial.total:
        return Said(
            N_("trial {n}: {done} / {total}"), {"n": f.trial.number, "done": f.trial.done, "total": f.trial.total}
        )
    return Said(N_("trial {n}: to be decided"), {"n": f.trial.number})


def _note_inspection(f: Facts) -> Said:
    if f.lots.accepted or f.lots.inspecting or f.lots.rejected:
        places = {"accepted": f.lots.accepted, "all": f.lots.accepted + f.lots.inspecting + f.lots.rejected}
        return Said(N_("{accepted} of {all} lots accepted"), places)
    return Said(N_("AQL {aql}"), {"aql": f.aql}) if f.aql is not None else Said(N_("no lot"))


def _note_production(f: Facts) -> Said:
    if f.answered is not None and f.production_done == f.production_total:
        return Said(N_("{total} in, to be closed"), {"total": f"{f.production_total:,}"})
    return Said(N_("{done} / {total}"), {"done": f"{f.production_done:,}", "total": f"{f.production_total:,}"})


def _note_delivery(f: Facts) -> Said:
    if f.deliveries == 1:
        return Said(N_("1 package"))
    return Said(N_("{n} packages"), {"n": f.deliveries}) if f.deliveries else Said(N_("none yet"))


def _note_acceptance(f: Facts) -> Said:
    if f.unsigned:
        return Said(N_("{n} items to be signed"), {"n": f"{f.unsigned:,}"})
    if f.signed is None:
        return Said(N_("not signed"))
    return Said(N_("signed, no. {n}"), {"n": f.signed[0]})


_NOTES: dict[str, Callable[[Facts], Said]] = {
    "brief": _note_brief,
    "data": lambda f: Said(N_("{n} items"), {"n": f"{f.items:,}"}),
    "rulebook": lambda f: (
        Said(N_("{version} · {n} labels"), {"version": f.rulebook, "n": f.labels})
        if f.rulebook
        else Said(N_("not published"))
    ),
    "trial": _note_trial,
    "production": _note_production,
    "inspection": _note_inspection,
    "delivery": _note_delivery,
    "acceptance": _note_acceptance,
    "bank": lambda f: Said(N_("{n} items"), {"n": f"{f.deposits:,}"}) if f.deposits else Said(N_("none yet")),
}


def decide_meanwhile(facts: Facts) -> NextStep | None:
    """What an inspector can do while production goes on: a lot that waits is told of at every stage."""
    return _next_inspection(facts) if facts.lots.first_inspecting is not None else None


def decide_for(facts: Facts, may_do: Callable[[Act], bool]) -> NextStep | None:
    """The step that is somebody's: the project's next one, unless their own waits beside it.

    A lot waits for its inspector, and what is accepted for the customer, whatever others have to do first.
    """
    step = decide_next(facts)
    if step is not None and facts.unsigned and not may_do(step.act) and may_do(Act.ACCEPT):
        step = _NEXT["acceptance"](facts)
    meanwhile = decide_meanwhile(facts)
    return meanwhile if meanwhile is not None and may_do(meanwhile.act) else step


def decide_next(facts: Facts) -> NextStep | None:
    """The one act that moves the project on; nothing when every stage is behind it.

    Production that has all its answers is closed before anything that follows it, but for a lot that waits for its
    inspector: nobody needs the trainer for that.
    """
    now = next((stage.key for stage in decide_line(facts) if stage.state is StageState.NOW), None)
    if now not in _BEFORE_PRODUCTION and facts.lots.first_inspecting is None:
        if facts.unsettled is not None:
            return _resolve(facts.unsettled)
        if facts.answered is not None:
            return _close(facts.answered)
        if facts.recheck is not None:
            return _next_recheck(facts.recheck)
    return _NEXT[now](facts) if now else None


_BEFORE_PRODUCTION = {"brief", "data", "rulebook", "trial"}


def _close(round_: RoundFacts) -> NextStep:
    why = N_("Nobody answers or corrects in a closed round. It can be opened again on the page of rounds.")
    if round_.overlap > 1:
        why = N_("Once it is closed, the {overlap} answers to each item can be resolved into one.")
    return NextStep(
        Said(N_("Production {n}: all {total} answers are in"), {"n": round_.number, "total": f"{round_.total:,}"}),
        Said(why, {"overlap": round_.overlap}),
        Said(N_("Close production {n}"), {"n": round_.number}),
        "/rounds",
        Act.OPEN_ROUND,
        (f"/rounds/{round_.round_id}/state", {"state": "closed", "back": "project"}),
    )


def _next_recheck(recheck: TrialFacts) -> NextStep:
    places = {"n": recheck.number, "done": f"{recheck.done:,}", "total": f"{recheck.total:,}"}
    if recheck.done < recheck.total:
        return NextStep(
            Said(N_("Recheck {n}: {done} of {total} answers"), places),
            Said(N_("Each item goes to somebody who has not answered it before.")),
            Said(N_("Annotate")),
            "/rounds",
            Act.ANNOTATE,
        )
    return NextStep(
        Said(N_("Recheck {n}: all {total} answers are in"), places),
        Said(N_("Read what it confirmed and what it changed, then close it.")),
        Said(N_("Read what recheck {n} says"), places),
        f"/rounds/{recheck.round_id}/recheck",
        Act.OPEN_ROUND,
    )


def _resolve(round_: RoundFacts) -> NextStep:
    return NextStep(
        Said(N_("Production {n} is closed: its answers wait to be resolved"), {"n": round_.number}),
        Said(
            N_("The {overlap} answers to each item become one; a tie is left to a person."), {"overlap": round_.overlap}
        ),
        Said(N_("Read the report and resolve")),
        f"/rounds/{round_.round_id}/trial",
        Act.DECIDE_GATE,
    )


def _next_brief(f: Facts) -> NextStep:
    if not f.brief_written:
        return NextStep(
            Said(N_("Write the brief")),
            Said(N_("What, why, who, when, where, how, how much: seven facets. Later gates read its figures.")),
            Said(N_("Write the brief")),
            "/brief",
            Act.WRITE_BRIEF,
        )
    if f.brief_gaps:
        return NextStep(
            Said(N_("The brief has {n} gaps"), {"n": f.brief_gaps}),
            Said(N_("The requester can sign it once they are closed.")),
            Said(N_("Close the gaps")),
            "/brief",
            Act.WRITE_BRIEF,
        )
    return NextStep(
        Said(N_("The brief waits for the requester's signature")),
        Said(N_("What is signed is frozen: the agreement gate, the AQL and the volume come from it.")),
        Said(N_("Read and sign the brief")),
        "/brief",
        Act.SIGN_BRIEF,
    )


def _next_trial(f: Facts) -> NextStep:
    trial = f.trial
    if trial is None:
        return NextStep(
            Said(N_("Open a trial")),
            Said(N_("The same items for several annotators show whether the rules are clear enough.")),
            Said(N_("Choose who takes part")),
            "/rounds",
            Act.OPEN_ROUND,
        )
    if trial.done < trial.total:
        return NextStep(
            Said(
                N_("Trial {n} is under way: {done} of {total} answers"),
                {"n": trial.number, "done": trial.done, "total": trial.total},
            ),
            Said(N_("Agreement can be read at any time; the gate is decided when all have answered.")),
            Said(N_("See the agreement so far")),
            f"/rounds/{trial.round_id}/trial",
            Act.SEE_REPORTS,
        )
    return NextStep(
        Said(N_("Trial {n} is complete: decide its gate"), {"n": trial.number}),
        Said(N_("All {total} answers are in."), {"total": trial.total}),
        Said(N_("Read the report and decide")),
        f"/rounds/{trial.round_id}/trial",
        Act.DECIDE_GATE,
    )


def _next_production(f: Facts) -> NextStep:
    if f.production_total == 0:
        return NextStep(
            Said(N_("The rules hold: open production")),
            Said(N_("{n} items are in the project."), {"n": f"{f.items:,}"}),
            Said(N_("Open production")),
            "/rounds",
            Act.OPEN_ROUND,
        )
    left = f.production_total - f.production_done
    return NextStep(
        Said(
            N_("Production: {done} of {total} answers"),
            {"done": f"{f.production_done:,}", "total": f"{f.production_total:,}"},
        ),
        Said(N_("{n} are still wanted. A first lot can be inspected meanwhile."), {"n": f"{left:,}"}),
        Said(N_("Annotate")),
        "/rounds",
        Act.ANNOTATE,
    )


def uncounted(line: list[Stage]) -> list[Stage]:
    """The line for those who must not tell known answers by what all did."""
    hidden = {"production", "inspection", "delivery", "acceptance", "bank"}
    return [replace(each, note=Said(N_("in work"))) if each.key in hidden and _runs(each) else each for each in line]


def _runs(stage: Stage) -> bool:
    return stage.state is not StageState.PAST


def uncounted_step(step: NextStep) -> NextStep:
    """The step for them: production goes on."""
    if step.act is not Act.ANNOTATE:
        return step
    return replace(
        step, title=Said(N_("Production is under way")), why=Said(N_("Answers are still wanted.")), button=step.button
    )


def _next_inspection(f: Facts) -> NextStep:
    lots = f.lots
    if lots.first_inspecting is not None:
        return NextStep(
            Said(N_("A lot waits for its inspector")),
            Said(N_("Judge the sample; the verdict follows from the plan.")),
            Said(N_("Inspect the lot")),
            f"/lots/{lots.first_inspecting}",
            Act.INSPECT,
        )
    if lots.rework_open:
        return NextStep(
            Said(N_("Rework: {n} items came back"), {"n": lots.rework_open}),
            Said(N_("A rejected lot goes back to those who made it, with what was found.")),
            Said(N_("Rework them")),
            "/rounds",
            Act.ANNOTATE,
        )
    if lots.waiting_resubmission is not None:
        return NextStep(
            Said(N_("The rework is done: inspect the lot again")),
            Said(N_("A lot that comes again is inspected tightened.")),
            Said(N_("Submit the lot again")),
            f"/lots/{lots.waiting_resubmission}",
            Act.DRAW_LOT,
        )
    return NextStep(
        Said(N_("{n} answers are in no lot yet"), {"n": f"{f.unlotted:,}"}),
        Said(N_("A random sample by the brief's AQL decides whether they are accepted.")),
        Said(N_("Draw a lot")),
        "/lots",
        Act.DRAW_LOT,
    )


_NEXT: dict[str, Callable[[Facts], NextStep]] = {
    "brief": _next_brief,
    "data": lambda _: NextStep(
        Said(N_("Bring the data in")),
        Said(N_("Pictures in a folder or zip; texts in Excel, CSV, JSONL or TXT. What is not taken is listed.")),
        Said(N_("Import data")),
        "/data",
        Act.IMPORT_DATA,
    ),
    "rulebook": lambda _: NextStep(
        Said(N_("Write the rules")),
        Said(N_("Labels with definitions, clauses with examples, checks. A published version never changes.")),
        Said(N_("Write the rulebook")),
        "/rulebook/edit",
        Act.WRITE_RULEBOOK,
    ),
    "trial": _next_trial,
    "production": _next_production,
    "inspection": _next_inspection,
    "delivery": lambda f: NextStep(
        Said(N_("{n} accepted items are ready to deliver"), {"n": f"{f.lots.accepted_items:,}"}),
        Said(N_("A package holds the data, the rulebook, the quality report and a manifest of hashes.")),
        Said(N_("Make the delivery")),
        "/deliveries",
        Act.DELIVER,
    ),
    "acceptance": lambda f: NextStep(
        Said(N_("{n} accepted items wait for the customer's signature"), {"n": f"{f.unsigned:,}"}),
        Said(N_("The requester looks at a sample of their own, and accepts or sends back.")),
        Said(N_("Look at the acceptance")),
        "/acceptances",
        Act.ACCEPT,
    ),
    "bank": lambda _: NextStep(
        Said(N_("Accepted items are on their way into the bank")),
        Said(N_("The next project can start from them, as their rights allow.")),
        Said(N_("Open the bank")),
        "",
        Act.SEE_PROJECT,
    ),
}
