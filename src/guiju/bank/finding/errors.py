"""What is refused about a search."""

from guiju.kit import N_, NotFound, Refusal


class FacetUnknown(Refusal):
    code = "bank-facet-unknown"
    status = 422
    sentence = N_("“{said}” is nothing that a search of the bank is narrowed by.")
    next_step = N_("Write the facet, a colon and the value, such as grade:A. Facets: {known}.")


class SearchTooLong(Refusal):
    code = "bank-search-too-long"
    status = 422
    sentence = N_("{part} is longer than {most} characters.")
    next_step = N_("Search for fewer words, or for the first sentences of a text.")


class DepositNotFound(NotFound):
    code = "deposit-not-found"
    sentence = N_("There is no such deposit, or you may not see it.")
    next_step = N_("Search the bank: what was withdrawn, or left for another customer, is not found.")
