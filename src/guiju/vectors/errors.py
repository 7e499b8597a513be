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


class EmbedderChanged(Refusal):
    """The model in its place is another one than that by which a map was made."""

    code = "embedder-changed"
    status = 409
    sentence = N_("The model by which these scenes were found has been replaced since, so nothing can be placed by it.")
    next_step = N_("Find the scenes again: what you kept stays, everything is compared anew.")


class EndpointFileWrong(Refusal):
    code = "endpoint-file-wrong"
    status = 422
    sentence = N_("The file embedders/endpoint.toml does not name a service: {reason}.")
    next_step = N_("Ask whoever runs the house to put it right (docs/embedders.md), or compare in another way.")


class OutsideSilent(Refusal):
    code = "outside-silent"
    status = 503
    sentence = N_("{host} gave no answer in {tries} tries; the last was: {reason}.")
    next_step = N_("What was answered is kept: find the scenes again later, and it goes on from there.")


class OutsideRefused(Refusal):
    code = "outside-refused"
    status = 422
    sentence = N_("{host} refuses the texts with {status}: {reason}.")
    next_step = N_("Ask whoever runs the house to look at the model and the key (docs/embedders.md), then go on.")


class OutsideWrong(Refusal):
    code = "outside-wrong"
    status = 422
    sentence = N_("{host} answers something else than a vector for each text: {reason}.")
    next_step = N_("Ask whoever runs the house to look at the model (docs/embedders.md), or compare in another way.")


class IndexNotInstalled(Refusal):
    code = "vectors-not-installed"
    status = 422
    sentence = N_("{count} vectors are more than the {most} that are compared one by one.")
    next_step = N_("Ask whoever runs the house for `pip install 'guiju[vectors]'`; search by words meanwhile.")
