"""What can be wrong with soft labels."""

from math import fsum, isfinite

from guiju.kinds.model import FieldShape, ItemShape, Problem
from guiju.kinds.problems import problem, unknown_label
from guiju.kinds.soft.shape import NEAR, Soft, tidy
from guiju.kit import N_

no_shares = problem("no-shares", N_("No label has a share in “{field}”."), N_("Give each label that fits its share."))
no_share = problem(
    "not-a-share",
    N_("{share} is no share of “{label}” in “{field}”: shares lie between 0 and 1."),
    N_("Give shares of one; 60% is written 0.6."),
)
wrong_sum = problem(
    "shares-off",
    N_("The shares in “{field}” add up to {sum}, not to 1."),
    N_("Give out what is left, or take back what is too much."),
)


def check(answer: Soft, field: FieldShape, _item: ItemShape) -> list[Problem]:
    """Labels that the rulebook has, shares in [0, 1], together 1."""
    weights = tidy(answer).weights
    if not weights:
        return [no_shares(field=field.id)] if field.required else []
    problems = [unknown_label(field=field.id, label=label) for label in weights if label not in field.rank]
    odd = [(label, share) for label, share in weights.items() if not (isfinite(share) and 0 <= share <= 1 + NEAR)]
    problems += [no_share(field=field.id, label=label, share=f"{share:g}") for label, share in odd]
    whole = fsum(weights.values())
    if not odd and abs(whole - 1) > NEAR:
        problems.append(wrong_sum(field=field.id, sum=f"{whole:.6g}"))
    return problems
