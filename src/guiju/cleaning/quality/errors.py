"""What is refused about quality rules."""

from guiju.kit import N_, NotFound, Refusal, Words


class RulesUnreadable(Refusal):
    code = "quality-rules-unreadable"
    status = 422
    sentence = N_("The quality rules cannot be read: {fault}.")
    next_step = N_("Write a list of rules, each with a name and a check, as docs/cleaning/quality-rules.md shows.")


class RuleWrong(Refusal):
    code = "quality-rule-wrong"
    status = 422
    sentence = N_("Rule {place}, “{name}”: {fault}.")
    next_step = N_("Correct the rule; docs/cleaning/quality-rules.md says what each check can be told.")

    def spoken(self, words: Words) -> dict[str, object]:
        return {**self.details, "fault": words(str(self.details.get("fault", "")))}


class CheckUnknown(Refusal):
    code = "quality-check-unknown"
    status = 422
    sentence = N_("“{check}” is not something a rule can look at. It can look at: {known}.")
    next_step = N_("Correct the rule's check.")


class NoRules(Refusal):
    code = "no-quality-rules"
    status = 409
    sentence = N_("This project has no quality rules yet.")
    next_step = N_("Write rules, try them, and publish them; then they are held against every import.")


class NothingToCheck(Refusal):
    code = "nothing-to-check"
    status = 409
    sentence = N_("There is no imported source that the rules could be held against.")
    next_step = N_("Bring data in first.")


class ProfileWanted(Refusal):
    """Figures are read from the profile; they are not measured twice."""

    code = "quality-profile-wanted"
    status = 409
    sentence = N_("“{source}” has no profile by today's method, and rules read its figures.")
    next_step = N_("Take the profile; the rules are held against the source as soon as it is there.")


class VersionNotFound(NotFound):
    code = "quality-version-not-found"
    sentence = N_("There is no such version of the quality rules.")
    next_step = N_("Open the project's quality page to see its versions.")


class CheckRunNotFound(NotFound):
    code = "quality-run-not-found"
    sentence = N_("There is no such check of a source in this project.")
    next_step = N_("Open the project's quality page to see what was checked.")


class CheckNotDone(Refusal):
    code = "quality-run-not-done"
    status = 409
    sentence = N_("Check {run} is not in force: it is going on, was replaced, or was undone.")
    next_step = N_("Open the project's quality page and choose the check that is in force.")


class NotHeld(Refusal):
    code = "source-not-held"
    status = 409
    sentence = N_("This source is not held by its quality rules.")
    next_step = N_("Nothing needs to be done: its items are given out.")


class ReasonWanted(Refusal):
    code = "release-reason-wanted"
    status = 422
    sentence = N_("A held source is released with a reason; none was given.")
    next_step = N_("Say why the source may be used though it breaks a rule; the reason stands in the audit report.")


class CheckGoingOn(Refusal):
    code = "quality-run-going-on"
    status = 409
    sentence = N_("The rules are being held against “{source}” at this moment (check {run}).")
    next_step = N_("Wait for it to end, or cancel its job.")
