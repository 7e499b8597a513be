"""Where somebody speaks in a sound, found by a job: once for a sound, shared by all who wait for it.

What is found is kept in the home's cache by the sound's content, as what is drawn of it. `prepare_voices` asks for all
sounds of a project ahead of those who annotate them.
"""

from guiju.data.listening.actions import prepare_voices, run_ahead, run_listening
from guiju.data.listening.model import AHEAD, LISTEN

__all__ = ["AHEAD", "LISTEN", "prepare_voices", "run_ahead", "run_listening"]
