"""What the editor is told of the text in it."""

from dataclasses import dataclass

from guiju.kit.words import Bilingual
from guiju.rulebooks.merging import Conflict
from guiju.rulebooks.model import Problem, Rulebook


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that the document defines, where it begins (a line from 1): for the outline and to complete names."""

    group: str
    id: str
    name: Bilingual
    line: int
    level: int = 1


@dataclass(frozen=True, slots=True)
class Looked:
    """`rulebook` is there if the text could be read. `revision` is the draft's by now: others may have saved."""

    revision: int
    problems: tuple[Problem, ...]
    rulebook: Rulebook | None
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Joined:
    """A text with what others saved meanwhile; where they conflict it holds mine. `revision` is theirs."""

    document: str
    revision: int
    conflicts: tuple[Conflict, ...]
