"""How far two answers are apart, and one answer from several.

Distance: 1 - |a ∩ b| / |a ∪ b| over the contents given (Jaccard); two different recordings of one prompt share nothing.

Merge: everything that anybody gave. A prompt that ten people are asked to read has ten recordings, and none of them
outvotes another; so several answers always agree, with confidence 1.
"""

from collections.abc import Sequence

from guiju.kinds.contribution.shape import Contributions, Given
from guiju.kinds.model import Merged


def distance(a: Contributions, b: Contributions) -> float:
    one, other = ({given.hash for given in answer.given} for answer in (a, b))
    together = one | other
    return 1 - len(one & other) / len(together) if together else 0.0


def merge(answers: Sequence[Contributions]) -> Merged[Contributions] | None:
    """All that was given, by the ids of the uploads, so that it does not matter who came first."""
    if not answers:
        return None
    found: dict[str, Given] = {given.id: given for answer in answers for given in answer.given}
    return Merged(Contributions(tuple(found[key] for key in sorted(found))), 1.0, len(answers))
