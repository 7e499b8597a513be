"""What is refused about projects."""

from guiju.kit import N_, NotFound, Refusal


class ProjectNotFound(NotFound):
    code = "project-not-found"
    sentence = N_("There is no such project, or you are not one of its members.")
    next_step = N_("Open your list of projects, or ask the project's trainer to add you.")


class ProjectNotActive(Refusal):
    code = "project-not-active"
    status = 409
    sentence = N_("The project is {state}; nothing in it can be changed now.")
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
