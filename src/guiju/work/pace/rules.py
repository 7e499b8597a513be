"""Whether suggestions were looked at. Pure."""

# An acceptance in less than this share of the time that people need without a suggestion was hardly a look.
FAST_SHARE = 0.1
# Nobody reads even a short text and judges a label in less; keys pressed faster are pressed blindly.
FAST_MS = 500
LEAST_ACCEPTED = 20
TOO_MANY_FAST = 0.3
# Fewer answers are no time to compare with.
LEAST_TIMED = 10


def decide_fast(unsuggested_ms: float | None) -> float:
    """The active time below which an acceptance was no look, in milliseconds."""
    return max(FAST_MS, FAST_SHARE * (unsuggested_ms or 0.0))


def is_biased(accepted: int, fast: int) -> bool:
    """Whether so many acceptances were too fast that they say little about the suggestions: automation bias."""
    return accepted >= LEAST_ACCEPTED and fast >= TOO_MANY_FAST * accepted
