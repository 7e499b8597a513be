"""What is refused about connections."""

from guiju.kit import N_, NotFound, Refusal, Words


class ConnectionNotFound(NotFound):
    """Also what a project hears of a connection that is not granted to it."""

    code = "connection-not-found"
    sentence = N_("There is no such connection for this project.")
    next_step = N_("Ask an administrator to name the connection, or to grant it to the project.")


class ConnectionNameTaken(Refusal):
    code = "connection-name-taken"
    status = 409
    sentence = N_("There is a connection “{name}” already.")
    next_step = N_("Choose another name, or change that connection.")


class ConnectionNameMissing(Refusal):
    code = "connection-name-missing"
    status = 422
    sentence = N_("A connection needs a name.")
    next_step = N_("Write one that trainers know the data by, such as “Service desk, replica”.")


class ConnectionInUse(Refusal):
    code = "connection-in-use"
    status = 409
    sentence = N_("{feeds} feeds draw from “{name}”, so it cannot be removed.")
    next_step = N_("Take the grant away from their projects: then nothing is drawn any more.")


class UnknownConnectionKind(Refusal):
    code = "unknown-connection-kind"
    status = 422
    sentence = N_("“{kind}” is no kind of connection.")
    next_step = N_("Say one of: {kinds}.")


class BadAddress(Refusal):
    code = "bad-address"
    status = 422
    sentence = N_("“{address}” is not the address of such a connection: {reason}.")
    next_step = N_("Write it in this way: “{example}”.")

    def spoken(self, words: Words) -> dict[str, object]:
        return {**self.details, "reason": words(str(self.details.get("reason", "")))}


class AddressHasSecret(Refusal):
    """The address itself is not told again."""

    code = "address-has-secret"
    status = 422
    sentence = N_("There is a password or key in the address, where everybody who sees the address would read it.")
    next_step = N_("Take it out of the address and write it as the secret.")


class PathNotAllowed(Refusal):
    code = "path-not-allowed"
    status = 403
    sentence = N_("“{path}” may not be named from here as a place to read data from.")
    next_step = N_(
        "Name it by “guiju connection add” on the server itself, or let its operator put a folder around it into "
        "GUIJU_FOLDERS. The home itself is never read."
    )


class SecretMissing(Refusal):
    code = "secret-missing"
    status = 409
    sentence = N_("The secret of “{name}” is not where it was said to be: {reference}.")
    next_step = N_("An administrator can write it anew, or set that variable or file for the server and its workers.")


class BadSecretReference(Refusal):
    code = "bad-secret-reference"
    status = 422
    sentence = N_("“{reference}” may not hold the secret of a connection.")
    next_step = N_(
        "Name a variable that begins with GUIJU_SECRET_ as env:GUIJU_SECRET_…, or a file in the folder “secrets” "
        "of the home as file:NAME."
    )


class UnknownGrant(Refusal):
    code = "unknown-grant"
    status = 422
    sentence = N_("There is no project {project} that a connection could be granted to.")
    next_step = N_("Take the project's number from its address.")
