"""What is refused about how many answers an item gets."""

from guiju.kit import N_, Refusal


class AnswersImpossible(Refusal):
    code = "answers-impossible"
    status = 422
    sentence = N_("From {least} to {most} answers an item cannot be asked for.")
    next_step = N_(
        "Between one and nine; several for a share means two at least; until sure begins with two at least and goes"
        " beyond them."
    )


class ShareImpossible(Refusal):
    code = "share-impossible"
    status = 422
    sentence = N_("{share} is no share of the items.")
    next_step = N_("Say a share between 1% and 99%; for all items ask for the same number of answers.")


class SurenessImpossible(Refusal):
    code = "sureness-impossible"
    status = 422
    sentence = N_("{sure} says nothing about when to stop asking.")
    next_step = N_("A label is sure enough from between 55% and 99.9% on, other answers from an agreement of .30 to 1.")


class TwoWays(Refusal):
    code = "two-ways"
    status = 422
    sentence = N_("A share of the items and until sure are two ways to ask for several answers.")
    next_step = N_("Say one of the two.")


class OnePersonOnly(Refusal):
    code = "one-person-only"
    status = 409
    sentence = N_("One person cannot give several answers to an item.")
    next_step = N_("Ask for one answer an item, or open production for a team or for everybody.")


class NotForSeveral(Refusal):
    code = "not-for-several"
    status = 409
    sentence = N_("Only rework and rechecks are asked for several answers once they are open.")
    next_step = N_("Of production say so when it is opened; a trial asks everybody anyway.")


class SeveralAlready(Refusal):
    code = "several-already"
    status = 409
    sentence = N_("How many answers its items get is settled: {count} at most.")
    next_step = N_("Say between two and nine, once; of “until sure” it can be ended on the round’s page of answers.")
