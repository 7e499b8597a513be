"""What is taught, in which order, and what is new to whoever learnt an older version. Pure."""

from collections.abc import Iterable, Mapping, Sequence

from guiju.coaching.lessons.model import NEWS, Lesson, News, Progress
from guiju.kit import digest
from guiju.rulebooks import Clause, Difference, Example, Label, Polarity, Rulebook, Weight

# Of each polarity so many examples are shown; the others are left for questions.
SHOWN_EACH = 2
QUESTIONS = 3


def plan_lessons(rulebook: Rulebook) -> list[Lesson]:
    """First the clauses about no label, then the labels as they stand in their tree, each under the one above it."""
    decided = decision_order(rulebook.clauses)
    general = [_of_clause(rulebook, clause, decided) for clause in rulebook.clauses if _is_general(clause, rulebook)]
    general = [lesson for lesson in general if any(any(clause.text.values()) for clause in lesson.clauses)]
    return [*general, *(_of_label(rulebook, label, depth, decided) for label, depth in in_tree(rulebook.labels))]


def in_tree(labels: Sequence[Label]) -> list[tuple[Label, int]]:
    """Each label behind the one it stands under, with its depth; those of one parent in the rulebook's order."""
    known = {label.id for label in labels}
    below: dict[str | None, list[Label]] = {}
    for label in labels:
        below.setdefault(label.parent if label.parent in known else None, []).append(label)
    found, waiting = list[tuple[Label, int]](), [(label, 0) for label in reversed(below.get(None, []))]
    while waiting:
        label, depth = waiting.pop()
        found.append((label, depth))
        waiting += [(child, depth + 1) for child in reversed(below.get(label.id, []))]
    return found


def decision_order(clauses: Sequence[Clause]) -> list[Clause]:
    """Whatever wins over another clause stands before it; else the order of the document."""
    left, found = list(clauses), list[Clause]()
    while left:
        beaten = {loser for clause in left for loser in clause.over}
        first = next((clause for clause in left if clause.id not in beaten), left[0])
        left.remove(first)
        found.append(first)
    return found


def _is_general(clause: Clause, rulebook: Rulebook) -> bool:
    """A heading and what stands under it, where neither is about labels; a sub-clause goes with its heading."""
    if clause.labels:
        return False
    parent = _heading(clause)
    headings = {each.id for each in rulebook.clauses if not each.labels}
    return parent == clause.id or parent not in headings


def _heading(clause: Clause) -> str:
    return clause.id.split(".", maxsplit=1)[0]


def _of_clause(rulebook: Rulebook, clause: Clause, decided: Sequence[Clause]) -> Lesson:
    mine = [each for each in decided if not each.labels and (each.id == clause.id or _heading(each) == clause.id)]
    mine.sort(key=lambda each: each.id != clause.id)
    ids = {each.id for each in mine}
    examples = [each for each in rulebook.examples if each.clause in ids]
    return _lesson(f"clause:{clause.id}", None, mine, examples, 0)


def _of_label(rulebook: Rulebook, label: Label, depth: int, decided: Sequence[Clause]) -> Lesson:
    mine = [clause for clause in decided if label.id in clause.labels and any(clause.text.values())]
    examples = [each for each in rulebook.examples if each.label == label.id]
    return _lesson(f"label:{label.id}", label, mine, examples, depth)


def _lesson(
    key: str, label: Label | None, clauses: Sequence[Clause], examples: Iterable[Example], depth: int
) -> Lesson:
    shown = _side_by_side(examples)
    said = {
        "definition": dict(label.definition) if label is not None else {},
        "clauses": [[clause.id, dict(clause.text), list(clause.over)] for clause in clauses],
    }
    return Lesson(key, label, tuple(clauses), tuple(shown), depth, digest(said))


def _side_by_side(examples: Iterable[Example]) -> list[Example]:
    """Some of each polarity; where there are few, one is left to be asked about."""
    found = list(examples)
    shown = list[Example]()
    for polarity in Polarity:
        of = [each for each in found if each.polarity is polarity]
        keep = SHOWN_EACH if len(of) > SHOWN_EACH else max(1, len(of) - 1)
        shown += of[:keep]
    return shown


def decide_progress(lesson: Lesson, learnt: Mapping[str, str]) -> Progress:
    """`learnt` is by lesson what it said when it was learnt, as a digest."""
    if lesson.key not in learnt:
        return Progress.OPEN
    return Progress.LEARNT if learnt[lesson.key] == lesson.digest else Progress.CHANGED


def find_news(since: str, changes: Sequence[Difference], lessons: Sequence[Lesson]) -> News | None:
    """What is told to whoever learnt version `since`; wording alone is no news."""
    told = tuple(change for change in changes if change.weight is not Weight.PATCH)
    if not told:
        return None
    labels = {change.id for change in told if change.group == "labels"}
    clauses = {change.id for change in told if change.group == "clauses"}
    about = {one.label.id for one in lessons if one.label is not None and one.label.id in labels}
    known = {clause.id for one in lessons for clause in one.clauses}
    return News(since, told, tuple(sorted(about)), tuple(sorted(clauses & known)))


def learnt_by(key: str, lessons: Sequence[Lesson], before: Iterable[str]) -> dict[str, str]:
    """What is learnt with lesson `key`: itself; with what is new, all that was learnt before in its new words."""
    digests = {one.key: one.digest for one in lessons}
    if key != NEWS:
        return {key: digests[key]}
    return {each: digests[each] for each in before if each in digests}
