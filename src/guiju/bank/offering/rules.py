"""What of the bank a project could take. Pure."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from guiju.bank.drawing.rules import SURE
from guiju.bank.finding.model import Facet, Search
from guiju.bank.offering.model import Found, Part

MOST_LABELS = 60


def search_for(
    trade: str, kinds: Iterable[str], labels: Iterable[str], languages: Iterable[str], into: int = 0
) -> Search:
    """What a project looks for: as far as each is known, its trade, its kinds, its labels and its languages.

    >>> search_for("voice", ["choice"], [], ["zh"]).chosen
    ('domain:voice', 'kind:choice', 'language:zh')
    """
    wanted = {
        Facet.DOMAIN: [trade] if trade else [],
        Facet.KIND: kinds,
        Facet.LABEL: sorted(labels)[:MOST_LABELS],
        Facet.LANGUAGE: languages,
    }
    return Search(facets={facet: frozenset(values) for facet, values in wanted.items() if list(values)}, into=into)


def split(found: Sequence[Found], means_the_same: Callable[[int], bool], search: Search) -> tuple[Part, Part]:
    """What is sure, and what needs a recheck, each with a search.

    That of the second finds a little more where grades and rulebooks cross: it names both, not their pairs.
    """
    same = {each.rulebook_id for each in found if means_the_same(each.rulebook_id)}
    sure = [each for each in found if each.rulebook_id in same and each.grade in SURE and not each.is_doubtful]
    return _part(sure, search), _part([each for each in found if each not in sure], search)


def _part(found: Sequence[Found], search: Search) -> Part:
    if not found:
        return Part(0, search)
    told = {
        Facet.RULEBOOK: frozenset(str(each.rulebook_id) for each in found),
        Facet.GRADE: frozenset(each.grade for each in found),
    }
    return Part(sum(each.count for each in found), replace(search, facets={**search.facets, **told}))


def grades_of(found: Sequence[Found], sure: Part) -> dict[str, int]:
    """How many of what is sure have each grade."""
    rulebooks, grades = (sure.search.facets.get(facet, frozenset[str]()) for facet in (Facet.RULEBOOK, Facet.GRADE))
    counts: dict[str, int] = {}
    for each in found:
        if str(each.rulebook_id) in rulebooks and each.grade in grades and not each.is_doubtful:
            counts[each.grade] = counts.get(each.grade, 0) + each.count
    return dict(sorted(counts.items()))
