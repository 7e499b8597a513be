"""What is refused about embeddings."""

from guiju.kit import N_, Refusal


class UnknownBackend(Refusal):
    code = "unknown-embedding"
    status = 422
    sentence = N_("There is no way “{name}” to compare {media}.")
    next_step = N_("Choose one of: {known}.")


class BackendNotInstalled(Refusal):
    """A package that only an extra brings."""

    code = "embedding-not-installed"
    status = 422
    sentence = N_("Comparing by “{name}” needs the package {package}, which is not installed.")
    next_step = N_("Ask whoever runs the house for `pip install 'guiju[{extra}]'`, or leave the choice to the program.")


class BackendUnreadable(Refusal):
    """A model of the user's own that does not do what its place asks."""

    code = "embedding-unreadable"
    status = 422
    sentence = N_("The model in {folder} cannot be used: {reason}.")
    next_step = N_("Put another export there (docs/data.md says which), or take it away.")
