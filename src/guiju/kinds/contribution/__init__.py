"""Contribution: what does not exist yet and people give: speech to a prompt, a photograph, a text of their own."""

from guiju.kinds.contribution.check import check
from guiju.kinds.contribution.compare import distance, merge
from guiju.kinds.contribution.options import ContributionOptions, faults
from guiju.kinds.contribution.shape import (
    MEASURES,
    Contributions,
    columns,
    is_finite,
    labels_of,
    normalise,
    summary,
    tidy,
)
from guiju.kinds.model import Asked, Kind
from guiju.kit import N_

_NUMBERS: dict[str, Asked] = dict.fromkeys((*MEASURES, "size", "count"), "number")

CONTRIBUTION: Kind[Contributions] = Kind(
    name="contribution",
    title=N_("Contribution"),
    icon="contribution",
    hotkey="h",
    media=frozenset({"text", "image", "audio", "dialogue"}),
    answer_type=Contributions,
    tidy=tidy,
    is_finite=is_finite,
    normalise=normalise,
    check=check,
    distance=distance,
    merge=merge,
    labels_of=labels_of,
    columns=columns,
    summary=summary,
    asks={**_NUMBERS, "language": "text"},
    options=ContributionOptions,
    hint="{mode: sound, max_seconds: 15, consent: {version: '1', zh: 录音只用于训练。, en: For training only.}}",
    faults=faults,
    labelled=False,
)
