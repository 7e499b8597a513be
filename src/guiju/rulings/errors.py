"""What is refused about questions and rulings."""

from guiju.kit import N_, NotFound, Refusal


class QuestionNotFound(NotFound):
    code = "question-not-found"
    sentence = N_("There is no such question, or it is not yours to see.")
    next_step = N_("Open the project’s questions.")


class QuestionEmpty(Refusal):
    code = "question-empty"
    status = 422
    sentence = N_("There is no text.")
    next_step = N_("Write what is unclear, or what is ruled, in a sentence.")


class QuestionAnswered(Refusal):
    code = "question-answered"
    status = 409
    sentence = N_("Somebody has answered this question already.")
    next_step = N_("Read the ruling; ask again if it leaves something open.")


class NotOwnWork(Refusal):
    code = "not-own-work"
    status = 403
    sentence = N_("You annotated this item yourself, and nobody rules on their own work.")
    next_step = N_("Leave it to another expert, trainer or the requester.")


class QuestionItemUnknown(Refusal):
    code = "question-item-unknown"
    status = 422
    sentence = N_("The question is about an item that this project does not have.")
    next_step = N_("Ask from the item itself.")


class RulingNotAllowed(Refusal):
    code = "ruling-not-allowed"
    status = 422
    sentence = N_("The rulebook does not allow this right answer ({first}).")
    next_step = N_("Choose labels of the published rulebook, or rule in words alone.")


class AskedAlready(Refusal):
    code = "asked-already"
    status = 409
    sentence = N_("Question {question}, “{text}”, is open about {shared} of these {count} items.")
    next_step = N_("Read that one first; ask all the same if it is another matter.")


class TooManyAskedAbout(Refusal):
    code = "too-many-asked-about"
    status = 422
    sentence = N_("A question about {count} items is too wide to be ruled on; {most} at most.")
    next_step = N_("Choose the items that show the matter best.")
