"""What is refused about voices."""

from guiju.kit import N_, NotFound


class NotThisSound(NotFound):
    code = "not-this-sound"
    sentence = N_("Job {job} does not listen to this sound.")
    next_step = N_("Ask for the sound's voices again.")
