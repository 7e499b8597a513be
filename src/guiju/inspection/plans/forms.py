"""The terms of a lot and where it draws from, read from a form's fields; shares are written in percent there."""

from collections.abc import Mapping
from typing import Any

from guiju.briefs import Sampling
from guiju.inspection.model import Split, Terms
from guiju.inspection.pool import Pool
from guiju.inspection.strata.model import By, Share, Stratify
from guiju.site import number

FIELDS = (
    *("round", "whose", "several", "size", "sampling", "aql", "critical", "minor", "level"),
    *("good", "poor", "alpha", "beta", "rate", "allowed", "most", "by", "share"),
)
EACH = "each"


def chosen_of(data: Mapping[str, object]) -> dict[str, str]:
    """Every field as text, cut short; what is missing is empty."""
    return {name: str(data.get(name) or "").strip()[:40] for name in FIELDS}


def terms_from(chosen: Mapping[str, str]) -> Terms:
    """Raises `NotANumber`."""
    told = dict[str, Any](chosen)
    size = int(number(told, "size", low=0, high=1e9, default=0))
    most = int(number(told, "most", low=0, high=1e9, default=0))
    sampling = chosen["sampling"]
    return Terms(
        size=size or None,
        aql=chosen["aql"] or None,
        level=chosen["level"] or None,
        sampling=Sampling(sampling) if sampling in set(Sampling) else None,
        critical=chosen["critical"] or None,
        minor=chosen["minor"] or None,
        good=_percent(chosen, "good"),
        poor=_percent(chosen, "poor"),
        alpha=_percent(chosen, "alpha"),
        beta=_percent(chosen, "beta"),
        rate=_percent(chosen, "rate"),
        allowed=_percent(chosen, "allowed"),
        most=most or None,
        strata=_strata(chosen),
    )


def _percent(chosen: Mapping[str, str], name: str) -> float | None:
    return round(number(dict[str, Any](chosen), name, low=0, high=100) / 100, 8) if chosen[name] else None


def _strata(chosen: Mapping[str, str]) -> Stratify | None:
    if chosen["by"] not in set(By):
        return None
    share = chosen["share"]
    return Stratify(By(chosen["by"]), Share(share) if share in set(Share) else Share.PROPORTIONAL)


def pool_from(project_id: int, chosen: Mapping[str, str]) -> Pool:
    """One annotator's work is `12`, one source's `s-3`, one day's `d-2026-11-22`; anything else is everybody's."""
    round_id, whose = _id(chosen["round"]), chosen["whose"]
    if whose.startswith("d-"):
        return Pool(project_id, round_id, day=whose[2:])
    if whose.startswith("s-"):
        return Pool(project_id, round_id, source_id=_id(whose[2:]))
    return Pool(project_id, round_id, _id(whose))


def split_from(chosen: Mapping[str, str]) -> Split | None:
    """What makes several lots: `each` is each annotator."""
    whose = Split.ANNOTATOR.value if chosen["whose"] == EACH else chosen["whose"]
    return Split(whose) if whose in set(Split) else None


def _id(text: str) -> int | None:
    return int(text) if text.isdecimal() else None
