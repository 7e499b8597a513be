"""What is refused about impacts."""

from guiju.kit import N_, NotFound, Refusal


class NotMeasured(NotFound):
    code = "impact-not-measured"
    sentence = N_("It has not been measured yet what the draft would touch.")
    next_step = N_("Measure it first; a million answers take about a minute.")


class ImpactOfEarlierText(Refusal):
    code = "impact-of-earlier-text"
    status = 409
    sentence = N_("The draft was saved again since it was measured what it would touch.")
    next_step = N_("Try the draft on the answers once more; then publish.")
