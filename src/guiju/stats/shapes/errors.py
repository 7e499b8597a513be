"""Why shapes cannot be compared."""

from guiju.kit import N_, Refusal


class ShapeRefused(Refusal):
    """Base of what is wrong with shapes."""

    code = "shape-refused"
    status = 422
    sentence = N_("These shapes cannot be compared.")
    next_step = N_("Correct the shapes, then compute again.")


class UnevenShapes(ShapeRefused):
    """The columns of shapes are not equally long."""

    code = "uneven-shapes"
    sentence = N_(
        "The columns are not equally long: {items} items, {annotators} annotators, {labels} labels, {shapes} shapes."
    )
    next_step = N_("Give one item, one annotator, one label and one shape in each row.")


class NothingDrawn(ShapeRefused):
    """No shape and no answer was given."""

    code = "nothing-drawn"
    sentence = N_("There is no shape and nobody who looked, so there is nothing to compare.")
    next_step = N_("Give shapes, or say who looked at which item without drawing.")


class LabelMissing(ShapeRefused):
    """A shape has no label."""

    code = "shape-label-missing"
    sentence = N_("The shape in row {row} has no label.")
    next_step = N_("Give every shape a label; one and the same if there is only one class.")


class NotFiniteShape(ShapeRefused):
    """A coordinate is NaN, infinite or no number."""

    code = "shape-not-finite"
    sentence = N_("The shape in row {row} has a coordinate that is no finite number.")
    next_step = N_("Correct the coordinate, or leave the shape out.")


class NegativeSize(ShapeRefused):
    """A width or a height below zero, or corners the wrong way round."""

    code = "negative-size"
    sentence = N_("The box in row {row} is {width} wide and {height} high; neither can be negative.")
    next_step = N_("Check whether the numbers are corner and size or two corners.")


class NoArea(ShapeRefused):
    """A shape covers nothing."""

    code = "shape-without-area"
    sentence = N_("The shape in row {row} covers no area.")
    next_step = N_("Leave it out: a shape without area overlaps nothing.")


class NotABox(ShapeRefused):
    """The boxes are no table of four numbers a row, or their form is unknown."""

    code = "not-a-box"
    sentence = N_("Boxes are four numbers a row in the form {known}; this is {given}.")
    next_step = N_("Give one row of four numbers for each box.")


class NotAPolygon(ShapeRefused):
    """A ring with fewer than three points, or points that are no pairs."""

    code = "not-a-polygon"
    sentence = N_("The polygon in row {row} has a ring that is not at least three points of x and y.")
    next_step = N_("Give three points or more, each with x and y.")


class NotAMask(ShapeRefused):
    """A mask that is no run lengths with a size."""

    code = "not-a-mask"
    sentence = N_("The mask in row {row} is not made of a size (height, width) and a list of run lengths.")
    next_step = N_("Give uncompressed run lengths, column by column, beginning with the background.")


class RunsDoNotAddUp(ShapeRefused):
    """Run lengths that do not fill the image."""

    code = "runs-do-not-add-up"
    sentence = N_(
        "The runs of the mask in row {row} cover {total} pixels; an image of {height} × {width} has {pixels}."
    )
    next_step = N_("Check the mask's size and its run lengths.")


class MasksDifferInSize(ShapeRefused):
    """Two masks of one item are of differently large images."""

    code = "masks-differ-in-size"
    sentence = N_("The masks of item “{item}” are of differently large images.")
    next_step = N_("Bring them to one size, or check that they belong to this item.")


class NotAnswered(ShapeRefused):
    """A shape by somebody who, by the list of answers, never looked at the item."""

    code = "shape-of-another-item"
    sentence = N_("The shape in row {row} is on item “{item}” by {annotator}, which is not among the answers.")
    next_step = N_("Check the item's name, or add the answer to the list.")


class UnlikeShapes(ShapeRefused):
    """Two collections that cannot be laid over each other."""

    code = "unlike-shapes"
    sentence = N_("Shapes of the form {one} cannot be compared with shapes of the form {other}.")
    next_step = N_("Bring both to one form first.")


class NotAnOverlap(ShapeRefused):
    """A threshold of IoU outside its range."""

    code = "not-an-overlap"
    sentence = N_("{value} is no overlap to demand; it lies above 0 and is at most 1.")
    next_step = N_("Choose a number such as 0.5.")


class NotAScore(ShapeRefused):
    """A prediction whose score is no finite number, or a score for each is missing."""

    code = "not-a-score"
    sentence = N_("The prediction in row {row} has no finite score.")
    next_step = N_("Give every predicted shape one score.")


class NotAWeight(ShapeRefused):
    """A weight of an annotator that is not above zero."""

    code = "not-a-weight"
    sentence = N_("The weight {value} of {annotator} is not a finite number above 0.")
    next_step = N_("Give a weight above 0, or leave the annotator's answers out.")


class ExtraWanted(ShapeRefused):
    """A package that is not installed."""

    code = "extra-wanted"
    sentence = N_("This figure needs the package {package}, which is not installed.")
    next_step = N_("Install the extra “{extra}”: pip install 'guiju[{extra}]'.")


class NoTruth(ShapeRefused):
    """A prediction on an item that the truth says nothing about."""

    code = "no-truth"
    sentence = N_("The prediction in row {row} is on item “{item}”, of which there is no truth.")
    next_step = N_("Check the item's name; if the truth is that nothing is there, list it among the answers.")


class UnknownName(ShapeRefused):
    """An annotator who is not in the collection."""

    code = "annotator-without-shapes"
    sentence = N_("There is no annotator “{name}” among these shapes.")
    next_step = N_("Choose one of: {known}.")


class NotALine(ShapeRefused):
    """A line has no length."""

    code = "not-a-line"
    sentence = N_("A line needs two different points, each of two finite numbers.")
    next_step = N_("Give the points as rows of x and y.")
