"""`guiju demo`: the sample projects, served; or the whole journey with its figures."""

import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, cast

import typer

from guiju.cli.common import Context, Noun, context_of, emit, locale, progress_of, refusals
from guiju.inspection import STRICTNESS_NAMES, Strictness
from guiju.inspection.acceptance import ACCEPTANCE_NAMES
from guiju.kit import N_, Words
from guiju.samples.demo import Stage, find_sign_ins, hire_cast, make_home, make_midlife, run_whole, sign_in_sheet
from guiju.storage import House, opened_house
from guiju.work.trial.rounds import VERDICTS
from guiju.work.trial.rules import CAUSE_NAMES

PORT = 7100
DEMO_HOME = Path("guiju-demo")
SERVED = N_("The demo is served at {address} (Ctrl+C ends it).")

STAGE_NAMES: Mapping[str, str] = {
    "project": N_("Project"),
    "brief": N_("Brief"),
    "data": N_("Data"),
    "rulebook": N_("Rulebook"),
    "trial": N_("Trial"),
    "amendment": N_("Amendment"),
    "comparison": N_("Did it help"),
    "exam": N_("Exam"),
    "practice": N_("Practice"),
    "gate": N_("Gate"),
    "production": N_("Production"),
    "inspection": N_("Inspection"),
    "rework": N_("Rework"),
    "delivery": N_("Delivery"),
    "bank": N_("Data bank"),
    "acceptance": N_("Acceptance"),
    "pay": N_("Pay"),
    "retrospective": N_("Retrospective"),
    "offer": N_("In the data bank already"),
    "draw": N_("Drawn from the bank"),
}
FIGURE_NAMES: Mapping[str, str] = {
    "members": N_("members"),
    "version": N_("version"),
    "items": N_("items"),
    "duplicates": N_("duplicates"),
    "refused": N_("not taken"),
    "clauses": N_("clauses"),
    "examples": N_("examples"),
    "answers": N_("answers"),
    "recheck": N_("to be rechecked"),
    "stopped": N_("stopped by a check"),
    "questions": N_("questions"),
    "rulings": N_("rulings"),
    "observed": N_("observed agreement"),
    "alpha": N_("alpha"),
    "alpha_interval": N_("its 95% interval"),
    "top_confusion": N_("most confused"),
    "score": N_("score"),
    "cause": N_("cause"),
    "before": N_("before"),
    "after": N_("after"),
    "p": N_("p"),
    "verdict": N_("verdict"),
    "measure": N_("measure"),
    "figure": N_("figure"),
    "at_least": N_("gate"),
    "passed": N_("passed"),
    "overridden": N_("opened with a signed reason"),
    "resolved": N_("resolved"),
    "ties": N_("ties"),
    "lot": N_("lot no."),
    "severity": N_("how strict"),
    "sample": N_("sample"),
    "accepts_up_to": N_("accepts up to"),
    "defective": N_("defective"),
    "accepted": N_("accepted"),
    "format": N_("format"),
    "deposited": N_("deposited"),
    "left_out": N_("left out"),
    "decision": N_("signed as"),
    "statements": N_("statements"),
    "total": N_("total"),
    "hours": N_("hours"),
    "judged": N_("judged"),
    "wanted": N_("wanted"),
    "sure": N_("sure"),
    "saved": N_("annotations fewer"),
}

VALUE_NAMES: Mapping[str, Mapping[str, str]] = {
    "cause": CAUSE_NAMES,
    "verdict": VERDICTS,
    "decision": {str(state): name for state, name in ACCEPTANCE_NAMES.items()},
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """How the demo is to be made."""

    lang: str
    seed: int
    scale: float


def demo(
    ctx: typer.Context,
    host: Annotated[str, typer.Option(help="The address to listen on; 0.0.0.0 for the whole LAN.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="The port to listen on.")] = PORT,
    headless: Annotated[
        bool, typer.Option("--headless", help="Take the whole journey, print its figures, serve nothing.")
    ] = False,
    lang: Annotated[
        str | None, typer.Option(help="The language of the projects' names, zh or en (default: the system's).")
    ] = None,
    seed: Annotated[int, typer.Option(help="What the simulated work is drawn from.")] = 0,
    scale: Annotated[float, typer.Option(min=0.05, max=100, help="How many times the usual size.")] = 1.0,
) -> None:
    """The sample projects with their cast, in ./guiju-demo unless --home says otherwise; served."""
    wanted = Wanted(_language(lang), seed, scale)
    with refusals(ctx):
        if headless:
            _take_the_journey(ctx, wanted)
        else:
            _serve(ctx, wanted, host, port)


def _language(lang: str | None) -> str:
    if lang not in {None, "zh", "en"}:
        raise typer.BadParameter("zh, en", param_hint="--lang")
    return lang or ("zh" if locale().startswith("zh") else "en")


def _home(ctx: typer.Context) -> Path | None:
    """The home that somebody named; the demo never falls back on the home of everyday work."""
    source = ctx.get_parameter_source("home")
    return context_of(ctx).home if source is not None and source.name != "DEFAULT" else None


def _serve(ctx: typer.Context, wanted: Wanted, host: str, port: int) -> None:
    from guiju.web.serve import run_server  # noqa: PLC0415 - the web stack, which the journey does not need

    options, home = context_of(ctx), _home(ctx) or DEMO_HOME
    sheet = find_sign_ins(home)
    if sheet is None:
        sheet = make_home(home, options.database, _maker(options, wanted, make_midlife, _progress(ctx)))
    address = f"http://{host}:{port}"
    said = options.words(SERVED, address=address)
    emit(ctx, {"address": address, "home": str(home), "sign_ins": sheet.splitlines()}, f"{sheet}\n{said}")
    with opened_house(home, database=options.database) as house:
        run_server(house, home=home, database=options.database, host=host, port=port)


def _take_the_journey(ctx: typer.Context, wanted: Wanted) -> None:
    """In the named home, which is kept; else in one that is thrown away."""
    options, home, stages = context_of(ctx), _home(ctx), list[Stage]()
    progress = _progress(ctx)

    def tell(stage: Stage) -> None:
        stages.append(stage)
        progress(stage)

    with tempfile.TemporaryDirectory() as folder:
        make_home(home or Path(folder) / "home", options.database, _maker(options, wanted, run_whole, tell))
    emit(ctx, {"stages": stages}, "\n".join(describe_stage(stage, options.words) for stage in stages))


def _maker(
    options: Context, wanted: Wanted, fill: Callable[..., Any], tell: Callable[[Stage], None]
) -> Callable[[House], str]:
    def make(house: House) -> str:
        crew = hire_cast(house)
        fill(house, crew, lang=wanted.lang, seed=wanted.seed, scale=wanted.scale, tell=tell)
        return sign_in_sheet(crew.passwords, options.words, wanted.lang)

    return make


def _progress(ctx: typer.Context) -> Callable[[Stage], None]:
    """A line on stderr for each stage that is done."""
    start, words = time.monotonic(), context_of(ctx).words

    def show(stage: Stage) -> None:
        if progress_of(ctx):
            took = time.monotonic() - start
            typer.echo(f"{took:5.1f} s  {stage.project} · {words(STAGE_NAMES[stage.stage])}", err=True)

    return show


def describe_stage(stage: Stage, words: Words) -> str:
    """A stage on one line, in the reader's language."""
    said = (f"{words(FIGURE_NAMES[name])} {_shown(name, figure, words)}" for name, figure in stage.figures.items())
    return f"{stage.project} · {words(STAGE_NAMES[stage.stage])}: " + " · ".join(said)


def _shown(name: str, figure: object, words: Words) -> str:
    if isinstance(figure, bool):
        return words(N_("yes")) if figure else words(N_("no"))
    if isinstance(figure, list):
        return "[" + ", ".join("–" if each is None else str(each) for each in cast("list[object]", figure)) + "]"
    if name == "severity":
        return words(STRICTNESS_NAMES[Strictness(figure)])
    if name == "measure":
        return words(FIGURE_NAMES[str(figure)])
    if name in VALUE_NAMES:
        return words(VALUE_NAMES[name][str(figure)])
    return "–" if figure is None else str(figure)


def add_to(app: Noun) -> None:
    app.command()(demo)
