"""What is refused about withdrawals."""

from guiju.kit import N_, NotFound, Refusal


class WithdrawalNotFound(NotFound):
    code = "withdrawal-not-found"
    sentence = N_("There is no such withdrawal, or you may not see it.")
    next_step = N_("Open the list of withdrawals.")


class WithdrawalUnreasoned(Refusal):
    code = "withdrawal-unreasoned"
    status = 422
    sentence = N_("A withdrawal says who asked for it, and why.")
    next_step = N_("Write it down: it stands in the report.")


class NothingToWithdraw(Refusal):
    code = "nothing-to-withdraw"
    status = 404
    sentence = N_("Nothing of this lies in the house, or you may not take it back.")
    next_step = N_(
        "Look at the customer's name or the item's number; whoever leads all its projects, or an administrator, may."
    )


class WithdrawalRunning(Refusal):
    code = "withdrawal-running"
    status = 409
    sentence = N_("Withdrawal {withdrawal} of the same is not done yet.")
    next_step = N_("Wait for it; its page shows how far it is.")
