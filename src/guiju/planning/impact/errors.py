"""What is refused about impacts."""

from guiju.kit import N_, NotFound


class NotMeasured(NotFound):
    code = "impact-not-measured"
    sentence = N_("It has not been measured yet what the draft would touch.")
    next_step = N_("Measure it first; a million answers take about a minute.")
