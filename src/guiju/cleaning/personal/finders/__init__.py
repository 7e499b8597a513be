"""One file a family of personal data. A finder takes a half-width text and yields places, in linear time.

What keeps it linear: no quantifier stands inside another over the same characters, and every look to the left or right
of a hit is bounded.
"""

from collections.abc import Callable, Iterator

from guiju.cleaning.personal.finders.accounts import find_accounts, find_mails
from guiju.cleaning.personal.finders.addresses import find_addresses
from guiju.cleaning.personal.finders.documents import find_documents
from guiju.cleaning.personal.finders.names import find_names
from guiju.cleaning.personal.finders.networks import find_networks
from guiju.cleaning.personal.finders.phones import find_phones
from guiju.cleaning.personal.finders.plates import find_plates
from guiju.cleaning.personal.model import Found

FINDERS: tuple[Callable[[str], Iterator[Found]], ...] = (
    find_mails,
    find_documents,
    find_accounts,
    find_phones,
    find_plates,
    find_networks,
    find_addresses,
    find_names,
)
