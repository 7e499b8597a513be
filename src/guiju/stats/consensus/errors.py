"""Why a consensus does not exist: named refusals, each with the way out."""

from guiju.kit import N_, Refusal, Words


class NothingToResolve(Refusal):
    """No answer at all."""

    code = "no-answers-to-resolve"
    status = 422
    sentence = N_("There is no answer here, so there is nothing to resolve.")
    next_step = N_("Give the columns at least one item, annotator and label.")


class OneClassOnly(Refusal):
    """Every answer is the same label: who is reliable cannot be told."""

    code = "one-class-only"
    status = 422
    sentence = N_("Every answer is “{label}”: a model of who errs how has nothing to learn from.")
    next_step = N_("Use the majority, or add items whose answers differ.")


class NobodyToCompare(Refusal):
    """No item has answers of two annotators: each annotator would be right by definition."""

    code = "nobody-to-compare"
    status = 422
    sentence = N_("No item has answers of two annotators, so the answers cannot say who is reliable.")
    next_step = N_("Have some items answered by two or more annotators, or use the majority.")


class TooManyConfusions(Refusal):
    """A table annotators x classes x classes would not fit."""

    code = "too-many-confusions"
    status = 422
    sentence = N_(
        "{annotators} annotators and {classes} classes make {cells} kinds of confusion; a table holds {limit}."
    )
    next_step = N_("Use one-coin, which keeps one number for each annotator, or the majority.")


class UnknownMethod(Refusal):
    """A name that is no consensus method."""

    code = "unknown-method"
    status = 422
    sentence = N_("There is no consensus method called “{method}”.")
    next_step = N_("Choose one of: {known}.")


class BadSetting(Refusal):
    """A tolerance, smoothing or count that makes no sense; `setting` and `wanted` are msgids."""

    code = "bad-consensus-setting"
    status = 422
    sentence = N_("The {setting} given is {value}, and must be {wanted}.")
    next_step = N_("Correct the setting, then compute again.")

    def spoken(self, words: Words) -> dict[str, object]:
        said = {name: words(str(self.details[name])) for name in ("setting", "wanted")}
        return {**self.details, **said}


class BadWeight(Refusal):
    """A negative, infinite or undefined weight."""

    code = "bad-weight"
    status = 422
    sentence = N_("The weight of {annotator} is {weight}, and must be a number from 0 on.")
    next_step = N_("Give every annotator a weight; 0 leaves their answers out.")


class WeightsTwice(Refusal):
    """Weights were stated, and gold was given to make them."""

    code = "weights-twice"
    status = 422
    sentence = N_("Weights are stated, and gold is there to give weights too.")
    next_step = N_("Leave out one of the two.")


class MissingWeight(Refusal):
    """Weights were given, but not for everybody."""

    code = "missing-weight"
    status = 422
    sentence = N_("{annotator} has answers but no weight.")
    next_step = N_("Give every annotator a weight; 0 leaves their answers out.")


class NoGoldForWeights(Refusal):
    """Weights were to come from gold, and no answer meets it."""

    code = "no-gold-for-weights"
    status = 422
    sentence = N_("No answer is on an item whose right answer is known, so gold gives no weights.")
    next_step = N_("Give the right answers of some items, or take weights from the agreement with the others.")
