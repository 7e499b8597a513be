"""What the journal's actions are called on a page."""

from guiju.kit import N_

EVENT_NAMES = {
    "project.created": N_("opened the project"),
    "project.changed": N_("changed the project's settings"),
    "project.cloned": N_("cloned the project"),
    "project.restored": N_("restored the project"),
    "project.member-set": N_("changed the members"),
    "project.team-added": N_("added a team"),
    "brief.saved": N_("wrote on the brief"),
    "brief.signed": N_("signed the brief"),
    "data.import-asked": N_("started an import"),
    "data.landed": N_("brought data in"),
    "data.taken-back": N_("took a source back"),
    "cleaning.profile-asked": N_("asked for a profile"),
    "cleaning.profiled": N_("took a profile of a source"),
    "annotations.import-asked": N_("started an import of annotations"),
    "annotations.imported": N_("brought annotations in"),
    "rulebook.drafted": N_("wrote on the rulebook"),
    "rulebook.published": N_("published the rulebook"),
    "round.created": N_("prepared a round"),
    "round.opened": N_("opened a round"),
    "round.paused": N_("paused a round"),
    "round.closed": N_("closed a round"),
    "round.open": N_("opened a round again"),
    "round.resolved": N_("resolved a round's answers"),
    "trial.decided": N_("decided the trial's gate"),
    "question.asked": N_("asked a question"),
    "question.ruled": N_("answered a question"),
    "item.ruled": N_("ruled on an item"),
    "lot.drawn": N_("drew a lot"),
    "verdict.given": N_("gave a verdict"),
    "lot.accepted": N_("accepted a lot"),
    "lot.rejected": N_("rejected a lot"),
    "delivery.asked": N_("asked for a delivery"),
    "delivery.built": N_("built a delivery"),
    "bank.deposited": N_("deposited in the bank"),
    "bank.drawn": N_("drew from the bank"),
}

JOB_NAMES = {
    "data.import": N_("Import of data"),
    "data.clear": N_("Taking a source back"),
    "data.voices": N_("Finding where somebody speaks"),
    "data.voices-ahead": N_("Finding ahead where somebody speaks"),
    "cleaning.profile": N_("Profile of the data"),
    "annotations.import": N_("Import of annotations"),
    "delivery.build": N_("Building a delivery"),
    "bank.deposit": N_("Deposit in the bank"),
}

JOB_STATES = {
    "queued": N_("queued"),
    "running": N_("running"),
    "done": N_("done"),
    "failed": N_("failed"),
    "cancelled": N_("cancelled"),
}
