"""Decisions about contributions: what is said of a person, how large a thing may be, what an item is told of."""

import hashlib
import json

from guiju.kinds import ContributionOptions, Given

MEGABYTE = 1_000_000
MOST_BYTES = {"sound": 64 * MEGABYTE, "picture": 40 * MEGABYTE, "text": MEGABYTE}
MOST_PIXELS = 100_000_000
WAITS_MICROS = 24 * 3600 * 1_000_000
"""How long an upload waits for its answer before it is swept away: a browser's draft may come back the next day."""


def pseudonym_of(project_id: int, annotator_id: int) -> str:
    """What stands for a person in what leaves the project: the same in one project, another in the next.

    >>> pseudonym_of(1, 2) == pseudonym_of(1, 2) != pseudonym_of(2, 2)
    True
    """
    return "p-" + hashlib.sha256(f"giver {project_id} {annotator_id}".encode()).hexdigest()[:10]


def longest_sound(told: ContributionOptions) -> float:
    """Seconds after which a sound is not read any further: it is refused as too long either way."""
    return told.max_seconds * 2 + 5


def meta_of(*, prompt: str, prompt_name: str, pseudonym: str, version: str, given: Given) -> str:
    """Where an item came from that was a contribution: the columns that it carries along."""
    told = {
        "prompt": prompt[:2_000],
        "prompt_name": prompt_name,
        "speaker": pseudonym,
        "consent": version,
        "contribution": given.id,
        **({"language": given.language} if given.language else {}),
        **{name: value for name, value in sorted(given.measures.items()) if name != "alike"},
    }
    return json.dumps(told, ensure_ascii=False)


ENDINGS = {
    "audio/wav": "wav",
    "audio/x-wav": "wav",
    "audio/flac": "flac",
    "audio/ogg": "ogg",
    "audio/mpeg": "mp3",
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/webp": "webp",
    "text/plain": "txt",
}


def name_of(prompt_name: str, given: Given) -> str:
    """What an item is called that was a contribution: after its prompt and its upload, so that no two are alike."""
    ending = ENDINGS.get(given.media_type, "bin")
    return f"{prompt_name[:200]}-{given.id[:12]}.{ending}"
