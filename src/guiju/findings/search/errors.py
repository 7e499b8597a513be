"""What is refused about a search."""

from guiju.kit import N_, NotFound, Refusal


class SearchUnreadable(Refusal):
    code = "search-unreadable"
    status = 422
    sentence = N_("The search could not be read: its part “{part}” is not one that is known here.")
    next_step = N_("Choose it on the search page, or leave it out.")


class RegionUnreadable(Refusal):
    code = "region-unreadable"
    status = 422
    sentence = N_("The part of a picture could not be read from “{said}”.")
    next_step = N_("Write four whole numbers with commas, in pixels: left edge, top edge, width, height.")


class RegionOfNothing(Refusal):
    code = "region-of-nothing"
    status = 422
    sentence = N_("A part was told, but not the picture of which it is a part.")
    next_step = N_("Put the number of the picture's item into “like”, or draw the part on the item's page.")


class NothingChosen(Refusal):
    code = "nothing-chosen"
    status = 422
    sentence = N_("No item was chosen.")
    next_step = N_("Tick the items that are meant, or narrow the search and take all that it finds.")


class SearchNameTaken(Refusal):
    code = "search-name-taken"
    status = 409
    sentence = N_("The project keeps a search called “{name}” already.")
    next_step = N_("Choose another name, or remove the other search first.")


class SearchUnnamed(Refusal):
    code = "search-unnamed"
    status = 422
    sentence = N_("A search that is kept needs a name of up to {limit} characters and something that it looks for.")
    next_step = N_("Write a word or choose a filter, then give it a name.")


class SearchNotFound(NotFound):
    code = "search-not-found"
    sentence = N_("There is no such search.")
    next_step = N_("Somebody may have removed it; look at the list again.")
