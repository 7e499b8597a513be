"""What is refused at the door."""

from guiju.kit import N_, Refusal


class PasswordsDiffer(Refusal):
    code = "passwords-differ"
    status = 422
    sentence = N_("The two new passwords are not the same.")
    next_step = N_("Write the new password twice in the same way.")
