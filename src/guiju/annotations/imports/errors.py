"""What is refused about others' work: a whole file, or one mark of it."""

from collections.abc import Mapping
from typing import Any, cast

from guiju.kit import N_, NotFound, Refusal, bilingual


class WorkUnreadable(Refusal):
    code = "work-unreadable"
    status = 422
    sentence = N_("“{name}” cannot be read as {format}: {reason}.")
    next_step = N_("Export it again in this format, or name the format that it has.")


class WorkNeedsExtra(Refusal):
    code = "work-needs-extra"
    status = 422
    sentence = N_("“{name}” is read by a library that is not installed here.")
    next_step = N_(
        "Ask whoever runs the house for `pip install 'guiju[{extra}]'`, or bring the same columns as Parquet."
    )


class ResultsAlone(Refusal):
    code = "results-alone"
    status = 422
    sentence = N_("“{name}” is a list of results alone: its images and categories are numbers of another file.")
    next_step = N_("Put the list into that file in place of its annotations, and import the file as predictions.")


class WorkGone(Refusal):
    code = "work-gone"
    status = 410
    sentence = N_("“{name}” was removed before it was imported to its end.")
    next_step = N_("Nothing of it was kept. Import the file again.")


class WorkColumnMissing(Refusal):
    code = "work-column-missing"
    status = 422
    sentence = N_("“{name}” has no column “{column}”. Its columns are: {found}.")
    next_step = N_("Name the columns of item, annotator and label, or of all columns if the file has no first row.")


class UnknownFormat(Refusal):
    code = "unknown-annotation-format"
    status = 422
    sentence = N_("Annotations cannot be read from “{format}”.")
    next_step = N_("Choose one of: {known}.")


class UnknownRoundKind(Refusal):
    code = "unknown-round-kind"
    status = 422
    sentence = N_("Others’ work cannot enter as a round of kind “{kind}”.")
    next_step = N_("Choose import, or trial when several annotators answered the same items.")


class NoRulebookToImportUnder(Refusal):
    code = "no-rulebook-to-import-under"
    status = 409
    sentence = N_("This project has no published rulebook, so nothing says which labels there are.")
    next_step = N_("Publish a rulebook with the labels of the file, then import it.")


class NoFieldForWork(Refusal):
    code = "no-field-for-work"
    status = 422
    sentence = N_("The rulebook has no field “{field}” for answers of kind “{kind}”.")
    next_step = N_("Add such a field to the rulebook and publish it, or name another field.")


class NothingTaken(Refusal):
    code = "nothing-taken"
    status = 422
    sentence = N_("None of the {refused} records could be taken. The first reason: “{first}”.")
    next_step = N_("If labels are missing, add them to the rulebook and publish it; then import the file again.")


class ImportNotFound(NotFound):
    code = "annotation-import-not-found"
    sentence = N_("There is no such import of annotations, or it is not yours to see.")
    next_step = N_("Open the project’s rounds to see what was imported.")


def places_in(details: Mapping[str, Any], locale: str) -> dict[str, Any]:
    """The details of a refused record with the rulebook's own text in the reader's language."""
    return {
        name: bilingual(cast("Mapping[str, str]", told), locale) if isinstance(told, Mapping) else told
        for name, told in details.items()
    }


class MarkRefused(Refusal):
    """One record is refused; the others go on."""

    code = "mark-refused"
    status = 422
    sentence = N_("This record was not taken.")
    next_step = N_("Correct it and import the file again.")


class MarkUnreadable(MarkRefused):
    code = "mark-unreadable"
    sentence = N_("This record cannot be read: {reason}.")
    next_step = N_("Correct the record in its file.")


class AnswerNotAllowed(MarkRefused):
    """A kind's own check failed; it is listed under the problem's own code and sentence."""

    code = "answer-not-allowed"
    sentence = N_("The rulebook does not allow this answer.")
    next_step = N_("Correct the record in its file.")

    def __init__(self, problem: Mapping[str, Any]) -> None:
        self.problem = problem
        super().__init__(**problem["details"])


class CheckFailed(MarkRefused):
    """A check of the rulebook failed; `message` is its own text in both languages."""

    code = "check-failed"
    sentence = N_("“{message}” says a check of the rulebook, so this answer is refused.")
    next_step = N_("Correct the record in its file.")


class ItemUnknown(MarkRefused):
    code = "item-unknown"
    sentence = N_("The project has no item “{item}”.")
    next_step = N_("Import the data first, or let the items be created.")


class ItemAmbiguous(MarkRefused):
    code = "item-ambiguous"
    sentence = N_("Several items of the project end in “{item}”.")
    next_step = N_("Name the item with its folder.")


class LabelNotInRulebook(MarkRefused):
    code = "label-not-in-rulebook"
    sentence = N_("The rulebook has no label “{label}” in “{field}”.")
    next_step = N_("Add it to the rulebook and publish it, or correct the file.")


class AnnotatorMissing(MarkRefused):
    code = "annotator-missing"
    sentence = N_("The record does not say who answered.")
    next_step = N_("Fill in the annotator, or name one for the whole file.")


class ScoreOutOfRange(MarkRefused):
    code = "score-out-of-range"
    sentence = N_("{score} is no confidence: it lies between 0 and 1.")
    next_step = N_("Correct the record in its file; 93% is written 0.93.")


class AnsweredTwice(MarkRefused):
    code = "answered-twice"
    sentence = N_("“{annotator}” answered this item before, at record {first}; the first answer was kept.")
    next_step = N_("Keep one answer for each item and annotator.")


class FieldAnsweredTwice(MarkRefused):
    code = "field-answered-twice"
    sentence = N_("“{first}” and “{second}” of the file both answer the field “{field}”.")
    next_step = N_("Give the rulebook a field of the same name for each, or name the one field that is to be taken.")


class PointNotInFigure(MarkRefused):
    """A file puts a point that the rulebook's figure does not have."""

    code = "point-not-in-figure"
    sentence = N_("The figure of “{field}” has no point “{point}”.")
    next_step = N_("Name the points as the rulebook does: {known}.")


class NotARating(MarkRefused):
    code = "not-a-rating"
    sentence = N_("“{value}” is no number, and “{field}” is rated by numbers.")
    next_step = N_("Write the point of the scale as a number.")


class NotAStrength(MarkRefused):
    code = "not-a-strength"
    sentence = N_("{value} is no strength of a label of “{field}”: it is 0 or more.")
    next_step = N_("Write how strong each label is as a number from 0 on; the import makes shares of them.")


class NoStrength(MarkRefused):
    code = "no-strength"
    sentence = N_("Every label of “{field}” has the strength 0, so none has a share.")
    next_step = N_("Leave the record out, or give the rulebook a label for “none of these”.")


class NoPixels(MarkRefused):
    code = "no-pixels"
    sentence = N_("A shape for “{field}” has neither run lengths nor an outline; a mask is made of either.")
    next_step = N_("Bring it in as a box, or write its segmentation into the file.")


class NotOneOutline(MarkRefused):
    code = "not-one-outline"
    sentence = N_("A shape for “{field}” has no outline, or one in several pieces; a polygon is one closed outline.")
    next_step = N_("Bring it in as a box, or draw each piece as a polygon of its own.")


class WrongFieldKind(MarkRefused):
    code = "wrong-field-kind"
    sentence = N_("The rulebook has no field “{field}” for answers of kind “{kind}”.")
    next_step = N_("Add such a field to the rulebook, or name another field.")


class NotARectangle(Refusal):
    code = "not-a-rectangle"
    status = 422
    sentence = N_("Four corners of “{label}” make no rectangle: one is {off} pixels away from where it would be.")
    next_step = N_("Ask for outlines (a field of kind polygon), or make them rectangles.")
