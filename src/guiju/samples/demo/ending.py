"""The second half of a project: the customer signs, the period is paid, the trainer looks back, the bank is filled.

The customer's requester judges a sample of their own by the truth, the manager closes the days that are over, the
trainer adds words to what the program wrote, and the bank gets what the customer allows others to use.
"""

from guiju.annotations import RoundKind, RoundState, list_rounds
from guiju.bank import Choice, Drawn, draw_from_bank, give_consent
from guiju.bank.offering import read_offer
from guiju.inspection.acceptance import (
    Decision,
    Promise,
    Said,
    Sizing,
    get_acceptance,
    judge_place,
    lay_places,
    look_at_offer,
    open_acceptance,
    sign_acceptance,
)
from guiju.kit import new_id
from guiju.kit.money import money_text, parse_money
from guiju.pay import Period, Rate, Terms, Unit, close_period, list_statements, set_card
from guiju.planning.retrospective.actions import finish_retrospective, write_retrospective
from guiju.samples.demo.calendar import DAY, Calendar, let_pass
from guiju.samples.demo.eyes import find_fault
from guiju.samples.demo.journey import Journey
from guiju.samples.demo.papers import CONDITION, CONSENT, GENERAL, PAID, RETROSPECTIVE, SIGNER, day_after
from guiju.work import set_round_running

SAMPLE = 13
"""Items of the customer's own sample, at most."""
LOOK_SECONDS = 15.0
CONDITION_DAYS = 14


def go_to_the_end(journey: Journey) -> None:
    """From the gate on: production, both inspections, delivery, the bank, pay, and the look back."""
    begins = write_rates(journey)
    journey.go_on_to_acceptance()
    let_pass(journey.house, days=0.4)
    accept_by_customer(journey)
    if journey.material.document in GENERAL:
        consent(journey)
    journey.deliver()
    journey.deposit()
    let_pass(journey.house, days=1.0)
    pay_the_work(journey, begins)
    look_back(journey)


def write_rates(journey: Journey) -> int:
    """Who pays writes the rate card; it holds from the day on which the project was opened. Returns that moment."""
    begins = journey.opened_at // DAY * DAY
    rate = parse_money(PAID[journey.material.document])
    kinds = (RoundKind.PRODUCTION, RoundKind.TRIAL, RoundKind.REWORK, RoundKind.RECHECK)
    terms = Terms("CNY", tuple(Rate(kind, Unit.ITEM, rate) for kind in kinds), floor=parse_money("25"))
    set_card(journey.house, journey.by("qianjin"), journey.id, terms, valid_from=begins, request_id=new_id())
    return begins


def accept_by_customer(journey: Journey) -> Decision:
    """The requester draws a sample of their own, judges it and signs; with a condition, if anything was defective."""
    house, lin = journey.house, journey.by("linlan")
    sizing = Sizing(n=min(SAMPLE, look_at_offer(house, lin, journey.id).items))
    number = open_acceptance(house, lin, journey.id, request_id=new_id(), sizing=sizing)
    while laid := lay_places(house, lin, journey.id, number, want=1):
        place, item, given = laid[0].place, laid[0].item, laid[0].answers
        finding = find_fault(given, journey.material.truth[item.name].answers, journey.rulebook)
        judge_place(house, lin, journey.id, number, place.item_id, new_id(), finding)
        let_pass(house, seconds=LOOK_SECONDS)
    report = get_acceptance(house, lin, journey.id, number)
    defective = report.tally.defective
    promises = (Promise(CONDITION, day_after(house.clock(), CONDITION_DAYS)),) if defective else ()
    decision = Decision.CONDITIONS if promises else Decision.ACCEPT
    said = Said(decision, name=SIGNER, mark=report.mark, conditions=promises)
    sign_acceptance(house, lin, journey.id, number, said, request_id=new_id())
    journey.said("acceptance", sample=report.tally.n, defective=defective, decision=decision.value)
    return decision


def pay_the_work(journey: Journey, begins: int) -> int:
    """Who pays closes the days since `begins` as far as they are over; returns how many statements there are."""
    house, payer = journey.house, journey.by("qianjin")
    if not isinstance(house.clock, Calendar):  # where no day has passed, none is over
        return 0
    period = Period(begins, house.clock() // DAY * DAY)
    close_period(house, payer, journey.id, period, request_id=new_id())
    _, statements, _ = list_statements(house, payer, journey.id)
    total = sum(one.total for one in statements)
    journey.said("pay", statements=len(statements), total=f"{money_text(total)} {statements[0].currency}")
    return len(statements)


def look_back(journey: Journey) -> None:
    """The trainer closes what is done, has the retrospective written, adds their own words, signs."""
    house, trainer = journey.house, journey.by("zhouzheng")
    with house.reading() as connection:
        going = [one for one in list_rounds(connection, journey.id) if one.state is RoundState.OPEN]
    for each in going:
        set_round_running(house, trainer, each.id, RoundState.CLOSED)
    one = write_retrospective(house, trainer, journey.id, request_id=new_id())
    finish_retrospective(house, trainer, journey.id, one.version, revision=one.revision, words=RETROSPECTIVE)
    lines = {line.what: line for line in one.figures.lines}
    hours = lines["hours"].actual or 0.0
    journey.said("retrospective", hours=round(hours, 2), judged=one.figures.judged, defective=one.figures.defective)


def consent(journey: Journey) -> None:
    """The requester allows on record that others use what the project leaves in the bank."""
    give_consent(journey.house, journey.by("linlan"), journey.id, new_id(), CONSENT)


def draw_what_is_offered(journey: Journey) -> Drawn | None:
    """The brief is told what lies in the bank; the trainer draws what is sure, else what is to be looked at again."""
    house, trainer = journey.house, journey.by("zhouzheng")
    offer = read_offer(house, trainer, journey.id)
    journey.said("offer", wanted=offer.wanted, sure=offer.sure.count, recheck=offer.recheck.count, saved=offer.saved)
    part = offer.sure if offer.sure.count else offer.recheck
    if not part.count:
        return None
    drawn = draw_from_bank(house, trainer, journey.id, new_id(), Choice(search=part.search))
    journey.said("draw", items=drawn.items, answers=drawn.answers, recheck=drawn.recheck, duplicates=drawn.duplicates)
    return drawn
