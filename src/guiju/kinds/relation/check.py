"""What can be wrong with relations, in themselves and given the spans that they join."""

from collections import Counter
from collections.abc import Iterator

from guiju.kinds.model import FieldShape, ItemShape, Problem
from guiju.kinds.problems import problem, unknown_label
from guiju.kinds.relation.options import ANY, RelationOptions
from guiju.kinds.relation.shape import Link, Relations, spans_in, tidy
from guiju.kit import N_

MOST_LINKS = 20_000

too_many_links = problem(
    "too-many-links",
    N_("“{field}” has {count} links; an answer holds {limit}."),
    N_("Split the text, or ask the trainer whether every one of them is wanted."),
)
link_id_twice = problem(
    "link-id-twice",
    N_("Two links in “{field}” have the same id “{shape}”."),
    N_("Reload the item; if an import made them, give each link an id of its own."),
)
link_to_itself = problem(
    "link-to-itself",
    N_("Link “{shape}” in “{field}” joins “{end}” with itself."),
    N_("Delete it, or draw it to another span."),
)
same_link = problem(
    "same-link",
    N_("Links “{shape}” and “{other}” in “{field}” are the same: one label between the same spans."),
    N_("Delete one of them."),
)
end_missing = problem(
    "end-missing",
    N_("Link “{shape}” in “{field}” joins “{end}”, which is not among the spans of “{other}”."),
    N_("Delete the link, or mark the span again and draw the link to it."),
)
link_not_allowed = problem(
    "link-not-allowed",
    N_("Link “{shape}” in “{field}”: “{label}” may not go from “{from_label}” to “{to_label}”."),
    N_("Turn it round, give it another label, or look whether its spans have the right ones."),
)


def check(answer: Relations, field: FieldShape, _item: ItemShape) -> list[Problem]:
    """Known labels, ids of their own, none twice, none to itself."""
    count = len(answer.links)
    if count > MOST_LINKS:
        return [too_many_links(field=field.id, count=count, limit=MOST_LINKS)]
    links = tidy(answer).links
    problems = [
        unknown_label(field=field.id, label=link.label, shape=link.id) for link in links if link.label not in field.rank
    ]
    ids = Counter(link.id for link in links)
    problems += [link_id_twice(field=field.id, shape=name) for name, times in ids.items() if times > 1]
    problems += [
        link_to_itself(field=field.id, shape=link.id, end=link.origin) for link in links if link.origin == link.goal
    ]
    return problems + [same_link(field=field.id, shape=a.id, other=b.id) for a, b in _equal(links, field)]


def _equal(links: tuple[Link, ...], field: FieldShape) -> Iterator[tuple[Link, Link]]:
    undirected = field.option(RelationOptions).undirected
    known: dict[tuple[str, str, str], Link] = {}
    for link in links:
        ends = sorted((link.origin, link.goal)) if link.label in undirected else (link.origin, link.goal)
        first = known.setdefault((link.label, ends[0], ends[1]), link)
        if first is not link:
            yield first, link


def check_beside(answer: Relations, field: FieldShape, parent: object) -> list[Problem]:
    """Ends that are there, and labels that may go between them."""
    options, spans = field.option(RelationOptions), spans_in(parent)
    problems: list[Problem] = []
    for link in tidy(answer).links[: MOST_LINKS + 1]:
        named = {"field": field.id, "shape": link.id}
        origin, goal = spans.get(link.origin), spans.get(link.goal)
        lacking = [name for name in dict.fromkeys((link.origin, link.goal)) if name not in spans]
        problems += [end_missing(**named, end=name, other=options.of) for name in lacking]
        if origin is None or goal is None or origin is goal:
            continue
        if not options.ends.get(link.label, ANY).joins(origin.label, goal.label):
            ends = {"from_label": origin.label, "to_label": goal.label}
            problems.append(link_not_allowed(**named, label=link.label, **ends))
    return problems
