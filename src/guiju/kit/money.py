"""Money as whole millionths of its currency: sums are exact, and nothing is rounded unnoticed.

A rate such as 0.125 yuan an item is 125,000; a statement's total is rounded once, to the cent, half away from zero.
"""

import re

from guiju.kit.errors import Refusal
from guiju.kit.words import N_

MICROS = 1_000_000
CENT = 10_000
MOST = 1_000_000 * MICROS
_PLAIN = re.compile(r"(\d{1,12})(?:\.(\d{1,6}))?")


class NotMoney(Refusal):
    code = "not-money"
    status = 422
    sentence = N_("“{value}” is no amount of money between 0 and 1,000,000 with six decimals at most.")
    next_step = N_("Write it as in “0.125”, without a sign or a currency.")


def parse_money(text: str) -> int:
    """Millionths of what is written. Raises `NotMoney`.

    >>> parse_money("0.125"), parse_money(" 12 ")
    (125000, 12000000)
    """
    found = _PLAIN.fullmatch(text.strip())
    value = int(found[1]) * MICROS + int((found[2] or "").ljust(6, "0")) if found else MOST + 1
    if value > MOST:
        raise NotMoney(value=text[:40])
    return value


def divide(value: int, by: int) -> int:
    """`value / by`, rounded half away from zero. `by` is positive.

    >>> divide(5, 2), divide(-5, 2), divide(4, 3)
    (3, -3, 1)
    """
    sign = -1 if value < 0 else 1
    return sign * ((2 * abs(value) + by) // (2 * by))


def to_cents(micros: int) -> int:
    """Rounded to the cent, still in millionths.

    >>> to_cents(1_234_567), to_cents(-5_000)
    (1230000, -10000)
    """
    return divide(micros, CENT) * CENT


def money_text(micros: int) -> str:
    """At least two decimals, and as many more as are not zero.

    >>> money_text(125_000), money_text(-1_500_000), money_text(12_345_000_000)
    ('0.125', '-1.50', '12,345.00')
    """
    whole, rest = divmod(abs(micros), MICROS)
    decimals = f"{rest:06}".rstrip("0").ljust(2, "0")
    return f"{'-' if micros < 0 else ''}{whole:,}.{decimals}"
