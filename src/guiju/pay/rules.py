"""What is paid for what was done: counts and rates in, lines out. Pure, in whole numbers."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

from guiju.annotations import RoundKind
from guiju.kit import N_, digest
from guiju.kit.money import divide, to_cents
from guiju.pay.errors import PeriodClosed, PeriodNotOver, RateCardRefused
from guiju.pay.model import PAID_KINDS, Card, Closed, Counted, Line, LineKind, Period, Statement, Terms, Unit

HOUR_MS = 3_600_000
_NOTHING = N_("it has no rate")
_TWICE = N_("two rates are for the same rounds")
_PERCENT = N_("a percentage lies between 0 and 100")
_KIND = N_("rounds of this kind are not paid")
_CURRENCY = N_("a currency has three letters, as CNY")
_OTHER_CURRENCY = N_("the cards of a project keep their currency")


def check_terms(terms: Terms, before: Card | None) -> None:
    """Raises `RateCardRefused`."""
    scopes = [(one.kind, one.round_id) for one in terms.rates]
    percents = (terms.defect_percent, terms.rework_percent)
    currency = terms.currency
    wrong = (
        (not terms.rates, _NOTHING),
        (len(set(scopes)) < len(scopes), _TWICE),
        (any(not 0 <= each <= 100 for each in percents), _PERCENT),
        (any(kind not in PAID_KINDS for kind, _ in scopes), _KIND),
        (not (len(currency) == 3 and currency.isascii() and currency.isupper()), _CURRENCY),
        (before is not None and before.terms.currency != currency, _OTHER_CURRENCY),
    )
    for fault, reason in wrong:
        if fault:
            raise RateCardRefused(reason=reason)


def check_open(period: Period, closed: Iterable[Closed]) -> None:
    """No day of it is paid already. Raises `PeriodClosed`."""
    for each in closed:
        if period.from_at < each.period.to_at and each.period.from_at < period.to_at:
            raise PeriodClosed(number=each.number)


def open_part(period: Period, closed: Iterable[Closed]) -> Period | None:
    """The days that are not closed yet: those at the beginning that are, are left out. Raises `PeriodClosed`."""
    begins = period.from_at
    for each in sorted(closed, key=lambda one: one.period.from_at):
        if each.period.from_at <= begins < each.period.to_at:
            begins = each.period.to_at
    if begins >= period.to_at:
        return None
    left = Period(begins, period.to_at)
    check_open(left, closed)
    return left


def open_gaps(period: Period, closed: Iterable[Closed]) -> list[Period]:
    """What of a period is in no closed one."""
    gaps, begins = list[Period](), period.from_at
    for each in sorted(closed, key=lambda one: one.period.from_at):
        gaps.append(Period(begins, min(each.period.from_at, period.to_at)))
        begins = max(begins, each.period.to_at)
    gaps.append(Period(begins, period.to_at))
    return [one for one in gaps if one.from_at < one.to_at]


def check_closing(period: Period, closed: Iterable[Closed], now: int) -> None:
    """Raises `PeriodNotOver`, `PeriodClosed`."""
    check_open(period, closed)
    if period.to_at > now:
        raise PeriodNotOver


def parts_of(period: Period, cards: Sequence[Card]) -> list[tuple[Card, Period]]:
    """The period cut where one card follows the other; days before the first card are paid by none."""
    ordered = sorted(cards, key=lambda card: card.version)
    ends = [*(card.valid_from for card in ordered[1:]), period.to_at]
    found = [
        (card, Period(max(period.from_at, card.valid_from), min(period.to_at, end)))
        for card, end in zip(ordered, ends, strict=False)
    ]
    return [(card, part) for card, part in found if part.from_at < part.to_at]


def amount_of(quantity: int, unit: Unit, rate: int, percent: int = 100) -> int:
    """Millionths for a quantity, rounded once.

    >>> amount_of(3, Unit.ITEM, 125_000), amount_of(1_800_000, Unit.HOUR, 30_000_000, 50)
    (375000, 7500000)
    """
    return divide(quantity * rate * percent, 100 * (HOUR_MS if unit is Unit.HOUR else 1))


def lines_of(
    card: Card,
    kinds: Mapping[int, RoundKind],
    done: Iterable[Counted],
    again: Iterable[Counted],
    defective: Iterable[Counted],
) -> list[Line]:
    """What was done under one card: work, own work done `again` where a defect was found, and what is taken off for
    `defective` items. Rounds without a rate are not paid."""
    terms = card.terms
    found = list[Line]()
    ways = (
        (LineKind.WORK, 100, done),
        (LineKind.REWORK, terms.rework_percent, again),
        (LineKind.DEFECT, terms.defect_percent - 100, defective),
    )
    for kind, percent, counts in ways:
        for each in counts:
            rate = card.rate_of(kinds[each.round_id], each.round_id)
            quantity = each.of(rate.unit) if rate else 0
            if rate and quantity and percent:
                amount = amount_of(quantity, rate.unit, rate.rate, percent)
                found.append(Line(kind, card.id, each.round_id, rate.unit, quantity, rate.rate, percent, amount))
    return found


LineKey: TypeAlias = tuple[str, int, int, str]


def adjust(statement_id: int, now: Iterable[Line], paid: Iterable[Line]) -> list[Line]:
    """What a closed statement would say other today than what was paid for it, line by line."""
    then, today = _summed(paid), _summed(now)
    both = [(then.get(key), today.get(key)) for key in {**then, **today}]
    return [_difference(statement_id, *pair) for pair in both if _moved(*pair)]


def _moved(before: Line | None, after: Line | None) -> bool:
    return (before.amount if before else 0) != (after.amount if after else 0)


def _summed(lines: Iterable[Line]) -> dict[LineKey, Line]:
    found = dict[LineKey, Line]()
    for line in lines:
        old = found.get(line.key)
        quantity, amount = (old.quantity, old.amount) if old else (0, 0)
        found[line.key] = Line(
            line.kind,
            line.card_id,
            line.round_id,
            line.unit,
            line.quantity + quantity,
            line.rate,
            line.percent,
            line.amount + amount,
        )
    return found


def _difference(statement_id: int, before: Line | None, after: Line | None) -> Line:
    like = after or before
    assert like is not None  # one of the two has the key
    quantity = (after.quantity if after else 0) - (before.quantity if before else 0)
    amount = (after.amount if after else 0) - (before.amount if before else 0)
    return Line(
        like.kind, like.card_id, like.round_id, like.unit, quantity, like.rate, like.percent, amount, statement_id
    )


def total_of(lines: Iterable[Line]) -> int:
    """The sum, rounded to the cent."""
    return to_cents(sum(line.amount for line in lines))


def digest_of(statement: Statement, number: int) -> str:
    """What a closed statement is known by: everything that it says."""
    said = [number, statement.account_id, statement.period.from_at, statement.period.to_at, statement.currency]
    return digest([*said, statement.total, statement.active_ms, list(statement.lines)])
