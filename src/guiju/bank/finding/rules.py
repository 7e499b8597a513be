"""What is decided about a search. Pure."""

from collections.abc import Iterable, Mapping, Sequence

from guiju.bank.finding.errors import FacetUnknown, SearchTooLong
from guiju.bank.finding.model import Counted, Facet, Search

MOST_QUERY, MOST_LIKE, MOST_VALUE = 500, 4_000, 120
SHOWN_VALUES = 12


def read_search(q: str = "", label: str = "", facets: Iterable[str] = (), like: str = "", into: int = 0) -> Search:
    """A search as an address or a command says it, facets as `grade:A`. Raises `FacetUnknown`, `SearchTooLong`.

    >>> read_search(facets=["grade:A", "grade:B", "kind:choice"]).chosen
    ('grade:A', 'grade:B', 'kind:choice')
    """
    for part, said, most in (("q", q, MOST_QUERY), ("like", like, MOST_LIKE)):
        if len(said) > most:
            raise SearchTooLong(part=part, most=most)
    chosen: dict[Facet, set[str]] = {}
    for each in facets:
        name, colon, value = each.partition(":")
        if not colon or not value.strip() or name not in set(Facet):
            raise FacetUnknown(said=each[:80], known=", ".join(Facet))
        chosen.setdefault(Facet(name), set()).add(value.strip()[:MOST_VALUE])
    held = {facet: frozenset(values) for facet, values in chosen.items()}
    return Search(" ".join(q.split()), label.strip()[:60], held, like.strip(), into)


def toggled(search: Search, facet: Facet, value: str) -> tuple[str, ...]:
    """The facets of an address with one value taken in, or out where it was chosen.

    >>> toggled(read_search(facets=["grade:A"]), Facet.GRADE, "B")
    ('grade:A', 'grade:B')
    >>> toggled(read_search(facets=["grade:A"]), Facet.GRADE, "A")
    ()
    """
    said = f"{facet.value}:{value}"
    return tuple(each for each in search.chosen if each != said) if said in search.chosen else (*search.chosen, said)


def several_values(said: str) -> list[str]:
    """The values of a column that may say several, such as the kinds of answers; one alone needs no taking apart.

    >>> several_values("box, choice,box"), several_values("box")
    (['box', 'choice'], [])
    """
    if "," not in said:
        return []
    return list(dict.fromkeys(value.strip()[:MOST_VALUE] for value in said.split(",") if value.strip()))


def ordered(search: Search, counts: Mapping[Facet, Mapping[str, int]]) -> tuple[Counted, ...]:
    """The facets in their order; of each the most frequent values, and whatever is chosen. A facet with one value
    that nobody chose narrows nothing and is left out."""
    found = list[Counted]()
    for facet in Facet:
        chosen, held = search.facets.get(facet, frozenset[str]()), counts.get(facet, {})
        names = _names(facet, held)[:SHOWN_VALUES]
        names += [each for each in sorted(chosen) if each not in names]
        if len(names) > 1 or chosen:
            found.append(Counted(facet, tuple((each, held.get(each, 0), each in chosen) for each in names)))
    return tuple(found)


def _names(facet: Facet, held: Mapping[str, int]) -> list[str]:
    if facet is Facet.GRADE:
        return sorted(held)
    return sorted(held, key=lambda each: (-held[each], each))


def merged(pages: Sequence[Sequence[tuple[Facet, str, int]]]) -> dict[Facet, dict[str, int]]:
    """Counts by facet and value."""
    found: dict[Facet, dict[str, int]] = {}
    for page in pages:
        for facet, value, count in page:
            found.setdefault(facet, {})[value] = found.get(facet, {}).get(value, 0) + count
    return found
