"""What is refused about answers wanted."""

from guiju.kit import N_, Refusal


class AsksNoMore(Refusal):
    code = "asks-no-more"
    status = 409
    sentence = N_("This round does not ask for further answers.")
    next_step = N_("Open production “until the answers are sure”, or close the round and resolve its items.")
