"""Documents say the same in Word, on a page and as PDF, whatever strangers wrote into them."""

import io
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

import docx
import pypdfium2
import pytest

from guiju.site.documents import (
    FORMATS,
    Bar,
    Bars,
    Block,
    Bullets,
    Column,
    Document,
    DocumentTooLong,
    Facts,
    FontsMissing,
    FormatNeedsExtra,
    FormatUnknown,
    Heading,
    Paragraph,
    Signatures,
    Span,
    Table,
    Tone,
    code,
    pdf,
    render,
    right,
    strong,
)

HOSTILE = '#let x = $1$ *a* _b_ @ref \\ ` <script>alert(1)</script> &amp; "q" #read("/etc/hostname") //c /* d */ ~ [e]'
CONTROLS = "a\x00b\x07c\x1bd\ud800e\ufffef\u202eg\u2066h"
SHOWN_CONTROLS = "a\ufffdb\ufffdc\ufffdd\ufffde\ufffdf\ufffdg\ufffdh"
WIDTH, MARGIN = 595, 57  # points: A4, and 20 mm
LOCALES = ["zh-Hans", "zh-Hant", "en"]


def document(*blocks: Block, title: str = "数据审核报告", locale: str = "zh-Hans") -> Document:
    return Document(title, blocks, locale, subtitle="第 3 版规则", header="规矩", footer="机密")


def everything(text: str = "规则", locale: str = "zh-Hans") -> Document:
    """Each kind of block, with `text` in every place that takes one."""
    return document(
        Heading(text),
        Paragraph((text, strong(text), Span(text, link="https://example.org/?a=1&b=2"))),
        *(Paragraph(text, tone) for tone in Tone),
        Bullets((text, (text, code(text)))),
        Bullets((text,), ordered=True),
        Table((Column(text, weight=3), right("条数")), ((text, "1,024"), (strong(text), "7")), text),
        Facts(((text, text),)),
        Bars((Bar(text, 3, "3"), Bar("乙", 0, "0", Tone.BAD)), text),
        Signatures(((text, text),), "签字", "日期"),
        title=text,
        locale=locale,
    )


def pages_of(made: bytes) -> list[str]:
    with pypdfium2.PdfDocument(made) as opened:
        return [opened[number].get_textpage().get_text_range() for number in range(len(opened))]


def boxes_of(made: bytes) -> list[list[tuple[str, tuple[float, float, float, float]]]]:
    """Each page's runs of text with left, bottom, right and top, in points."""
    with pypdfium2.PdfDocument(made) as opened:
        pages: list[Any] = [opened[number].get_textpage() for number in range(len(opened))]
        found = [[page.get_rect(place) for place in range(page.count_rects())] for page in pages]
        return [[(page.get_text_bounded(*box), box) for box in boxes] for page, boxes in zip(pages, found, strict=True)]


def text_of_pdf(document: Document) -> str:
    """Without what may stand between two lines."""
    return _run_together("".join(pages_of(render(document, "pdf"))))


def _run_together(text: str) -> str:
    return "".join(text.replace("\u200b", "").replace("\x02", "").replace("\ufffe", "").split())


def word_of(document: Document) -> Any:
    return docx.Document(io.BytesIO(render(document, "docx")))


def text_of_word(document: Document) -> str:
    return "".join(str(piece) for piece in word_of(document).element.body.itertext())


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize("locale", LOCALES)
def test_the_same_document_gives_the_same_bytes(suffix: str, locale: str) -> None:
    assert render(everything(locale=locale), suffix) == render(everything(locale=locale), suffix)


def test_another_process_gives_the_same_bytes_too() -> None:
    program = (
        "import sys; from tests.site.test_documents import everything; from guiju.site.documents import render; "
        "sys.stdout.buffer.write(b''.join(render(everything(), name) for name in ('html', 'docx', 'pdf')))"
    )
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True).stdout
    assert told == b"".join(render(everything(), name) for name in ("html", "docx", "pdf"))


def test_no_format_holds_a_clock() -> None:
    word = word_of(everything()).core_properties
    assert (word._element.xml.count("created"), word._element.xml.count("modified")) == (0, 0)
    assert b"CreationDate" not in render(everything(), "pdf")


@pytest.mark.parametrize("text", [HOSTILE, "规则 #条款*1* $x$ 第 1 条:@甲"])
def test_what_a_stranger_wrote_stays_text_in_every_format(text: str) -> None:
    written = everything(text)
    assert text_of_word(written).count(text) >= 10
    assert text_of_pdf(written).count(_run_together(text)) >= 10
    page = render(written, "html").decode()
    assert "<script" not in page
    if "<" in text:
        assert page.count("&lt;script&gt;") >= 10


def test_controls_and_turned_directions_are_shown_and_not_obeyed() -> None:
    written = document(Paragraph(CONTROLS))
    assert SHOWN_CONTROLS in render(written, "html").decode()
    assert SHOWN_CONTROLS in text_of_word(written)
    assert "\u202e" not in text_of_pdf(written)


def test_a_word_of_ten_thousand_characters_is_broken_inside_the_page() -> None:
    made = render(document(Paragraph("W" * 10_000), Table((Column("a"), Column("b")), (("b" * 300, "c"),))), "pdf")
    ends = [box[2] for page in boxes_of(made) for _, box in page]
    assert max(ends) <= WIDTH - MARGIN + 1
    assert _run_together("".join(pages_of(made))).count("W") == 10_000


def test_right_to_left_and_pictured_characters_pass_through() -> None:
    text = "مرحبا שלום 😀 𠮷"
    assert text in text_of_word(document(Paragraph(text)))
    assert text in render(document(Paragraph(text)), "html").decode()
    assert b"NotoEmoji" in render(document(Paragraph(text)), "pdf")


def test_chinese_is_set_in_the_font_that_is_shipped_and_in_no_other() -> None:
    """A machine without any font is the same: the machine's own are never asked."""
    made = render(document(Paragraph("规矩方圆 清洗 標註")), "pdf")
    assert b"NotoSansSC" in made
    families = set(pdf.known_fonts(pdf.FONTS).families())
    assert families == {
        "Noto Sans SC",
        "Noto Emoji",
        "Libertinus Serif",
        "New Computer Modern",
        "New Computer Modern Math",
        "DejaVu Sans Mono",
    }


def test_word_has_real_headings_lists_and_tables() -> None:
    word = word_of(everything("规则"))
    styles = [paragraph.style.name for paragraph in word.paragraphs if paragraph.text]
    assert styles[0] == "Title"
    assert {"Heading 1", "List Bullet", "List Number"} <= set(styles)
    table = word.tables[0]
    assert [cell.text for cell in table.rows[1].cells] == ["规则", "1,024"]
    assert [str(cell.paragraphs[0].alignment) for cell in table.rows[1].cells] == ["None", "RIGHT (2)"]


def test_every_numbered_list_in_word_begins_at_one() -> None:
    word = word_of(document(Bullets(("甲",), ordered=True), Paragraph("间"), Bullets(("乙",), ordered=True)))
    numbers = [p._p.pPr.numPr.numId.val for p in word.paragraphs if p.style.name == "List Number"]
    assert len(set(numbers)) == 2


def test_word_finds_the_address_of_a_link() -> None:
    word = word_of(document(Paragraph(Span("标准", link="https://example.org/?a=1&b=2"))))
    assert [link.address for p in word.paragraphs for link in p.hyperlinks] == ["https://example.org/?a=1&b=2"]


@pytest.mark.parametrize("address", ["javascript:alert(1)", "file:///etc/passwd", "https://a b", "data:text/html,x"])
@pytest.mark.parametrize("suffix", FORMATS)
def test_an_address_that_no_reader_should_follow_becomes_words(address: str, suffix: str) -> None:
    plain, linked = document(Paragraph("x")), document(Paragraph(Span("x", link=address)))
    assert render(linked, suffix) == render(plain, suffix)


def test_a_long_table_repeats_its_head_on_every_page() -> None:
    rows = tuple((f"条目 {number}", f"{number}") for number in range(120))
    pages = pages_of(render(document(Table((Column("名称"), right("数目")), rows)), "pdf"))
    assert len(pages) > 2
    assert all("名称" in page for page in pages)
    assert all("规矩" in page and f"{number} / {len(pages)}" in page for number, page in enumerate(pages, 1))


def test_figures_of_a_column_end_at_one_line_in_pdf() -> None:
    rows = tuple((f"r{number}", str(10**number)) for number in range(5))
    made = render(document(Table((Column("a"), right("n")), rows)), "pdf")
    ends = [box[2] for text, box in boxes_of(made)[0] if text.strip().startswith("10") or text.strip() == "1"]
    assert len(ends) == 5
    assert all(abs(one - other) < 1.5 for one, other in pairwise(ends))


def test_a_format_that_nobody_writes_is_refused_by_name() -> None:
    with pytest.raises(FormatUnknown) as refused:
        render(everything(), "odt")
    assert refused.value.details["known"] == "html, docx, pdf"


def test_pdf_without_its_extra_says_which(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    with pytest.raises(FormatNeedsExtra) as refused:
        render(everything(), "pdf")
    assert "guiju[pdf]" in str(refused.value)


def test_pdf_without_its_fonts_says_what_to_run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(pdf, "FONTS", tmp_path)
    with pytest.raises(FontsMissing):
        render(everything(), "pdf")


def test_a_document_that_no_reader_would_open_is_refused() -> None:
    rows = tuple(("x",) for _ in range(20_001))
    with pytest.raises(DocumentTooLong):
        render(document(Table((Column("a"),), rows)), "docx")
