"""The shape of soft labels: `{"kind": "soft", "weights": {"joy": 0.6, "fear": 0.4}}`, shares that add up to 1."""

from collections.abc import Iterable, Mapping
from math import fsum, isfinite
from typing import cast

import msgspec

from guiju.kinds.model import Column, FieldShape, ItemShape, Swap

DECIMALS = 6
NEAR = 1e-6
"""How far from 1 the sum of shares may be: what rounding does, and nothing else."""


class Soft(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="soft"):
    """A share for each label that has one; none at all says that nothing was given."""

    weights: dict[str, float]


def tidy(answer: Soft) -> Soft:
    """Six decimals and no noughts; what rounding took from the sum goes to the largest share."""
    kept = {label: found for label, share in answer.weights.items() if (found := round(share, DECIMALS) + 0.0) != 0}
    gap = 1 - fsum(kept.values())
    if kept and 0 < abs(gap) <= NEAR * (len(kept) + 1):
        label = min(kept, key=lambda one: (-kept[one], one))
        kept[label] = round(kept[label] + gap, DECIMALS)
    return Soft({label: kept[label] for label in sorted(kept)})


def scaled(weights: Mapping[str, float]) -> Soft:
    """Strengths of any scale (0 to 100, votes) as shares of their sum, which must be above nought."""
    whole = fsum(weights.values())
    return tidy(Soft({label: weight / whole for label, weight in weights.items()}))


def is_finite(answer: Soft) -> bool:
    return all(isfinite(share) for share in answer.weights.values())


def normalise(answer: Soft, field: FieldShape) -> Soft:
    """Tidied, in the rulebook's order."""
    weights = tidy(answer).weights
    return Soft({label: weights[label] for label in sorted(weights, key=lambda one: (_place(one, field), one))})


def _place(label: str, field: FieldShape) -> int:
    return field.rank.get(label, len(field.labels))


def labels_of(answer: Soft) -> dict[str, int]:
    return {label: 1 for label, share in answer.weights.items() if share > 0}


def relabel(answer: Soft, swap: Swap) -> Soft:
    """The shares of labels that become one are added, so the whole stays the whole."""
    together: dict[str, list[float]] = {}
    for label, share in answer.weights.items():
        together.setdefault(swap(label, ""), []).append(share)
    return tidy(Soft({label: fsum(shares) for label, shares in together.items()}))


def by_share(answer: Soft) -> list[tuple[str, float]]:
    """The labels with their shares, the largest first."""
    return sorted(answer.weights.items(), key=lambda entry: (-entry[1], entry[0]))


def columns(answer: Soft, _item: ItemShape) -> dict[str, Column]:
    """One row a label that has a share: `label`, `share`, and `labels_used` in all."""
    given = by_share(tidy(answer))
    return {
        "label": [label for label, _ in given],
        "share": [share for _, share in given],
        "labels_used": [float(len(given))] * len(given),
    }


def expand(value: object) -> object:
    """`{joy: 0.6, fear: 0.4}` as soft labels."""
    if not isinstance(value, Mapping) or "kind" in value:
        return cast("object", value)
    return {"kind": "soft", "weights": dict(cast("Mapping[object, object]", value))}


def summary(answer: Soft) -> str:
    return " · ".join(f"{label} {percent(share)}" for label, share in by_share(answer)) or "–"


def percent(share: float) -> str:
    return f"{share * 100:.3g}%"


def labels_in(answers: Iterable[Soft]) -> list[str]:
    """Every label that any of them gives a share, sorted."""
    return sorted({label for answer in answers for label in answer.weights})
