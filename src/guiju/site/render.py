"""Pages: Jinja templates of every slice in one environment, in the reader's language."""

from collections.abc import Callable
from functools import cache, partial
from pathlib import Path
from typing import Any, TypeAlias, cast

import msgspec
from jinja2 import Environment, FileSystemLoader, PrefixLoader, StrictUndefined
from litestar.enums import MediaType
from litestar.response import Redirect, Response
from markupsafe import Markup

from guiju.kit import bilingual, new_id
from guiju.site import filters
from guiju.site.guards import AnyRequest, known_signed_in, locale_of
from guiju.site.words import LOCALES, known_sentences, words_for

PACKAGE = Path(__file__).parent.parent
STATIC = PACKAGE / "web" / "static" / "app"


@cache
def environment() -> Environment:
    """The one Jinja environment: `projects/list.html` is `guiju/projects/templates/list.html`."""
    slices = {
        folder.parent.name: FileSystemLoader(folder)
        for folder in sorted(PACKAGE.glob("*/templates"))
        if folder.is_dir()
    }
    made = Environment(
        loader=PrefixLoader(slices), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    made.filters.update(filters.FILTERS)
    cast(dict[str, Any], made.globals).update(new_id=new_id, asset=asset)  # typed as Jinja's own, meant to be added to
    return made


@cache
def _manifest() -> dict[str, Any]:
    place = STATIC / "manifest.json"
    return msgspec.json.decode(place.read_bytes()) if place.exists() else {}


def asset(entry: str) -> Markup:
    """The tags of a front-end entry (`src/site/main.ts`): its script and its styles."""
    built = _manifest().get(entry)
    if built is None:
        return Markup("<!-- the front end is not built -->")
    styles = Markup("").join(
        Markup('<link rel="stylesheet" href="/static/app/{}">').format(name) for name in _styles(entry, set())
    )
    return styles + Markup('<script type="module" src="/static/app/{}"></script>').format(built["file"])


def _styles(entry: str, seen: set[str]) -> list[str]:
    if entry in seen:
        return []
    seen.add(entry)
    built = _manifest()[entry]
    imported = [name for chunk in built.get("imports", []) for name in _styles(chunk, seen)]
    return [*imported, *built.get("css", [])]


MoreContext: TypeAlias = Callable[[AnyRequest, dict[str, object]], dict[str, object]]
_more: list[MoreContext] = []


def add_context(more: MoreContext) -> None:
    """Let a slice add to what every template sees: `more(request, context)`; asked once a page."""
    _more.append(more)


def page(request: AnyRequest, template: str, *, status: int = 200, **context: object) -> Response[str]:
    """Render `template` for whoever asks. The template sees `t` (words), `locale`, `me`, `csrf` and the context."""
    signed_in = known_signed_in(request)
    for more in _more:
        context = {**context, **more(request, context)}
    shown = fragment(
        request,
        template,
        locales=LOCALES,
        me=signed_in.actor if signed_in else None,
        csrf=signed_in.csrf if signed_in else None,
        path=request.url.path,
        flash=said if (said := request.query_params.get("said", "")) in known_sentences() else None,
        theme=theme if (theme := request.cookies.get("guiju_theme")) in {"light", "dark"} else None,
        **context,
    )
    headers = {"Cache-Control": "private, no-store", "Vary": "Cookie, Accept-Language"}
    return Response(shown, media_type=MediaType.HTML, status_code=status, headers=headers)


def fragment(request: AnyRequest, template: str, **context: object) -> str:
    """A part of a page as HTML; its template sees `t`, `locale`, `own` (in the reader's language), the context."""
    locale = locale_of(request)
    found = environment().get_template(template)
    return found.render(t=words_for(locale), locale=locale, own=partial(bilingual, locale=locale), **context)


def done(to: str) -> Redirect:
    """Answer a form: go to `to` with a fresh GET."""
    return Redirect(to, status_code=303)
