"""Why an item is not given out any more."""

import enum

from guiju.kit import N_


class AsideReason(enum.StrEnum):
    DUPLICATE = "duplicate"
    CLEANED = "cleaned"
    RULE = "rule"
    PERSONAL = "personal"
    PERSON = "person"
    CHANGED = "changed"
    CONSENT = "consent"
    EXAMPLE = "example"


ASIDE_REASON_NAMES = {
    AsideReason.DUPLICATE: N_("another item says the same"),
    AsideReason.CLEANED: N_("a cleaned item stands for it"),
    AsideReason.RULE: N_("a quality rule refused it"),
    AsideReason.PERSONAL: N_("it holds personal data; a masked item stands for it"),
    AsideReason.PERSON: N_("set aside by hand"),
    AsideReason.CHANGED: N_("the record came again with other content"),
    AsideReason.CONSENT: N_("who gave it withdrew their consent"),
    AsideReason.EXAMPLE: N_("an example of the rulebook, kept for exams and practice"),
}
