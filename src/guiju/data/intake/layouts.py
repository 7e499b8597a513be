"""What the columns of a table make: texts, dialogues or comparisons; as somebody said, or by their names. Pure."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import msgspec

from guiju.data.intake import errors
from guiju.data.intake.comparisons import Layout, find_layout, find_prompt, writers_of
from guiju.data.intake.dialogues import Spoken, find_list, find_spoken, guess_spoken
from guiju.data.intake.model import Columns
from guiju.data.intake.rules import decide_columns, demand_column, find_name_column
from guiju.data.model import Media

MOST_COLUMNS = 2_000
_FOUND = 500


@dataclass(frozen=True, slots=True)
class TextLayout:
    """A column with the text, and perhaps one with the name."""

    text: str
    name: str | None

    @property
    def used(self) -> frozenset[str]:
        return frozenset({self.text, self.name or self.text})


@dataclass(frozen=True, slots=True)
class TalkLayout:
    """A column that holds a list of turns, and perhaps one with the name."""

    turns: str
    name: str | None

    @property
    def used(self) -> frozenset[str]:
        return frozenset({self.turns, self.name or self.turns})


Meant: TypeAlias = TextLayout | TalkLayout | Spoken | Layout


def name_columns(file: str, header: Sequence[str]) -> list[str]:
    """The columns' names, each once: a second `text` is `text (2)`. Raises `TooManyColumns`."""
    if len(header) > MOST_COLUMNS:
        raise errors.TooManyColumns(name=file, columns=f"{len(header):,}", limit=f"{MOST_COLUMNS:,}")
    taken: set[str] = set()
    names: list[str] = []
    for cell in header:
        name, number = cell.strip()[:200], 1
        while name and name in taken:
            number += 1
            name = f"{cell.strip()[:200]} ({number})"
        taken.add(name)
        names.append(name)
    return names


def letters(count: int) -> list[str]:
    """What a spreadsheet calls its columns, for a table without a first row of names.

    >>> letters(28)[-3:]
    ['Z', 'AA', 'AB']
    """
    return [_letter(number) for number in range(1, count + 1)]


def _letter(number: int) -> str:
    said = ""
    while number:
        number, place = divmod(number - 1, 26)
        said = chr(ord("A") + place) + said
    return said


def decide_layout(file: str, found: Sequence[str], columns: Columns, lists: Collection[str] = ()) -> Meant:
    """What these columns make; `lists` are those whose cells hold lists.

    Raises `ColumnMissing`, `TextColumnUnclear`, `DialogueColumnsUnclear`, `AnswerColumnsUnclear`.
    """
    wanted = columns.wanted_media
    name = find_name_column(file, found, columns)
    if wanted is Media.DIALOGUE:
        return _talk(file, found, columns, lists, name)
    if wanted is Media.COMPARISON:
        return _comparison(file, found, columns, lists, name)
    if wanted is None:
        spoken = find_spoken(found, columns)
        guessed = spoken or find_layout(found, columns, name, lists)
        talk = find_list(found, columns, lists) if guessed is None else None
        if guessed is not None or talk is not None:
            return guessed or TalkLayout(talk or "", name)
    return TextLayout(*decide_columns(file, found, columns))


def _talk(file: str, found: Sequence[str], columns: Columns, lists: Collection[str], name: str | None) -> Meant:
    guess = msgspec.structs.replace(columns, text=None)
    talk = find_list(found, guess, lists)
    if talk is not None and columns.session is None and columns.speaker is None:
        return TalkLayout(talk, name)
    said = (columns.session, columns.speaker, columns.text, columns.time)
    pairs = zip(said, guess_spoken(found), strict=True)
    session, speaker, text, at = (demand_column(file, found, one) if one else guessed for one, guessed in pairs)
    if session is None or speaker is None or text is None or len({session, speaker, text}) < 3:
        raise errors.DialogueColumnsUnclear(name=file, found=", ".join(found)[:_FOUND])
    return Spoken(session, speaker, text, at)


def _comparison(file: str, found: Sequence[str], columns: Columns, lists: Collection[str], name: str | None) -> Layout:
    guessed = find_layout(found, msgspec.structs.replace(columns, text=None), name, lists)
    prompt = demand_column(file, found, columns.prompt) if columns.prompt else find_prompt(found)
    if not columns.answers:
        if guessed is None:
            raise errors.AnswerColumnsUnclear(name=file, found=", ".join(found)[:_FOUND])
        answers, writers, listed, preferred = guessed.answers, guessed.writers, guessed.listed, guessed.preferred
        return Layout(prompt or guessed.prompt, answers, writers, name, listed, preferred)
    answers = tuple(demand_column(file, found, one) for one in columns.answers)
    listed = len(answers) == 1 and answers[0] in lists
    if len(set(answers)) < 2 and not listed:
        raise errors.AnswerColumnsUnclear(name=file, found=", ".join(found)[:_FOUND])
    return Layout(prompt, answers, () if listed else writers_of(answers, found), name, listed)


def media_of(meant: Meant) -> Media:
    if isinstance(meant, TextLayout):
        return Media.TEXT
    return Media.COMPARISON if isinstance(meant, Layout) else Media.DIALOGUE


def said_columns(meant: Meant, columns: Columns) -> Columns:
    """The mapping with every guess filled in."""
    filled = msgspec.structs.replace(columns, media=media_of(meant))
    if isinstance(meant, TextLayout):
        return msgspec.structs.replace(filled, text=meant.text, name=meant.name)
    if isinstance(meant, TalkLayout):
        return msgspec.structs.replace(filled, name=meant.name)
    if isinstance(meant, Spoken):
        who = {"session": meant.session, "speaker": meant.speaker, "text": meant.text, "time": meant.at}
        return msgspec.structs.replace(filled, **who)
    return msgspec.structs.replace(filled, prompt=meant.prompt, answers=meant.answers, name=meant.name)


def plain_meta(cells: Mapping[str, Any], used: Collection[str]) -> dict[str, Any]:
    """What is kept with the item: the columns that have something and are not the item itself."""
    kept = ((column, cell) for column, cell in cells.items() if column and column not in used)
    return {column: cell for column, cell in kept if cell is not None and cell != ""}
