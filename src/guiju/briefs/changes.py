"""Two versions of a brief told in words: what changed where, word by word, and which gates move with it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from guiju.briefs.merging import entries_of
from guiju.briefs.model import FACET_NAMES, Brief, Facet, Figures, Gate, Sampling
from guiju.kit import N_, Mark, compare_texts

ENTRY_NAMES = {
    "title": N_("Title"),
    "customer": N_("Customer"),
    "trade": N_("Trade"),
    **FACET_NAMES,
    "volume": N_("Volume, items"),
    "agreement": N_("Agreement"),
    "aql": N_("AQL"),
    "level": N_("Inspection level"),
    "sampling": N_("Way of sampling"),
    "aql_critical": N_("AQL of critical defects"),
    "aql_minor": N_("AQL of minor defects"),
    "due": N_("Date of delivery"),
    "unit_price": N_("Unit price"),
    "currency": N_("Currency"),
    "rights": N_("Rights"),
    "start": N_("Start"),
    "trial": N_("End of the trial"),
    "people": N_("Annotators"),
    "hours_a_day": N_("Hours of annotating a day"),
    "days_a_week": N_("Days of work a week"),
    "seconds": N_("Seconds of work on one item"),
    "overlap": N_("Answers an item"),
    "budget": N_("Budget"),
    "mix": N_("Difficulty mix"),
    "questions": N_("Open questions"),
}


@dataclass(frozen=True, slots=True)
class Change:
    """One entry that differs. `place` is as in the document, `name` a msgid, `language` that of a facet's text."""

    place: str
    name: str
    language: str
    before: str
    after: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Moved:
    """A gate that reads another figure from the new signature on. `name` and `reader` are msgids: what it does."""

    code: str
    name: str
    before: str
    after: str
    reader: str


def compare_briefs(old: Brief, new: Brief) -> list[Change]:
    """What differs, in the document's order."""
    was, now = entries_of(old), entries_of(new)
    places = dict.fromkeys([*was, *now])
    return [_change(place, was.get(place), now.get(place)) for place in places if was.get(place) != now.get(place)]


def _change(place: tuple[str, ...], before: Any, after: Any) -> Change:
    language = place[-1] if place[-1] in ("zh", "en") and place[0] in ("title", "facets") else ""
    code = place[0] if place[0] in ("title", "questions", "mix") else place[-2 if language else -1]
    old, new = write_entry(before), write_entry(after)
    return Change(".".join(place), ENTRY_NAMES.get(code, code), language, old, new, tuple(compare_texts(old, new)))


def write_entry(value: Any) -> str:
    """An entry's value as a reader sees it."""
    if isinstance(value, Mapping):
        return _write_mapping(cast("Mapping[str, Any]", value))
    if isinstance(value, float):
        return f"{value:g}"
    return "" if value is None else f"{value:,}" if isinstance(value, int) else str(value)


def _write_mapping(value: Mapping[str, Any]) -> str:
    if "measure" in value:
        return f"{value['measure']} ≥ {value['at_least']:g} ({value['rule']})"
    told = (value.get("text"), value.get("owner"), value.get("due"), value.get("answer") and f"→ {value['answer']}")
    return " · ".join(str(each) for each in told if each)


READERS: dict[str, str] = {
    "agreement": N_("the trial's gate: production opens when it is reached"),
    "aql": N_("the inspection plan of each lot: how many are drawn, how many defects it bears"),
    "volume": N_("progress of production, and whether a delivery is complete"),
    "due": N_("what is late"),
    "rights": N_("the data bank: who may find and draw what was accepted"),
    "budget": N_("whether the work can be paid, and the estimate"),
}
"""What reads each figure, from the signature on."""

_READ_NAMES = {**{each: ENTRY_NAMES[each] for each in READERS}, "aql": N_("AQL and level")}


def moved_gates(signed: Brief, new: Brief) -> list[Moved]:
    """The gates that a new signature moves: agreement, AQL and level, volume, date, rights, budget."""
    was, now = _read(signed), _read(new)
    return [
        Moved(each, _READ_NAMES[each], was[each], now[each], READERS[each])
        for each in READERS
        if was[each] != now[each]
    ]


def _read(brief: Brief) -> dict[str, str]:
    f, budget = brief.figures, brief.plan.budget
    price = "–" if f.unit_price is None else f"{f.unit_price:g} {f.currency}"
    return {
        "agreement": _gate(f.agreement),
        "aql": _inspected(f),
        "volume": "–" if f.volume is None else f"{f.volume:,}",
        "due": "–" if f.due is None else f.due.isoformat(),
        "rights": f.rights,
        "budget": f"{'–' if budget is None else f'{budget:,.2f}'} {f.currency} ({price})",
    }


def _inspected(figures: Figures) -> str:
    """AQL and level, and what is not the usual way of sampling."""
    of_weights = {"critical": figures.aql_critical, "minor": figures.aql_minor}
    more = [f"{name} {aql:g}" for name, aql in of_weights.items() if aql is not None]
    way = [] if figures.sampling is Sampling.SINGLE else [figures.sampling.value]
    return " · ".join([f"{figures.aql:g}", figures.level, *way, *more])


def _gate(gate: Gate) -> str:
    return f"{gate.measure} ≥ {gate.at_least:g} ({gate.rule})"


def place_named(place: str) -> str:
    """The msgid for a place of the document: `facets.what.zh` → What."""
    parts = place.split(".")
    code = parts[1] if parts[0] in ("facets", "figures", "plan") and len(parts) > 1 else parts[0]
    return ENTRY_NAMES.get(Facet(code) if code in set(Facet) else code, code)
