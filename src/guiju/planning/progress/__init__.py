"""How a project goes: by round and person, how fast, when it is done, where work waits, what should be looked at."""

from guiju.planning.progress.actions import Progress, look_at_progress

__all__ = ["Progress", "look_at_progress"]
