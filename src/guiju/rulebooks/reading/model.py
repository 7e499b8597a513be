"""What a reader sees of a rulebook."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from guiju.kit.words import Bilingual
from guiju.rulebooks.model import Clause, Example, Label, Rulebook


@dataclass(frozen=True, slots=True)
class Step:
    """A question of the way to a decision: where it holds its clause decides, by the steps below it; else the next."""

    clause: Clause
    below: tuple["Step", ...] = ()

    @property
    def question(self) -> Bilingual:
        """The clause's condition; one without has its title for its case."""
        return self.clause.condition or self.clause.title


@dataclass(frozen=True, slots=True)
class Reading:
    """`ways` are decision trees: steps that are taken one after the other until one holds."""

    rulebook: Rulebook
    labels: Mapping[str, Label]
    examples: Mapping[str | None, Sequence[Example]]
    ways: tuple[tuple[Step, ...], ...]

    def name_of(self, label: str) -> Bilingual:
        """What a label is called; one that the rulebook does not have is called by its id."""
        found = self.labels.get(label)
        return found.name if found else {"zh": label, "en": label}

    def titles_of(self, fields: Sequence[str]) -> list[Bilingual]:
        """What fields are called; one that there is not by its id."""
        titles = {field.id: field.title for field in self.rulebook.fields}
        return [titles.get(name, {"zh": name, "en": name}) for name in fields]

    def color_of(self, label: str) -> str:
        found = self.labels.get(label)
        return found.color if found else "#888888"
