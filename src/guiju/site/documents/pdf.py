"""A document as PDF, set by Typst with fonts of our own.

The text goes to Typst as data, never as source: whatever a stranger wrote, nothing of it is read as a command. The
machine's own fonts are left out, so that the same document gives the same bytes on every machine.
"""

from dataclasses import asdict
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import msgspec

from guiju.site.documents.errors import FontsMissing, FormatNeedsExtra
from guiju.site.documents.model import Bars, Block, Document, Inline, Table, pieces_of, share_of
from guiju.site.documents.texts import breakable, fit, safe_link
from guiju.site.render import STATIC

FONTS = STATIC / "fonts"
_WANTED = ("NotoSansSC_400Regular.ttf", "NotoSansSC_700Bold.ttf")
_TEMPLATE = Path(__file__).parent / "document.typ"
_LANGUAGES = {"zh-Hans": ("zh", "CN"), "zh-Hant": ("zh", "TW"), "en": ("en", "GB")}


def render_pdf(document: Document) -> bytes:
    """A4, tagged for readers that speak. Raises `FormatNeedsExtra`, `FontsMissing`."""
    typst = _typst()
    said = msgspec.json.encode(_plain(document)).decode()
    compiler = typst.Compiler(_TEMPLATE.read_bytes(), font_paths=known_fonts(FONTS), sys_inputs={"document": said})
    made = compiler.compile(format="pdf")
    assert isinstance(made, bytes)
    return made


def _typst() -> Any:
    try:
        return import_module("typst")
    except ImportError as error:
        raise FormatNeedsExtra(format="PDF", package="typst", extra="pdf") from error


@cache
def known_fonts(folder: Path) -> Any:
    """What documents are set in: the shipped fonts, and those that Typst itself brings. Raises `FontsMissing`."""
    if not all((folder / name).is_file() for name in _WANTED):
        raise FontsMissing
    return _typst().Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(folder)])


def _plain(document: Document) -> dict[str, object]:
    language, region = _LANGUAGES[document.locale]
    return {
        "title": fit(document.title),
        "subtitle": breakable(fit(document.subtitle)),
        "header": breakable(fit(document.header)),
        "footer": breakable(fit(document.footer)),
        "lang": language,
        "region": region,
        "blocks": [_block(block) for block in document.blocks],
    }


def _block(block: Block) -> dict[str, object]:
    told: dict[str, object] = {"kind": type(block).__name__.lower(), **_texts(asdict(block))}
    match block:
        case Table():
            told["rows"] = [[_spans(cell) for cell in row] for row in block.rows]
        case Bars():
            told["shares"] = [share_of(bar, block) for bar in block.bars]
        case _:
            for name in ("text", "items", "pairs"):
                if name in told and told["kind"] != "heading":
                    told[name] = _inlines(name, getattr(block, name))
    return told


def _inlines(name: str, value: Any) -> object:
    if name == "text":
        return _spans(value)
    if name == "items":
        return [_spans(item) for item in value]
    return [[breakable(fit(label)), _spans(said)] for label, said in value]


def _spans(text: Inline) -> list[dict[str, str]]:
    return [
        {"text": breakable(fit(span.text)), "mark": span.mark or "", "link": safe_link(span.link) or ""}
        for span in pieces_of(text)
    ]


def _texts(value: Any) -> Any:
    match value:
        case str():
            return breakable(fit(value))
        case dict():
            return {name: _texts(one) for name, one in value.items()}  # pyright: ignore[reportUnknownVariableType]
        case list() | tuple():
            return [_texts(one) for one in value]  # pyright: ignore[reportUnknownVariableType]
        case _:
            return value
