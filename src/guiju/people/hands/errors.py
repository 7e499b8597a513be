"""What is refused about a person's settings."""

from guiju.kit import N_, Refusal


class SettingsTooLarge(Refusal):
    code = "settings-too-large"
    status = 413
    sentence = N_("The settings take {size} bytes; {limit} are kept.")
    next_step = N_("Give fewer acts keys of their own.")


class SettingsUnreadable(Refusal):
    code = "settings-unreadable"
    status = 422
    sentence = N_("“{name}” is no setting.")
    next_step = N_("Name settings in small letters and hyphens, at most 40 of each and of them.")
