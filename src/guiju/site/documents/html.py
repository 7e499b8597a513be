"""A document as one HTML file that needs nothing beside it: our own tokens, light and dark, and made to be printed."""

from functools import cache
from pathlib import Path

from markupsafe import Markup

from guiju.site.documents.model import Block, Document, Inline, pieces_of, share_of
from guiju.site.documents.texts import fit, safe_link
from guiju.site.render import environment


def render_html(document: Document) -> bytes:
    """UTF-8, the language and the title in the head; every text escaped."""
    shown = (
        environment()
        .get_template("site/document.html")
        .render(
            document=document,
            styles=_styles(),
            said=_said,
            fit=fit,
            share_of=share_of,
            kind_of=_kind,
        )
    )
    return shown.encode()


def _kind(block: Block) -> str:
    return type(block).__name__


@cache
def _styles() -> Markup:
    return Markup((Path(__file__).parent / "document.css").read_text(encoding="utf-8"))  # noqa: S704 - our own file


def _said(text: Inline) -> Markup:
    return Markup("").join(
        _piece(fit(span.text), span.mark, safe_link(span.link)) for span in pieces_of(text) if span.text
    )


_TAGS = {None: Markup("{}"), "strong": Markup("<b>{}</b>"), "quiet": Markup("<small>{}</small>")}
_CODE = Markup("<code>{}</code>")
_LINK = Markup('<a href="{}" rel="noopener noreferrer">{}</a>')


def _piece(text: str, mark: str | None, link: str | None) -> Markup:
    shown = _TAGS.get(mark, _CODE).format(text)
    return _LINK.format(link, shown) if link else shown
