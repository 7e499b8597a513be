"""What is refused about deliveries."""

from guiju.kit import N_, NotFound, Refusal


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
