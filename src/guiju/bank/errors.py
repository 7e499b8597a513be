"""What is refused about the bank."""

from guiju.kit import N_, Refusal


class BankClosed(Refusal):
    code = "bank-closed"
    status = 403
    sentence = N_("The data bank is open to those who lead a project or may open one.")
    next_step = N_("Ask the project's trainer or manager to look for you.")


class NothingToSearch(Refusal):
    code = "nothing-to-search"
    status = 422
    sentence = N_("A search of the bank needs words or a label.")
    next_step = N_("Write a word of the text or the file's name, or choose a label.")


class NothingFound(Refusal):
    code = "nothing-found"
    status = 404
    sentence = N_("The bank has nothing like this that the project may use.")
    next_step = N_("Try other words; what was left for one customer alone is only for that customer's projects.")
