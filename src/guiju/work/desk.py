"""What a page with a bench on it begins with: the annotator's, and of those who judge and rule."""

import json
from collections.abc import Iterable
from typing import Any

from markupsafe import Markup
from sqlalchemy import Connection

from guiju.kit import iso
from guiju.projects import Project
from guiju.rulebooks import CompiledRulebook
from guiju.rulings import Precedent, latest_rulings, veiled_items
from guiju.site import catalogue_for_script, locale_of, signed_in_of, words_of
from guiju.site.guards import AnyRequest
from guiju.work.beside import with_examples

_lent: set[str] = set()


def lend_words(sentences: Iterable[str]) -> None:
    """Let every bench say these sentences too: what rooms above this one write into what it shows."""
    _lent.update(sentences)


def begin_bench(
    request: AnyRequest, connection: Connection, project: Project, rulebook: CompiledRulebook
) -> dict[str, Any]:
    """The part of the boot data that every bench has. The caller has authorised."""
    locale, signed_in = locale_of(request), signed_in_of(request)
    words = words_of(request)
    rulings = latest_rulings(connection, project.id)
    veiled = veiled_items(connection, signed_in.actor.id, project.id)
    return {
        "locale": locale,
        "words": {**catalogue_for_script(locale), **{each: words(each) for each in sorted(_lent)}},
        "csrf": signed_in.csrf,
        "project": {"id": project.id, "name": project.name},
        "rulebook": with_examples(connection, rulebook),
        "rulings": [_ruling(each) for each in rulings if each.ruling.item_id not in veiled],
        "person": {"id": signed_in.actor.id, "name": signed_in.actor.name},
    }


def _ruling(each: Precedent) -> dict[str, Any]:
    """A ruling as the workbench lists it: not the item nor its answer, which somebody may still have to find."""
    ruling = each.ruling
    named = {"id": ruling.id, "text": ruling.text, "clause": ruling.clause}
    return {**named, "question": each.question, "at": iso(ruling.at)}


def script_json(value: object) -> Markup:
    """JSON that may stand inside a `<script>`: nothing in it can end the element."""
    text = json.dumps(value, ensure_ascii=False)
    return Markup(text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029"))  # noqa: S704 - escaped in this line
