"""What is refused about known answers."""

from guiju.kit import N_, Refusal
from guiju.work.gold.model import Returns


class WorkStopped(Refusal):
    """Known answers said that somebody is surely below the round's line; they are told what to do."""

    code = "work-stopped"
    status = 403
    sentence = N_("You pause in this round: some rules are not sure yet. Everything you answered and began is kept.")
    next_step = N_("Practise and read the lessons at {where}, then sit the exam; or speak with your trainer.")


class WorkStoppedBy(WorkStopped):
    """The same, of a round that tells people their figures then."""

    code = "work-stopped-by"
    sentence = N_(
        "You pause in this round: of {n} items whose answer is known {right} were right, surely under the {line} "
        "asked for. Everything you answered and began is kept."
    )


class WorkStoppedTillPractised(WorkStopped):
    """The same, where practice passed brings them back."""

    code = "work-stopped-till-practised"
    sentence = WorkStopped.sentence
    next_step = N_(
        "Practise at {where}: ten different questions or more, {asked} of them right the first time, let you go on by"
        " themselves. The exam does so too, or your trainer."
    )


class WorkStoppedByTillPractised(WorkStoppedBy):
    """The same, with figures."""

    code = "work-stopped-by-till-practised"
    sentence = WorkStoppedBy.sentence
    next_step = WorkStoppedTillPractised.next_step


class WorkStoppedTillToldOtherwise(WorkStopped):
    """The same, where the trainer alone lets them back in."""

    code = "work-stopped-till-told"
    sentence = WorkStopped.sentence
    next_step = N_("Practise and read the lessons at {where}, and speak with your trainer, who lets you go on.")


class WorkStoppedByTillToldOtherwise(WorkStoppedBy):
    """The same, with figures."""

    code = "work-stopped-by-till-told"
    sentence = WorkStoppedBy.sentence
    next_step = WorkStoppedTillToldOtherwise.next_step


REFUSALS: dict[Returns, tuple[type[WorkStopped], type[WorkStopped]]] = {
    Returns.PRACTICE: (WorkStoppedTillPractised, WorkStoppedByTillPractised),
    Returns.EXAM: (WorkStopped, WorkStoppedBy),
    Returns.WORD: (WorkStoppedTillToldOtherwise, WorkStoppedByTillToldOtherwise),
}
"""By what brings somebody back: without figures, and with them."""


class NothingKnown(Refusal):
    code = "nothing-to-mix-in"
    status = 409
    sentence = N_("There are no known answers that could be mixed in unseen.")
    next_step = N_(
        "Rule on some items, or bring their right answers in with a file. The rulebook's examples do not count: "
        "everybody sees them."
    )


class BadGoldShare(Refusal):
    code = "bad-gold-share"
    status = 422
    sentence = N_("{share} is not a share of known answers between {low} and {high}.")
    next_step = N_("Between 3% and 10% is usual; it rises by itself for those who err.")


class BadLine(Refusal):
    code = "bad-line"
    status = 422
    sentence = N_("{line} is not a share of right answers between {low} and {high}.")
    next_step = N_("Ask for as much as the brief does of the data.")


class NoGoldHere(Refusal):
    code = "no-gold-here"
    status = 409
    sentence = N_("No known answers are mixed into this round.")
    next_step = N_("They are mixed in when production is opened: only so can nobody tell them from the others.")


class NotStopped(Refusal):
    code = "not-stopped"
    status = 409
    sentence = N_("This person is not stopped in this round.")
    next_step = N_("Look again at who works on what: they may be back already.")


class WordUnexplained(Refusal):
    code = "word-unexplained"
    status = 422
    sentence = N_("Letting somebody back in takes your reason, which is signed.")
    next_step = N_("Write in a sentence what was talked over or learnt.")
