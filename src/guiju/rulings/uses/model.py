"""What a ruling became in the rulebook's draft."""

import enum
from dataclasses import dataclass

from guiju.kit import N_


class UseKind(enum.StrEnum):
    EXAMPLE = "example"
    CLAUSE = "clause"


USE_NAMES = {UseKind.EXAMPLE: N_("Example"), UseKind.CLAUSE: N_("Clause")}


@dataclass(frozen=True, slots=True)
class Use:
    """A ruling as `name` of the draft: an example's id, or a clause's."""

    kind: UseKind
    name: str
    by: int
    at: int
