"""A document as Word: real headings, lists and tables, which its readers go on writing in.

Rows are written as XML at once: python-docx looks for each cell anew, which a thousand rows feel.
"""

import io
import zipfile
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape, quoteattr

from guiju.site.documents.model import (
    Align,
    Bars,
    Block,
    Bullets,
    Document,
    Facts,
    Heading,
    Inline,
    Mark,
    Paragraph,
    Signatures,
    Span,
    Table,
    Tone,
    pieces_of,
    share_of,
)
from guiju.site.documents.texts import fit, safe_link

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
# Twentieths of a point between A4's margins of 20 mm.
_WIDTH = 9638
_EPOCH = (1980, 1, 1, 0, 0, 0)
_INK, _QUIET = "1C1D1F", "595B60"
_COLOURS = {Tone.GOOD: "2C6E49", Tone.WARN: "855500", Tone.BAD: "A3212E", Tone.QUIET: _QUIET, Tone.QUOTE: _QUIET}
_LANGUAGES = {"zh-Hans": "zh-CN", "zh-Hant": "zh-TW", "en": "en-GB"}
_FACES = {"zh-Hans": "Microsoft YaHei", "zh-Hant": "Microsoft JhengHei", "en": "Microsoft YaHei"}
_BAR_STEPS = 24


def render_word(document: Document) -> bytes:
    """An A4 .docx; the zip has fixed times, and nothing in it says when it was made."""
    import docx  # noqa: PLC0415 - lxml, which only Word costs

    made = docx.Document()
    _set_up(made, document)
    made.add_heading(fit(document.title), 0)
    if document.subtitle:
        _add(made, _paragraph(document.subtitle, colour=_QUIET))
    for block in document.blocks:
        _write(made, block)
    kept = io.BytesIO()
    made.save(kept)
    return _without_clock(kept.getvalue())


def _set_up(made: "WordDocument", document: Document) -> None:
    from docx.shared import Mm, Pt  # noqa: PLC0415

    section = made.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(20)
    names: Any = made.core_properties
    names.title, names.author, names.comments, names.language = fit(document.title)[:255], "", "", document.locale
    written = names._element  # noqa: SLF001 - python-docx sets these times and cannot take them away
    for clock in ("created", "modified"):
        for found in written.findall(f"{{http://purl.org/dc/terms/}}{clock}"):
            written.remove(found)
    styles: Any = made.styles
    for name, size in (("Normal", 10), ("Title", 22), ("Heading 1", 15), ("Heading 2", 12.5), ("Heading 3", 11)):
        styles[name].font.size = Pt(size)
        _set_face(styles[name], document.locale)
    styles["Normal"].paragraph_format.space_after = Pt(6)
    _running(section.header, document.header, numbered=False)
    _running(section.footer, document.footer, numbered=True)


def _set_face(style: Any, locale: str) -> None:
    """Latin, East Asian and complex scripts each have a face of their own in Word; a style must name them all."""
    made = style.element.get_or_add_rPr()
    for name in ("rFonts", "lang", "color"):
        for found in made.findall(_tag(name)):
            made.remove(found)
    face, language = _FACES[locale], _LANGUAGES[locale]
    made.insert(0, _xml(f'<w:rFonts {_W} w:ascii="Calibri" w:hAnsi="Calibri" w:eastAsia="{face}" w:cs="Arial"/>'))
    style.font.color.rgb = _rgb(_INK)
    made.append(_xml(f'<w:lang {_W} w:val="{language if locale == "en" else "en-GB"}" w:eastAsia="{language}"/>'))


def _rgb(colour: str) -> Any:
    from docx.shared import RGBColor  # noqa: PLC0415

    return RGBColor.from_string(colour)


def _running(part: Any, text: str, *, numbered: bool) -> None:
    line = part.paragraphs[0]._p  # noqa: SLF001 - its XML
    number = (
        '<w:r><w:tab/></w:r><w:fldSimple w:instr="PAGE"/><w:r><w:t xml:space="preserve"> / </w:t></w:r>'
        '<w:fldSimple w:instr="NUMPAGES"/>'
    )
    tabs = f'<w:pPr><w:tabs><w:tab w:val="right" w:pos="{_WIDTH}"/></w:tabs></w:pPr>'
    runs = _runs(text, size=17, colour=_QUIET)
    line.getparent().replace(line, _xml(f"<w:p {_W}>{tabs}{runs}{number if numbered else ''}</w:p>"))


def _write(made: "WordDocument", block: Block) -> None:
    match block:
        case Heading():
            made.add_heading(fit(block.text), block.level)
        case Paragraph():
            _add(made, _paragraph(block.text, colour=_COLOURS.get(block.tone), barred=block.tone not in _UNBARRED))
        case Bullets():
            _write_list(made, block)
        case Table():
            if block.caption:
                _add(made, _paragraph(block.caption, colour=_QUIET, keep=True))
            _add(made, _table(block))
            _add(made, _paragraph(""))
        case Facts():
            rows = [_row([_cell(Span(name, Mark.QUIET)), _cell(value)]) for name, value in block.pairs]
            _add(made, _grid([_WIDTH * 2 // 7, _WIDTH - _WIDTH * 2 // 7], rows))
            _add(made, _paragraph(""))
        case Bars():
            if block.caption:
                _add(made, _paragraph(block.caption, colour=_QUIET, keep=True))
            _add(made, _bars(block))
            _add(made, _paragraph(""))
        case Signatures():
            _add(made, _signatures(block))


_UNBARRED = frozenset({Tone.PLAIN, Tone.QUIET})


def _add(made: "WordDocument", xml: str) -> None:
    inside: Any = made.element
    body = inside.body
    body.insert(len(body) - 1, _link_targets(made, _xml(xml)))  # before the properties of the section


def _link_targets(made: "WordDocument", element: Any) -> Any:
    """Addresses stand in a part of their own, under a number."""
    from docx.opc.constants import RELATIONSHIP_TYPE  # noqa: PLC0415

    for link in element.iter(_tag("hyperlink")):
        target = link.attrib.pop("target")
        number = made.part.relate_to(target, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        link.set("{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id", number)
    return element


def _write_list(made: "WordDocument", block: Bullets) -> None:
    style = "ListNumber" if block.ordered else "ListBullet"
    numbered = _new_numbering(made) if block.ordered else ""
    for item in block.items:
        _add(made, f'<w:p {_W}><w:pPr><w:pStyle w:val="{style}"/>{numbered}</w:pPr>{_runs(item)}</w:p>')


def _new_numbering(made: "WordDocument") -> str:
    """Each list begins at 1: a numbering of its own that starts the style's anew."""
    styles: Any = made.styles
    definitions: Any = made.part.numbering_part.element
    of_style = styles["List Number"].element.pPr.numPr.numId.val
    number = definitions.add_num(definitions.num_having_numId(of_style).abstractNumId.val)
    number.add_lvlOverride(ilvl=0).add_startOverride(1)
    return f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{number.numId}"/></w:numPr>'


def _paragraph(text: Inline, *, colour: str | None = None, barred: bool = False, keep: bool = False) -> str:
    edge = f'<w:pBdr><w:left w:val="single" w:sz="12" w:space="8" w:color="{colour or _QUIET}"/></w:pBdr>'
    kept = "<w:keepNext/>" if keep else ""
    runs = _runs(text, colour=colour if colour == _QUIET else None)
    return f"<w:p {_W} {_R}><w:pPr>{kept}{edge if barred else ''}</w:pPr>{runs}</w:p>"


def _runs(text: Inline, *, size: int | None = None, colour: str | None = None) -> str:
    return "".join(_run(span, size, colour) for span in pieces_of(text))


def _run(span: Span, size: int | None, colour: str | None) -> str:
    looks = "".join(
        [
            '<w:rFonts w:ascii="Consolas" w:hAnsi="Consolas"/>' if span.mark == Mark.CODE else "",
            "<w:b/>" if span.mark == Mark.STRONG else "",
            f'<w:color w:val="{_QUIET if span.mark == Mark.QUIET else colour}"/>'
            if colour or span.mark == Mark.QUIET
            else "",
            f'<w:sz w:val="{size}"/>' if size else "",
        ]
    )
    lines = "<w:br/>".join(_line(line) for line in fit(span.text).split("\n"))
    run = f"<w:r><w:rPr>{looks}</w:rPr>{lines}</w:r>"
    link = safe_link(span.link)
    return f"<w:hyperlink target={quoteattr(link)}>{run}</w:hyperlink>" if link else run


def _line(line: str) -> str:
    return "<w:tab/>".join(f'<w:t xml:space="preserve">{escape(part)}</w:t>' for part in line.split("\t"))


def _table(block: Table) -> str:
    weights = [max(column.weight, 0.1) for column in block.columns]
    widths = [int(_WIDTH * weight / sum(weights)) for weight in weights]
    aligned = [column.align for column in block.columns]
    head = _row([_cell(Span(column.title, Mark.QUIET), column.align) for column in block.columns], head=True)
    rows = [_row([_cell(text, align) for text, align in zip(row, aligned, strict=True)]) for row in block.rows]
    return _grid(widths, [head, *rows])


def _grid(widths: list[int], rows: list[str]) -> str:
    sides = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="E3E0D8"/>' for side in ("bottom", "insideH")
    )
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    margins = '<w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="140" w:type="dxa"/></w:tblCellMar>'
    return (
        f'<w:tbl {_W} {_R}><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblBorders>{sides}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/>{margins}</w:tblPr><w:tblGrid>{columns}</w:tblGrid>'
        f"{''.join(rows)}</w:tbl>"
    )


def _row(cells: list[str], *, head: bool = False) -> str:
    look = "<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>" if head else ""
    return f"<w:tr>{look}{''.join(cells)}</w:tr>"


def _cell(text: Inline, align: Align = Align.LEFT) -> str:
    return _boxed(_runs(text, size=18), '<w:jc w:val="right"/>' if align == Align.RIGHT else "")


def _boxed(runs: str, aligned: str = "") -> str:
    spaced = '<w:spacing w:before="40" w:after="40"/>'
    return f"<w:tc><w:p><w:pPr>{spaced}{aligned}</w:pPr>{runs}</w:p></w:tc>"


def _bars(block: Bars) -> str:
    rows = [
        _row([_cell(bar.label), _boxed(_blocks(share_of(bar, block), bar.tone)), _cell(bar.said, Align.RIGHT)])
        for bar in block.bars
    ]
    return _grid([_WIDTH * 3 // 10, _WIDTH * 5 // 10, _WIDTH * 2 // 10], rows)


def _blocks(share: float, tone: Tone) -> str:
    """A bar of block characters, whole ones and a last eighth."""
    whole, eighths = divmod(round(share * _BAR_STEPS * 8), 8)
    drawn = "█" * whole + ("" if not eighths else " ▏▎▍▌▋▊▉"[eighths])
    colour = _COLOURS.get(tone, _QUIET)
    return f'<w:r><w:rPr><w:color w:val="{colour}"/><w:sz w:val="16"/></w:rPr><w:t>{drawn}</w:t></w:r>'


def _signatures(block: Signatures) -> str:
    rows = [
        _row([_cell((Span(role, Mark.STRONG), f"  {name}")), _cell(f"\n\n{block.signed}"), _cell(f"\n\n{block.dated}")])
        for role, name in block.roles
    ]
    return _grid([_WIDTH * 2 // 5, _WIDTH * 2 // 5, _WIDTH // 5], rows)


def _tag(name: str) -> str:
    return f"{{http://schemas.openxmlformats.org/wordprocessingml/2006/main}}{name}"


def _xml(text: str) -> Any:
    from docx.oxml.parser import parse_xml  # noqa: PLC0415

    return parse_xml(text)


def _without_clock(docx: bytes) -> bytes:
    """The same parts in a zip whose times are fixed."""
    kept = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx)) as made, zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as written:
        for name in made.namelist():
            info = zipfile.ZipInfo(name, _EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            written.writestr(info, made.read(name))
    return kept.getvalue()
