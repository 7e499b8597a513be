"""What is refused about practice, lessons and skills."""

from guiju.kit import N_, NotFound, Refusal


class NothingToPractise(Refusal):
    code = "nothing-to-practise"
    status = 409
    sentence = N_("No known answer of this project can be practised: {references} are known, {usable} could be used.")
    next_step = N_("Give the rulebook examples with their answers and publish it; rulings with an answer count too.")


class CardNotFound(NotFound):
    code = "practice-card-not-found"
    sentence = N_("There is nothing to practise under number {slot} in this project.")
    next_step = N_("Ask for the next ones, and answer with the slot that came with them.")


class NothingOfThatName(NotFound):
    code = "practice-of-nothing"
    sentence = N_("This rulebook has no label or clause “{name}” to practise.")
    next_step = N_("Choose one of the rulebook in force, or practise all.")


class CardHeldByExam(Refusal):
    code = "practice-held-by-exam"
    status = 409
    sentence = N_("This is asked in an exam that you have open.")
    next_step = N_("Hand the exam in first; it comes back to practice afterwards.")


class PracticeMovedOn(Refusal):
    code = "practice-moved-on"
    status = 409
    sentence = N_("The rulebook was published anew: this answer is no longer what it was.")
    next_step = N_("Reload the page, and go on with the new version.")


class LessonNotFound(NotFound):
    code = "lesson-not-found"
    sentence = N_("This rulebook has no lesson “{key}”.")
    next_step = N_("Open the list of lessons.")


class SkillsNotYours(Refusal):
    code = "skills-not-yours"
    status = 403
    sentence = N_("What somebody can do is shown to themselves and to the project's trainers.")
    next_step = N_("Ask a trainer of the project, or look at your own.")


class PersonNotInProject(NotFound):
    code = "person-not-in-project"
    sentence = N_("Nobody with number {person} belongs to this project.")
    next_step = N_("Choose one of the project's members.")
