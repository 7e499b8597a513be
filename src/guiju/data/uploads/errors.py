"""What is refused about an upload."""

from guiju.kit import N_, Refusal


class UploadMissing(Refusal):
    code = "upload-missing"
    status = 422
    sentence = N_("No file was chosen.")
    next_step = N_("Choose a file or a folder and send the form again.")


class UploadUnreadable(Refusal):
    code = "upload-unreadable"
    sentence = N_("The upload broke off, or is not a form with files.")
    next_step = N_("Send it again.")
