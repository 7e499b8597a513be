"""Which answers a change of the rulebook makes doubtful: pure, from the two documents."""

from collections.abc import Collection, Iterable, Iterator

from guiju.kit import N_
from guiju.planning.impact.model import Touch
from guiju.rulebooks import Difference, Rulebook, Weight, differences

AMENDED = N_("Clause {id} was amended after a ruling on a dispute.")


def touches(old: Rulebook, new: Rulebook) -> list[Touch]:
    """The changes of meaning, checks aside: those are tried on the answers themselves."""
    heavy = [change for change in differences(old, new) if change.weight is Weight.MAJOR]
    return [touch for change in heavy for touch in _touch(change, old, new)]


def _touch(change: Difference, old: Rulebook, new: Rulebook) -> Iterator[Touch]:
    told = (change.group, change.id, change.weight.name.lower(), change.sentence, dict(change.details))
    if change.group == "labels":
        yield Touch(*told, labels=frozenset({change.id}))
    elif change.group == "clauses":
        yield Touch(*told, labels=_labels_of(change.id, old) | _labels_of(change.id, new))
    elif change.group == "fields":
        label = change.details.get("label")
        is_added = change.id not in {field.id for field in old.fields}
        is_required = any(field.id == change.id and field.required for field in new.fields)
        if label is not None:
            yield Touch(*told, field=change.id, labels=frozenset({str(label)}))
        elif not is_added:
            yield Touch(*told, field=change.id)
        elif is_required:
            yield Touch(*told, field=change.id, everything=True)


def _labels_of(clause_id: str, rulebook: Rulebook) -> frozenset[str]:
    """What a clause and those it wins over are about."""
    clauses = {clause.id: clause for clause in rulebook.clauses}
    own = clauses.get(clause_id)
    if own is None:
        return frozenset()
    return frozenset({*own.labels, *(name for other in own.over if other in clauses for name in clauses[other].labels)})


def changed_checks(old: Rulebook, new: Rulebook) -> frozenset[str]:
    """Checks that ask for something else than before, or are new."""
    before = {check.id: (check.field, check.when, check.expect) for check in old.checks}
    return frozenset(
        check.id for check in new.checks if before.get(check.id) != (check.field, check.when, check.expect)
    )


def amended_touches(amended: Iterable[tuple[str, Collection[str]]], draft: Rulebook) -> list[Touch]:
    """What amended clauses make doubtful: answers with a label that the clause is about; where it names none, with one
    of the labels of the case that was ruled on. `amended` are `(clause, labels of the case)`."""
    clauses = {clause.id: clause for clause in draft.clauses}
    cases: dict[str, set[str]] = {}
    for clause, labels in amended:
        if clause in clauses:
            cases.setdefault(clause, set()).update(labels)
    return [
        Touch("clauses", clause, "minor", AMENDED, {}, labels=frozenset(clauses[clause].labels or labels))
        for clause, labels in cases.items()
    ]
