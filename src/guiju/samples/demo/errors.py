"""What the demo refuses."""

from guiju.kit import N_, Refusal


class NotADemoHome(Refusal):
    """A folder that holds something, and no demo."""

    code = "not-a-demo-home"
    status = 409
    sentence = N_("{home} is not empty, and it is no home of the demo.")
    next_step = N_("Name another folder with --home; one that does not exist yet is made.")


class DatabaseTaken(Refusal):
    """A database in which somebody lives already."""

    code = "demo-database-taken"
    status = 409
    sentence = N_("The database has accounts already: the demo is made in an empty one.")
    next_step = N_("Name an empty database with --database, or leave it out to use a file in the home.")
