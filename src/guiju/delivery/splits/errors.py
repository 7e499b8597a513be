"""What is refused about parts of a package."""

from guiju.kit import N_, Refusal


class BadSplits(Refusal):
    code = "bad-splits"
    status = 422
    sentence = N_("The package cannot be split so: {reason}.")
    next_step = N_("Write each part as name=share, such as train=0.8, validation=0.1, test=0.1.")


class SplitFieldUnknown(Refusal):
    code = "split-field-unknown"
    status = 422
    sentence = N_("The rulebook has no field “{field}” with labels to split by.")
    next_step = N_("Choose one of: {known}.")


class SplitDeliveryUnknown(Refusal):
    code = "split-delivery-unknown"
    status = 422
    sentence = N_("Delivery {delivery} has no parts that could be kept.")
    next_step = N_("Name a finished delivery of this project that was split into parts of the same names.")


class GroupColumnAbsent(Refusal):
    code = "group-column-absent"
    status = 409
    sentence = N_("No item that is delivered has a column “{column}”, so nothing would be kept together by it.")
    next_step = N_("Name a column of the items' own, as it stands on their pages, or leave it out.")
