"""What is refused about API tokens."""

from guiju.kit import N_, NotFound, Refusal


class TokenNotFound(NotFound):
    code = "token-not-found"
    sentence = N_("There is no such API token of yours.")
    next_step = N_("Look at the list of your tokens.")


class TokenAlreadyMade(Refusal):
    code = "token-already-made"
    status = 409
    sentence = N_("This token was made before, and its secret is shown only once.")
    next_step = N_("Revoke it and make another one.")
