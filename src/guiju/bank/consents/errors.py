"""What is refused about consents."""

from typing import cast

from guiju.bank.model import HELD_NAMES, Held
from guiju.kit import N_, NotFound, Refusal, Words


class ConsentIncomplete(Refusal):
    code = "consent-incomplete"
    status = 422
    sentence = N_(
        "A consent on record says for what, in which words and by which paper; “{field}” is missing or too short."
    )
    next_step = N_(
        "Fill it in: the purpose, the words agreed to, the contract's number; the last day as 2030-12-31 or empty."
    )


class ConsentPast(Refusal):
    code = "consent-past"
    status = 422
    sentence = N_("The consent would have run out on {until} already.")
    next_step = N_("Write a last day that is still to come, or leave it empty.")


class ConsentNotOpen(Refusal):
    code = "consent-not-open"
    status = 409
    sentence = N_("The project leaves its data to its customer only, so there is nothing to consent to.")
    next_step = N_(
        "Set its rights to “general” in the project's settings first, and those of the source when it is imported."
    )


class DepositConsentNotFound(NotFound):
    code = "deposit-consent-not-found"
    sentence = N_("There is no such consent in this project.")
    next_step = N_("Open what the project leaves in the bank; its consents are listed there.")


class PaperUnreadable(Refusal):
    code = "consent-paper-unreadable"
    status = 422
    sentence = N_("“{name}” is no paper that can be kept: a PDF, PNG, JPEG or TIFF of at most {most} MB is.")
    next_step = N_("Scan the signed paper into one of these.")


class PaperThere(Refusal):
    code = "consent-paper-there"
    status = 409
    sentence = N_("The signed paper of this consent is on record already, and stays as it is.")
    next_step = N_("If it is the wrong one, end this consent and put a new one on record.")


class PaperNotFound(NotFound):
    code = "consent-paper-not-found"
    sentence = N_("There is no signed paper to this consent, or you may not see it.")
    next_step = N_("Open what the project leaves in the bank; its consents say which has one.")


class DepositWithoutRights(Refusal):
    code = "deposit-without-rights"
    status = 422
    sentence = N_("Nothing can be deposited for general use: {count} items are held back, {reasons}.")
    next_step = N_("The requester puts a consent on record; personal data is masked by a recipe; then deposit again.")

    def spoken(self, words: Words) -> dict[str, object]:
        reasons = cast("list[str]", self.details.get("reasons", []))
        return {**self.details, "reasons": ", ".join(words(HELD_NAMES[Held(each)]) for each in reasons)}
