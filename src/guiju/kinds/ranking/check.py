"""What can be wrong with a ranking."""

from collections import Counter

from guiju.kinds.model import FieldShape, ItemShape, Problem
from guiju.kinds.problems import problem
from guiju.kinds.ranking.shape import Preference, Ranking, letter
from guiju.kit import N_

not_ranked = problem(
    "not-ranked", N_("“{field}” is not answered."), N_("Say which answer is better, or put all in order.")
)
unknown_answer = problem(
    "unknown-answer",
    N_("“{field}” ranks answer {answer}; the item has {answers}."),
    N_("Reload the item, then rank the answers that it has."),
)
ranked_twice = problem(
    "ranked-twice", N_("“{field}” gives answer {answer} two places."), N_("Give each answer one place.")
)
not_all_ranked = problem(
    "not-all-ranked", N_("“{field}” gives no place to {missing}."), N_("Give every answer a place.")
)
tie_not_allowed = problem(
    "tie-not-allowed", N_("“{field}” allows no ties: {tied}."), N_("Decide which of them is better.")
)
not_one_best = problem(
    "not-one-best",
    N_("“{field}” asks for the best answer alone."),
    N_("Put the best answer first and all others after it."),
)
not_best_and_worst = problem(
    "not-best-and-worst",
    N_("“{field}” asks for the best and the worst answer."),
    N_("Put the best answer first, the worst one last, and all others between them."),
)


def check(answer: Ranking, field: FieldShape, item: ItemShape) -> list[Problem]:
    """Each answer of the item once, and the groups that the field's mode asks for."""
    if not answer.order:
        return [not_ranked(field=field.id)] if field.required else []
    given = Counter(one for group in answer.order for one in group)
    strange = sorted(one for one in given if not 0 <= one < item.parts)
    problems = [unknown_answer(field=field.id, answer=one + 1, answers=item.parts) for one in strange]
    problems += [ranked_twice(field=field.id, answer=letter(one)) for one, n in sorted(given.items()) if n > 1]
    missing = [letter(one) for one in range(item.parts) if one not in given]
    problems += [not_all_ranked(field=field.id, missing=", ".join(missing))] if missing else []
    return problems or _check_groups(answer, field)


def _check_groups(answer: Ranking, field: FieldShape) -> list[Problem]:
    asked, order = field.option(Preference), answer.order
    if asked.ties and len(order) == 1:
        return []
    if asked.mode == "rank":
        return [_tied(field, group) for group in order if len(group) > 1 and not asked.ties]
    if asked.mode == "best":
        alone = len(order) == 2 and (asked.ties or len(order[0]) == 1)
        return [] if alone else [not_one_best(field=field.id)]
    ends = len(order) in {2, 3} and len(order[0]) == len(order[-1]) == 1
    return [] if ends else [not_best_and_worst(field=field.id)]


def _tied(field: FieldShape, group: tuple[int, ...]) -> Problem:
    return tie_not_allowed(field=field.id, tied=" = ".join(letter(one) for one in group))
