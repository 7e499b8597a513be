"""What is found, and how far the finding is."""

import msgspec

from guiju.storage import Job

LISTEN, AHEAD = "data.voices", "data.voices-ahead"


class Voices(msgspec.Struct, frozen=True):
    """Stretches in which somebody speaks, `[start, end]` in milliseconds, in order and apart."""

    segments: list[tuple[int, int]]


class Finding(msgspec.Struct, frozen=True):
    """`voices` where they are found; else the job that finds them, or None where nobody has asked."""

    voices: Voices | None = None
    job: Job | None = None
