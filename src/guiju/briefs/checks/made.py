"""How a finding is made: with its weight, its place, its sentence and what to ask."""

from guiju.briefs.model import Gap, Severity


def block(code: str, place: str, sentence: str, ask: str, **details: object) -> Gap:
    """A finding that keeps the brief from being signed."""
    return Gap(code, Severity.BLOCKING, str(place), sentence, ask, {"facet": str(place), **details})


def warn(code: str, place: str, sentence: str, ask: str, **details: object) -> Gap:
    """A finding that the trainer weighs."""
    return Gap(code, Severity.WARNING, str(place), sentence, ask, {"facet": str(place), **details})
