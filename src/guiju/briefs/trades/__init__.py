"""What a trainer asks the customer in each trade: one YAML file a trade, its questions by facet in both languages.

A file has `name`, `about`, a list of {zh, en} for each facet, and `figures`: what is usual in the trade before anything
is known (seconds of one annotator on one item, answers an item, AQL). They stand beside the fields and fill none.
"""

from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from guiju.briefs.model import Facet
from guiju.briefs.plain import items_of, read_yaml
from guiju.kit.words import Bilingual

TRADES = ("customer-service", "inspection", "driving", "medical", "voice", "content-safety", "llm-answers")


@dataclass(frozen=True, slots=True)
class Trade:
    """`questions` by facet; `seconds`, `overlap` and `aql` are the usual ones."""

    code: str
    name: Bilingual
    about: Bilingual
    seconds: float
    overlap: int
    aql: float
    questions: dict[Facet, tuple[Bilingual, ...]] = field(default_factory=dict[Facet, tuple[Bilingual, ...]])


@cache
def find_trade(code: str) -> Trade | None:
    """The trade, `None` where there is none of that code."""
    if code not in TRADES:
        return None
    root = read_yaml(files(__name__).joinpath(f"{code}.yaml").read_text(encoding="utf-8"))
    figures = root.need("figures")
    return Trade(
        code,
        root.need("name").two(),
        root.need("about").two(),
        figures.need("seconds").number(),
        int(figures.need("overlap").number()),
        figures.need("aql").number(),
        {facet: tuple(each.two() for each in items_of(root.find(facet))) for facet in Facet},
    )


def list_trades() -> list[Trade]:
    return [trade for code in TRADES if (trade := find_trade(code))]
