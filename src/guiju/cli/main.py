"""`guiju` and its nouns."""

from guiju.cli import (
    adjudicate,
    agreement,
    annotations,
    audit,
    bank,
    brief,
    cleaning,
    collect,
    connection,
    consensus,
    data,
    deliver,
    demo,
    exam,
    feeds,
    finding,
    house,
    keeping,
    lot,
    people,
    plan,
    practice,
    profiles,
    project,
    quality,
    question,
    round,  # noqa: A004 - the noun’s own name
    rulebook,
    scenes,
    search,
    trial,
)
from guiju.cli.common import Noun

app = Noun(
    name="guiju", help="Guiju 规矩: from a vague request to accepted data.", no_args_is_help=True, add_completion=False
)
house.add_to(app)
demo.add_to(app)
deliver.add_to(app)
search.add_to(app)
keeping.add_to(app)
agreement.add_to(app)
consensus.add_to(app)
plan.add_to(app)
app.add_typer(people.app, name="people")
app.add_typer(project.app, name="project")
app.add_typer(brief.app, name="brief")
profiles.add_to(data.app)
cleaning.add_to(data.app)
quality.add_to(data.app)
feeds.add_to(data.app)
audit.add_to(data.app)
app.add_typer(data.app, name="data")
app.add_typer(connection.app, name="connection")
app.add_typer(scenes.app, name="scenes")
app.add_typer(rulebook.app, name="rulebook")
app.add_typer(annotations.app, name="annotations")
app.add_typer(exam.app, name="exam")
app.add_typer(round.app, name="round")
app.add_typer(collect.app, name="collect")
app.add_typer(trial.app, name="trial")
app.add_typer(practice.app, name="practice")
app.add_typer(adjudicate.app, name="adjudicate")
app.add_typer(question.app, name="question")
app.add_typer(finding.app, name="finding")
app.add_typer(lot.app, name="lot")
app.add_typer(bank.app, name="bank")


def main() -> None:
    """The program's entry."""
    app()
