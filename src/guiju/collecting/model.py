"""Contributions, from the upload to the answer that uses them."""

import enum
from collections.abc import Sequence
from dataclasses import dataclass

from guiju.kinds import Given, Problem
from guiju.kit import N_


class State(enum.IntEnum):
    """Coming → kept or refused; kept → used, or swept when no answer came; kept or used → withdrawn."""

    COMING = 0
    KEPT = 1
    USED = 2
    REFUSED = 3
    WITHDRAWN = 4
    SWEPT = 5

    @property
    def holds(self) -> bool:
        """Whether its content is there."""
        return self in {State.KEPT, State.USED}


STATE_NAMES = {
    State.COMING: N_("on its way"),
    State.KEPT: N_("not submitted yet"),
    State.USED: N_("submitted"),
    State.REFUSED: N_("refused at once"),
    State.WITHDRAWN: N_("withdrawn by its giver"),
    State.SWEPT: N_("never submitted"),
}
MODE_NAMES = {"sound": N_("sound"), "picture": N_("picture"), "text": N_("text")}


@dataclass(frozen=True, slots=True)
class Place:
    """For what a contribution is given: an item in hand, by whom, for which field."""

    project_id: int
    round_id: int
    item_id: int
    annotator_id: int
    rulebook_id: int
    field: str


@dataclass(frozen=True, slots=True)
class Contribution:
    """A row, as it is read back."""

    id: int
    token: str
    project_id: int
    round_id: int
    item_id: int
    annotator_id: int
    consent_id: int
    field: str
    mode: str
    state: State
    hash: str | None
    given: Given | None
    problems: tuple[str, ...]
    at: int


@dataclass(frozen=True, slots=True)
class Received:
    """What became of an upload: kept with its measures, or refused with everything that is wrong with it."""

    given: Given
    problems: Sequence[Problem]

    @property
    def kept(self) -> bool:
        return not self.problems


@dataclass(frozen=True, slots=True)
class Person:
    """One person's contributions to a project, and whether their consent holds."""

    annotator_id: int
    name: str
    pseudonym: str
    used: int
    refused: int
    withdrawn: int
    consent_id: int | None
    agreed_at: int | None
    version: str | None
    withdrawn_at: int | None


PROBLEM_NAMES = {
    "sound-too-brief": N_("too short"),
    "sound-too-lengthy": N_("too long"),
    "contribution-sound-runs-on": N_("too long"),
    "sound-too-quiet": N_("too quiet"),
    "sound-clipped": N_("distorted"),
    "sound-too-silent": N_("mostly silence"),
    "sound-too-noisy": N_("too noisy"),
    "sound-low-rate": N_("sampling rate too low"),
    "sound-truncated": N_("cut off"),
    "picture-too-small": N_("too small"),
    "picture-blurred": N_("blurred"),
    "picture-too-dark": N_("too dark"),
    "picture-too-bright": N_("too bright"),
    "contribution-picture-bomb": N_("too large"),
    "contribution-too-large": N_("too large"),
    "given-text-too-short": N_("too short"),
    "given-text-too-long": N_("too long"),
    "given-wrong-language": N_("wrong language"),
    "given-too-alike": N_("given before"),
    "contribution-given-before": N_("given before"),
    "contribution-empty": N_("empty"),
    "contribution-wrong-content": N_("not what was asked for"),
    "contribution-wrong-mode": N_("not what was asked for"),
}
"""Why something was refused at once, in a word for lists."""
