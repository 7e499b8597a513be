"""What is refused when a round is to have suggestions."""

from guiju.kit import N_, Refusal


class SuggestionsUnknown(Refusal):
    code = "suggestions-unknown"
    status = 422
    sentence = N_("“{source}” is no source of suggestions in this project.")
    next_step = N_("Choose one of its rounds, or an annotator whose predictions were imported.")


class SuggestionsAmbiguous(Refusal):
    code = "suggestions-ambiguous"
    status = 422
    sentence = N_("In that round several annotators answered each item; a suggestion is one answer.")
    next_step = N_("Name the annotator whose answers are to be suggested.")


class NothingToSuggest(Refusal):
    code = "nothing-to-suggest"
    status = 409
    sentence = N_("That source has no answer to any item of the new round.")
    next_step = N_("Import its predictions for these items first, or open the round without suggestions.")


class TrialIsBlind(Refusal):
    code = "trial-is-blind"
    status = 422
    sentence = N_("A trial has no suggestions: everybody would agree with them, not with each other.")
    next_step = N_("Open the trial blind; suggestions come in production.")
