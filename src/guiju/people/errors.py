"""What is refused about people."""

from guiju.kit import N_, NotFound, Refusal


class WrongPassword(Refusal):
    code = "wrong-password"
    status = 401
    sentence = N_("This e-mail address and password do not belong together.")
    next_step = N_("Try again, or ask an administrator for a new first password.")


class TooManyTries(Refusal):
    code = "too-many-tries"
    status = 429
    sentence = N_("There were too many failed sign-ins for this address.")
    next_step = N_("Wait {seconds} seconds and try again.")


class AccountBlocked(Refusal):
    code = "account-blocked"
    status = 403
    sentence = N_("This account is blocked. Its work is kept.")
    next_step = N_("Ask an administrator to unblock it.")


class EmailTaken(Refusal):
    code = "email-taken"
    status = 409
    sentence = N_("{email} already has an account.")
    next_step = N_("Use another address, or reset that account's password.")


class BadEmail(Refusal):
    code = "bad-email"
    status = 422
    sentence = N_("“{email}” is not an e-mail address.")
    next_step = N_("Write it as name@example.com.")


class WeakPassword(Refusal):
    code = "weak-password"
    status = 422
    sentence = N_("The password has fewer than {least} characters, or is your own address.")
    next_step = N_("Choose a longer one; a short sentence is easy to keep in mind.")


class NotAllowed(Refusal):
    code = "not-allowed"
    status = 403
    sentence = N_("Your roles in this project do not allow this ({act}).")
    next_step = N_("Ask the project's trainer or manager.")


class AdminOnly(Refusal):
    code = "admin-only"
    status = 403
    sentence = N_("Only an administrator may do this.")
    next_step = N_("Ask an administrator.")


class AlreadySetUp(Refusal):
    code = "already-set-up"
    status = 409
    sentence = N_("This house already has an administrator.")
    next_step = N_("Sign in.")


class AccountNotFound(NotFound):
    code = "account-not-found"
    sentence = N_("There is no account {email}.")
    next_step = N_("Check the address, or create the account first.")


class LastAdmin(Refusal):
    code = "last-admin"
    status = 409
    sentence = N_("This is the last administrator who can sign in.")
    next_step = N_("Make somebody else an administrator first.")
