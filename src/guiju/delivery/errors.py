"""What is refused about deliveries."""

from guiju.inspection import LOT_STATE_NAMES, LotState
from guiju.kit import N_, NotFound, Refusal, Words


class DeliveryNotFound(NotFound):
    code = "delivery-not-found"
    sentence = N_("There is no such delivery in this project.")
    next_step = N_("Open the project's deliveries.")


class DeliveryNotReady(Refusal):
    code = "delivery-not-ready"
    status = 409
    sentence = N_("Delivery {number} is not ready: it is {state}.")
    next_step = N_("Wait until it is built; its job says how far it is.")


class UnknownFormat(Refusal):
    code = "unknown-format"
    status = 422
    sentence = N_("There is no delivery format called “{format}”.")
    next_step = N_("Choose one of: {known}.")


class FormatDoesNotFit(Refusal):
    code = "format-does-not-fit"
    status = 422
    sentence = N_("The format “{format}” cannot hold what this project annotates ({kinds}).")
    next_step = N_("Choose another format; JSONL holds every kind.")


class FormatNeedsExtra(Refusal):
    code = "format-needs-extra"
    status = 409
    sentence = N_("The format “{format}” is written by a library that is not installed here.")
    next_step = N_("Ask whoever runs the house for `pip install 'guiju[{extra}]'`; Parquet holds the same columns.")


class NothingToDeliver(Refusal):
    code = "nothing-to-deliver"
    status = 409
    sentence = N_("No lot of this project is accepted yet, so there is nothing to deliver.")
    next_step = N_("Have a lot inspected and accepted first, or deliver everything that is resolved, marked so.")


class SameStem(Refusal):
    code = "same-stem"
    status = 409
    sentence = N_("“{one}” and “{other}” differ in their endings alone, and this format names both “{file}”.")
    next_step = N_("Deliver in another format, COCO for one, or set one of the two items aside.")


class LotNotAccepted(Refusal):
    code = "lot-not-accepted"
    status = 409
    sentence = N_("Lot {lot} is not accepted: it is {state}.")
    next_step = N_("Leave it out, or have it inspected and accepted first.")

    def spoken(self, words: Words) -> dict[str, object]:
        return {**self.details, "state": words(LOT_STATE_NAMES[LotState(str(self.details["state"]))])}


class LotUnknown(NotFound):
    code = "lot-unknown"
    sentence = N_("This project has no lot {lot}.")
    next_step = N_("Name lots by the numbers that the page of lots shows.")


class LotsAreAccepted(Refusal):
    code = "lots-are-accepted"
    status = 422
    sentence = N_("Lots can be named only where what accepted lots hold is delivered.")
    next_step = N_("Leave the lots out, or deliver accepted lots only.")


class EverythingLeftOut(Refusal):
    code = "everything-left-out"
    status = 409
    sentence = N_("Nothing is left to deliver: {items} items are gold, examples of the rulebook, or set aside.")
    next_step = N_("Say that gold and examples go in, marked in the report, or have a lot of other items accepted.")


class NothingNew(Refusal):
    code = "nothing-new"
    status = 409
    sentence = N_("Nothing was added, changed or removed since delivery {delivery}.")
    next_step = N_("Deliver the whole again, or wait until another lot is accepted.")


class LedgerMissing(Refusal):
    code = "delivery-without-ledger"
    status = 409
    sentence = N_("Delivery {delivery} does not say what it held, so nothing can be compared with it.")
    next_step = N_("Name a delivery that is ready, or deliver the whole.")
