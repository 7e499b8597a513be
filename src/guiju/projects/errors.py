"""What is refused about projects."""

from guiju.kit import N_, NotFound, Refusal


class ProjectNotFound(NotFound):
    code = "project-not-found"
    sentence = N_("There is no such project, or you are not one of its members.")
    next_step = N_("Open your list of projects, or ask the project's trainer to add you.")


class ProjectNotActive(Refusal):
    code = "project-not-active"
    status = 409
    sentence = N_("The project is paused or archived; nothing in it can be changed now.")
    next_step = N_("Ask the trainer or manager to resume it.")


class MayNotOpenProjects(Refusal):
    code = "may-not-open-projects"
    status = 403
    sentence = N_("Your account may not open projects.")
    next_step = N_("Ask an administrator to allow it.")


class ProjectNameMissing(Refusal):
    code = "project-name-missing"
    status = 422
    sentence = N_("A project needs a name.")
    next_step = N_("Write one, for example the customer's own name for the work.")


class NameNotTyped(Refusal):
    """A deletion is confirmed by the project's own name."""

    code = "name-not-typed"
    status = 422
    sentence = N_("The project is called “{name}”; “{typed}” was typed. Nothing was deleted.")
    next_step = N_("Type the project's name exactly to delete it.")


class LastLead(Refusal):
    code = "last-lead"
    status = 409
    sentence = N_("Nobody else leads this project: without a trainer or manager nobody could change its members.")
    next_step = N_("Make somebody else its trainer or manager first.")


class NoRoleChosen(Refusal):
    code = "no-role-chosen"
    status = 422
    sentence = N_("No role was chosen.")
    next_step = N_("Choose at least one role; to take a person out, use “Take out”.")


class NotDeleted(Refusal):
    code = "not-deleted"
    status = 409
    sentence = N_("The project is not deleted.")
    next_step = N_("Open it from the list of projects.")


class RightsUnknown(Refusal):
    code = "rights-unknown"
    status = 422
    sentence = N_("“{rights}” is not a right of the bank.")
    next_step = N_("Choose customer (for this customer only) or general (for everybody in the house).")


class RoleUnknown(Refusal):
    code = "role-unknown"
    status = 422
    sentence = N_("There is no role “{role}”.")
    next_step = N_("Choose among {roles}.")
