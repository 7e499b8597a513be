"""What is refused about recipes, their runs, and single items on their way through them."""

from guiju.data.intake.errors import RecordRefused
from guiju.kit import N_, NotFound, Refusal


class RecipeNotFound(NotFound):
    code = "recipe-not-found"
    sentence = N_("There is no such recipe in this project.")
    next_step = N_("Open the project's cleaning page to see its recipes.")


class RunNotFound(NotFound):
    code = "recipe-run-not-found"
    sentence = N_("There is no such run of a recipe in this project.")
    next_step = N_("Open the project's cleaning page to see its runs.")


class RecipeUnnamed(Refusal):
    code = "recipe-unnamed"
    status = 422
    sentence = N_("The recipe has no name.")
    next_step = N_("Write a name above its steps; its runs and the sources of clean items are called by it.")


class RecipeUnreadable(Refusal):
    code = "recipe-unreadable"
    status = 422
    sentence = N_("The recipe cannot be read: {fault}.")
    next_step = N_("Write a name and a list of steps, as docs/cleaning/steps.md shows.")


class StepUnknown(Refusal):
    code = "step-unknown"
    status = 422
    sentence = N_("“{step}” is not a step. The steps are: {known}.")
    next_step = N_("Correct the step's name.")


class StepOptionWrong(Refusal):
    code = "step-option-wrong"
    status = 422
    sentence = N_("Step {place}, “{step}”, cannot be told that: {fault}.")
    next_step = N_("Correct the option, or leave it out.")


class RecipeEmpty(Refusal):
    code = "recipe-empty"
    status = 422
    sentence = N_("The recipe has no step.")
    next_step = N_("Add at least one step.")


class RecipeErases(Refusal):
    """The preview says that much would be lost: somebody has to say that this is meant."""

    code = "recipe-erases"
    status = 409
    sentence = N_(
        "Tried on {tried} items drawn at random, the recipe takes away {erased}% of the characters"
        " and drops {dropped}% of the items."
    )
    next_step = N_("Look at the examples. If this is what you mean, confirm it and run again.")


class NothingToClean(Refusal):
    code = "nothing-to-clean"
    status = 409
    sentence = N_("There is no item here that this version of the recipe has not seen.")
    next_step = N_("Bring new data, choose another source, or change the recipe.")


class RunGoingOn(Refusal):
    """Two runs at once could take the same item."""

    code = "recipe-run-going-on"
    status = 409
    sentence = N_("“{recipe}” is running in this project (run {run}).")
    next_step = N_("Wait for it to end, or cancel it.")


class RunNotDone(Refusal):
    code = "recipe-run-not-done"
    status = 409
    sentence = N_("Run {run} is not done, or was undone already.")
    next_step = N_("Wait for it to end, or cancel its job.")


class DerivedInUse(Refusal):
    """Named with what refers to the derived items, round by round."""

    code = "derived-in-use"
    status = 409
    sentence = N_("Clean items of run {run} are already worked with: {uses}.")
    next_step = N_("Undo later runs first; items that people have annotated stay as they are.")


class StepFailed(RecordRefused):
    code = "step-failed"
    sentence = N_("Step {place}, “{step}”, stopped at this item: {fault}.")
    next_step = N_("The item stays as it is. Correct the recipe or the item, and run again.")


class ContentMissing(RecordRefused):
    code = "content-missing"
    sentence = N_("The content of this item is missing from the store.")
    next_step = N_("Ask the administrator to run “guiju verify”, then run the recipe again.")


class HeldByImport(RecordRefused):
    code = "held-by-import"
    sentence = N_("What would come of it is being imported at this moment.")
    next_step = N_("When the import is over, run the recipe again.")


class ItemInWork(RecordRefused):
    code = "item-in-work"
    sentence = N_("It is worked with already: what was said of it would not hold for a cleaned item.")
    next_step = N_("It stays as it is. Clean items before a round gives them out.")


class NothingStandsForIt(RecordRefused):
    """Content is unique in a project: what is masked in an item's name or columns alone makes no second item."""

    code = "nothing-stands-for-it"
    sentence = N_("Personal data stands in its name or in its other columns only; its content is the same as before.")
    next_step = N_("It stays as it is. Import the data again without those columns.")
