"""What every page and route shares: the words of the interface, the layout, guards, forms and error pages.

A slice's `pages.py` and `api.py` are made of these: `page(request, "projects/list.html", …)` renders with the reader's
language and theme, `actor_of(request)` is who asks (or a named refusal), `done(…)` answers a form with a redirect.
"""

from guiju.site.forms import Form, FormData, field, flag, number, request_id_of
from guiju.site.guards import (
    SignedIn,
    actor_of,
    check_csrf,
    credentials_of,
    house_of,
    locale_of,
    signed_in_of,
    words_of,
)
from guiju.site.render import add_context, done, fragment, page
from guiju.site.words import LOCALES, catalogue_for_script, words_for

__all__ = [
    "LOCALES",
    "Form",
    "FormData",
    "SignedIn",
    "actor_of",
    "add_context",
    "catalogue_for_script",
    "check_csrf",
    "credentials_of",
    "done",
    "field",
    "flag",
    "fragment",
    "house_of",
    "locale_of",
    "number",
    "page",
    "request_id_of",
    "signed_in_of",
    "words_for",
    "words_of",
]
