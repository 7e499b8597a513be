"""What is refused about contradictions."""

from guiju.kit import N_, NotFound, Refusal


class ContradictionNotFound(NotFound):
    code = "contradiction-not-found"
    sentence = N_("There is no such contradiction, or you may not see both of its sides.")
    next_step = N_("Open the bank's list of contradictions.")


class SideNotYours(Refusal):
    code = "contradiction-side-not-yours"
    status = 403
    sentence = N_("D-{deposit} is of a project in which you may not do this.")
    next_step = N_("Ask there whoever may rule; or set aside the side of your own project, if that one is wrong.")


class NothingToRule(Refusal):
    code = "contradiction-nothing-to-rule"
    status = 409
    sentence = N_("Contradiction {contradiction} is settled, or D-{deposit} is no side of it any more.")
    next_step = N_("Reload the page: it shows what holds now.")


class RulingUnreasoned(Refusal):
    code = "contradiction-unreasoned"
    status = 422
    sentence = N_("A ruling says why; there is nothing to read.")
    next_step = N_("Write the reason, with the clause that it rests on.")
