"""What is refused about the customer's acceptance."""

from guiju.kit import N_, NotFound, Refusal


class AcceptanceNotFound(NotFound):
    code = "acceptance-not-found"
    sentence = N_("There is no such acceptance in this project.")
    next_step = N_("Open the project's page of acceptance.")


class NothingToAccept(Refusal):
    code = "nothing-to-accept"
    status = 409
    sentence = N_("Nothing waits for the customer: every accepted lot was signed for, or none is accepted yet.")
    next_step = N_("Come again when our own inspection has accepted a lot.")


class AcceptanceLotNotAccepted(Refusal):
    code = "acceptance-lot-not-accepted"
    status = 409
    sentence = N_("Lot {number} cannot be accepted by the customer: it is {state}.")
    next_step = N_("Leave it out. Once our own inspection has accepted it, it is offered.")


class AcceptanceLotSigned(Refusal):
    code = "acceptance-lot-signed"
    status = 409
    sentence = N_("Lot {number} was signed for already, in acceptance {acceptance}.")
    next_step = N_("Leave it out: what is signed stays signed.")


class AcceptanceOpen(Refusal):
    code = "acceptance-open"
    status = 409
    sentence = N_("Acceptance {number} is under way already.")
    next_step = N_("Go on with it, or put it aside unsigned and draw anew.")


class AcceptanceDisputesOpen(Refusal):
    code = "acceptance-disputes-open"
    status = 409
    sentence = N_("{count} findings on what is offered are disputed and not ruled on, so its figures may still change.")
    next_step = N_("Have the disputes ruled on, or leave their lots out: {lots}.")


class AcceptanceSigned(Refusal):
    code = "acceptance-signed"
    status = 409
    sentence = N_("Acceptance {number} was decided already: {state}, by {name}.")
    next_step = N_("One signature stands. Open the acceptance to read it.")


class AcceptanceChanged(Refusal):
    code = "acceptance-changed"
    status = 409
    sentence = N_("Lot {number} has changed since this acceptance was opened; nothing was signed.")
    next_step = N_("Put this acceptance aside and open a new one: it offers what holds now.")


class AcceptancePageStale(Refusal):
    code = "acceptance-page-stale"
    status = 409
    sentence = N_("The figures have changed since your page was opened; nothing was signed.")
    next_step = N_("Open the page again, read the figures, and sign then.")


class AcceptanceSampleNotJudged(Refusal):
    code = "acceptance-sample-not-judged"
    status = 409
    sentence = N_("{left} of the {n} items in your sample are not judged yet.")
    next_step = N_("Judge them first, or put this acceptance aside and draw a smaller sample.")


class SampleTooLarge(Refusal):
    code = "acceptance-sample-too-large"
    status = 422
    sentence = N_("A sample of {n} cannot be drawn from the {items} items offered.")
    next_step = N_("Choose {items} or fewer, or offer more lots.")


class SampleUnclear(Refusal):
    code = "acceptance-sample-unclear"
    status = 422
    sentence = N_("The sample's size must be a number of items, or a share of defective items between 0.1% and 50%.")
    next_step = N_("Choose one of the two, or 0 items to sign without a sample of your own.")


class SignerNameMissing(Refusal):
    code = "acceptance-name-missing"
    status = 422
    sentence = N_("A signature needs the name of whoever signs.")
    next_step = N_("Type your name and sign again.")


class ConditionIncomplete(Refusal):
    code = "condition-incomplete"
    status = 422
    sentence = N_("Condition {number} needs what is to be done and a day, today or later, by which it is.")
    next_step = N_("Write both as in “2030-01-31”, and sign again.")


class ConditionsMissing(Refusal):
    code = "conditions-missing"
    status = 422
    sentence = N_("Accepting with conditions needs at least one condition, and accepting without them none.")
    next_step = N_("Write the conditions, or accept without.")


class ReturnReasonMissing(Refusal):
    code = "return-reason-missing"
    status = 422
    sentence = N_("What is sent back needs a reason that its annotators can act on.")
    next_step = N_("Write what has to be done better, and send it back again.")


class ItemNotOffered(Refusal):
    code = "item-not-offered"
    status = 422
    sentence = N_("Item {item} is in none of the lots of this acceptance.")
    next_step = N_("Name items of its lots, or send the lots back whole.")


class ConditionNotFound(NotFound):
    code = "condition-not-found"
    sentence = N_("This acceptance has no condition {number}.")
    next_step = N_("Open the acceptance; it lists its conditions.")


class ConditionMet(Refusal):
    code = "condition-met"
    status = 409
    sentence = N_("Condition {number} was closed already.")
    next_step = N_("Its evidence stands on the acceptance's page.")


class EvidenceMissing(Refusal):
    code = "evidence-missing"
    status = 422
    sentence = N_("A condition is closed with what shows that it is met.")
    next_step = N_("Say it in a sentence: a delivery's number, a lot, a document.")
