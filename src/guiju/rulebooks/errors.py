"""What is refused about rulebooks."""

from guiju.kit import N_, NotFound, Refusal


class FrontMatterMissing(Refusal):
    code = "front-matter-missing"
    status = 422
    sentence = N_("Line {line}: a rulebook begins with its fields and labels in YAML between two lines of “---”.")
    next_step = N_("Begin with a line “---” and close the YAML with another; clauses follow below.")


class HeadingUnreadable(Refusal):
    code = "heading-unreadable"
    status = 422
    sentence = N_("Line {line}: “{heading}” does not begin with a clause's number.")
    next_step = N_("Write it like “## C3 划痕 | Scratches”.")


class DraftNotReadable(Refusal):
    code = "draft-not-readable"
    status = 409
    sentence = N_("The rulebook's draft has an error near line {line}, so nothing can be added to it.")
    next_step = N_("Open the rulebook, correct it, and add the example again.")


class RulebookNotFound(NotFound):
    code = "rulebook-not-found"
    sentence = N_("This project has no such version of its rulebook.")
    next_step = N_("Open the rulebook's page to see the versions there are.")


class NoRulebook(Refusal):
    code = "no-rulebook"
    status = 409
    sentence = N_("This project has no published rulebook yet.")
    next_step = N_("Write and publish one: labels, clauses, examples, checks.")


class RulebookIsStale(Refusal):
    code = "rulebook-is-stale"
    status = 409
    sentence = N_(
        "The rulebook was saved by somebody else since you opened it (save {revision}, yours began at {started})."
    )
    next_step = N_("Keep your text aside, reload the page, and put your changes into the newest one.")


class RulebookConflict(Refusal):
    code = "rulebook-conflict"
    status = 409
    sentence = N_("Somebody else changed the same passages since you opened the rulebook: {places} (save {revision}).")
    next_step = N_("Compare both texts of each, put them together, and save from save {revision} on.")


class NothingToPublish(Refusal):
    code = "nothing-to-publish"
    status = 409
    sentence = N_("There is no draft to publish.")
    next_step = N_("Edit the rulebook and save the draft first.")


class RulebookHasProblems(Refusal):
    code = "rulebook-has-problems"
    status = 422
    sentence = N_("The rulebook cannot be published: {count} problems, the first in line {line}.")
    next_step = N_("Open the editor: it lists each problem with its line and what to do.")


class BadVersion(Refusal):
    code = "bad-version"
    status = 422
    sentence = N_("“{version}” is not a version number.")
    next_step = N_("Write three whole numbers, for example {proposed}.")


class VersionNotNewer(Refusal):
    code = "version-not-newer"
    status = 409
    sentence = N_("Version {version} is not after {latest}, which is published and cannot be changed.")
    next_step = N_("Take a higher number, for example {proposed}.")


class BadExample(Refusal):
    code = "bad-example"
    status = 422
    sentence = N_("Line {line}: the answer of example {example} cannot be read ({reason}).")
    next_step = N_("Write a list of label ids, or of boxes with label, x, y, width and height in pixels.")
