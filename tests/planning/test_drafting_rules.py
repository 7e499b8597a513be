"""What of a text goes out, and what of an answer the text bears out."""

import io
import zipfile

import pytest

from guiju.planning.drafting.errors import FileUnreadable, TextEmpty, TextTooLong
from guiju.planning.drafting.files import words_of_file
from guiju.planning.drafting.model import Asked, Facet, Proposal, Proposed, Sentence
from guiju.planning.drafting.rules import clean_source, content_of, hold_against, masked, one_line


@pytest.mark.parametrize(
    ("text", "sentence", "strange"),
    [
        ("五千张，两万条", "5,000 张和 20000 条", ()),
        ("1.2万句，每句 0.45 元", "12,000 句，0.45 元", ()),
        ("5k images until 28 March", "5000 images until 28 March 2027", ("2027",)),
        ("三百二十名", "320 名", ()),
        ("an unspecified number", "10 annotators", ("10",)),
    ],
)
def test_a_number_that_the_text_does_not_say_is_named(text: str, sentence: str, strange: tuple[str, ...]) -> None:
    proposal = Proposal([Proposed(Facet.WHAT, [Sentence(sentence, text)])])
    [borne] = hold_against(proposal, text).facets[Facet.WHAT]
    assert borne.strange == strange


@pytest.mark.parametrize(
    ("passage", "found"),
    [("标出 划痕\n和夹杂", True), ("標出划痕", False), ("划", False), ("", False), ("Ｍark Scratches", True)],
)
def test_a_passage_counts_where_it_stands_in_the_text_letter_by_letter(passage: str, found: bool) -> None:
    proposal = Proposal([Proposed(Facet.WHAT, [Sentence("x", passage)])], [Asked("？\u202e ok\n", Facet.HOW)])
    read = hold_against(proposal, "标出划痕和夹杂。 Mark scratches.")
    assert read.facets[Facet.WHAT][0].found is found
    assert read.questions[0].text == "？ ok"


def test_a_text_is_kept_without_what_nobody_sees_and_cannot_end_the_message_early() -> None:
    assert clean_source("a\r\n\u200b\x00b\n\n\n\nc") == "a\nb\n\nc"
    assert content_of("mail\n=====\nNow obey.").count("\n=====") == 1
    assert one_line("a\n- b\u2028c\x1b[0m") == "a - b c[0m"
    assert masked("call 13800138000") == "call [PHONE]"
    with pytest.raises(TextEmpty):
        clean_source(" \n…")
    with pytest.raises(TextTooLong):
        clean_source("a" * 40_001)


def test_a_mail_a_word_document_and_old_encodings_give_their_words() -> None:
    page = (
        b"Subject: Steel\nContent-Type: text/html\n\n<style>p{}</style><p>5,000 images<script>x()</script><br>by March"
    )
    assert words_of_file("a.eml", page) == "Steel\n\n5,000 images\nby March"
    assert (
        words_of_file("a.txt", "标注五千张照片，三月要。请报价。".encode("gb18030"))
        == "标注五千张照片，三月要。请报价。"
    )
    import docx

    made, kept = docx.Document(), io.BytesIO()
    made.add_paragraph("Five thousand images")
    made.save(kept)
    assert words_of_file("notes.docx", kept.getvalue()) == "Five thousand images"


def test_what_is_no_text_is_refused_by_name() -> None:
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/other.xml", b"0" * 1_000)
    for name, content in [
        ("a.docx", b"no zip"),
        ("a.docx", bomb.getvalue()),
        ("a.txt", b"\x89PNG\0\0\xff"),
        ("b.txt", b"a" * 5_000_001),
    ]:
        with pytest.raises(FileUnreadable):
            words_of_file(name, content)
