"""What is shown of defects, and in which order. Pure."""

from collections.abc import Mapping, Sequence

from guiju.coaching.slips.model import Judged, Rate, Slip

SEVERAL = 2


def find_slips(judged: Sequence[Judged], people: Mapping[str, int], practised: Mapping[str, int]) -> list[Slip]:
    """The clauses got wrong: one's own first, the most frequent first, then what several others got wrong.

    `people` counts who got a clause wrong in one's rounds, `practised` says when a clause was practised first.
    """
    mine = {one.clause for one in judged if one.clause is not None}
    clauses = mine | {clause for clause, n in people.items() if n >= SEVERAL}
    slips = [_slip(clause, judged, people.get(clause, 0), practised.get(clause)) for clause in clauses]
    return sorted(slips, key=lambda one: (-one.own, -one.people, one.clause))


def _slip(clause: str, judged: Sequence[Judged], people: int, since: int | None) -> Slip:
    own = [one for one in judged if one.clause == clause]
    before = [one for one in judged if since is None or one.at < since]
    after = [one for one in judged if since is not None and one.at >= since]
    return Slip(
        clause,
        len(own),
        sum(one.corrected for one in own),
        people,
        _rate(clause, before),
        _rate(clause, after) if since is not None else None,
    )


def _rate(clause: str, judged: Sequence[Judged]) -> Rate:
    return Rate(sum(one.clause == clause for one in judged), len(judged))
