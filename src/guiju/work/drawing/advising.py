"""What a trial of so many items and people would say, take and cost: from the last trial where there is one."""

from sqlalchemy import Connection

from guiju.briefs import get_current_brief
from guiju.people import Act
from guiju.projects import authorise
from guiju.storage import Actor, House
from guiju.work.drawing.actions import earlier_trials
from guiju.work.drawing.model import Advice, Known
from guiju.work.drawing.rules import check_size
from guiju.work.errors import NobodyToAnnotate
from guiju.work.pace import usual_pace
from guiju.work.trial import TrialStillBlind, make_report
from guiju.work.trial.model import Measured

ASSUMED = 0.80
APART = 0.10
LEAST_ITEMS = 10
MOST_LIKELY = 0.99
"""Nobody agrees always: an interval of width nothing would be promised."""


def know_of_trials(house: House, actor: Actor, project_id: int) -> Known | None:
    """What the newest answered trial has shown of agreement, on the field on which its annotators agree least."""
    with house.reading() as connection:
        authorise(connection, actor, project_id, Act.OPEN_ROUND)
        trials = earlier_trials(connection, project_id)
    for each in reversed(trials[-3:]):
        try:
            report = make_report(house, actor, each.id)
        except TrialStillBlind:  # who asks takes part in it
            continue
        measured = [field.observed for field in report.fields if field.observed.value is not None]
        if measured and report.items >= 2:
            least = min(measured, key=lambda one: one.value or 0.0)
            people = round(report.annotations / report.items)
            return Known(least.value or 0.0, _likeness(least, people), each.number)
    return None


def _likeness(seen: Measured, people: int) -> float | None:
    """How alike the pairs of an item were, where the trial was large enough to show it."""
    from guiju.stats.sizes.trial import likeness_of  # noqa: PLC0415 - figures cost start-up time where nobody asks

    if seen.value is None or seen.low is None or seen.high is None:
        return None
    if people < 3 or seen.n < LEAST_ITEMS or not 0 < seen.value < 1:
        return None
    return likeness_of(seen.value, (seen.high - seen.low) / 2, seen.n, people)


def advise_trial(
    house: House,
    actor: Actor,
    project_id: int,
    *,
    items: int,
    annotators: int,
    agreement: float | None = None,
    likeness: float | None = None,
) -> Advice:
    """What the interval would be, what a trial needs, takes and costs, with an `agreement` that is expected.

    Raises `TooFewToDraw`, `NobodyToAnnotate`, `NotAShare`.
    """
    from guiju.stats.sizes.trial import size_for_trial  # noqa: PLC0415 - as above

    check_size(items)
    if annotators < 2:
        raise NobodyToAnnotate(count=annotators)
    with house.reading() as connection:
        authorise(connection, actor, project_id, Act.OPEN_ROUND)
        measured, median = usual_pace(connection, project_id)
        gate, price, currency, planned = _brief(connection, project_id)
    expected = ASSUMED if agreement is None else agreement
    size = size_for_trial(expected, annotators, likeness)
    careful = size_for_trial(min(expected, MOST_LIKELY), annotators, likeness)
    half, below = careful.half_width(items), round(max(gate - APART, 0.01), 3)
    return Advice(
        items=items,
        annotators=annotators,
        agreement=expected,
        likeness=likeness,
        half_width=half,
        low=max(0.0, expected - half),
        high=min(1.0, expected + half),
        gate=gate,
        below=below,
        to_tell=size.items_to_tell(gate, below),
        to_halve=careful.items_for(half / 2),
        answers=items * annotators,
        median_ms=planned if median is None else median,
        measured=measured,
        price=None if price is None else price * items * annotators,
        currency=currency,
    )


def _brief(connection: Connection, project_id: int) -> tuple[float, float | None, str, float | None]:
    """The gate, the price of an answer with its currency, and how long one is planned to take, in milliseconds."""
    brief = get_current_brief(connection, project_id)
    if brief is None:
        return 0.80, None, "", None
    figures, seconds = brief.figures, brief.plan.seconds
    gate = min(max(figures.agreement.at_least, 0.02), MOST_LIKELY)
    return gate, figures.unit_price, figures.currency, None if seconds is None else seconds * 1000
