"""What is refused about a rough box."""

from guiju.kit import N_, Refusal


class NotOnAPicture(Refusal):
    code = "not-on-a-picture"
    status = 409
    sentence = N_("This item is no picture, so nothing on it has an outline.")
    next_step = N_("Mark it by hand.")


class BoxBesideImage(Refusal):
    code = "box-beside-image"
    status = 422
    sentence = N_("The rough box has no area inside of the image of {width} × {height} pixels.")
    next_step = N_("Draw it around the object, inside of the image.")


class UnknownOutliner(Refusal):
    code = "unknown-outliner"
    status = 422
    sentence = N_("Nobody called “{outliner}” finds outlines here.")
    next_step = N_("Choose one of: {known}.")


class OutlinerNotInstalled(Refusal):
    code = "outliner-not-installed"
    status = 501
    sentence = N_("Finding outlines needs {package}, which is not installed on this server.")
    next_step = N_(
        "Draw the outline by hand; the server's admin can install the extra “{extra}”: pip install 'guiju[{extra}]'."
    )


class OutlinersBusy(Refusal):
    code = "outliners-busy"
    status = 429
    sentence = N_("Others are having outlines found right now.")
    next_step = N_("Go on drawing, and press the key again in a moment.")


class OutlineTookTooLong(Refusal):
    code = "outline-took-too-long"
    status = 503
    sentence = N_("No outline was found within {seconds} seconds.")
    next_step = N_("Draw a smaller box, or draw the outline by hand.")


class NothingStandsOut(Refusal):
    code = "nothing-stands-out"
    status = 422
    sentence = N_("Nothing in the box stands out from what is around it.")
    next_step = N_("Leave a little room around the object, or draw the outline by hand.")


class OutlinerUnreadable(Refusal):
    code = "outliner-unreadable"
    status = 503
    sentence = N_("The model that finds outlines cannot be used: {reason}.")
    next_step = N_(
        "Draw the outline by hand; the server's admin can put a SAM export (encoder.onnx, decoder.onnx) into {folder}."
    )
