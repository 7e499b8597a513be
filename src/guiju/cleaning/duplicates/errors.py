"""What is refused about near-duplicates."""

from guiju.kit import N_, NotFound, Refusal


class GroupNotFound(NotFound):
    code = "group-not-found"
    sentence = N_("There is no such group of near-duplicates in this project.")
    next_step = N_("It may have been searched anew meanwhile; open the list again.")


class NotInGroup(Refusal):
    code = "not-in-group"
    status = 422
    sentence = N_("Item {item} is not in this group.")
    next_step = N_("Say one of the group's own items.")


class UnknownKeep(Refusal):
    code = "unknown-keep"
    status = 422
    sentence = N_("“{keep}” is nothing that can be done with a group.")
    next_step = N_("Say “one”, “merged”, “all” or “weighed”.")


class BadLikeness(Refusal):
    code = "bad-likeness"
    status = 422
    sentence = N_("{value} is no likeness to search by.")
    next_step = N_("Say a number from 0.5 to 1.")
