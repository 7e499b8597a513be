"""The quality report: real figures, what is known to be lacking, in Word, PDF and a page, in both languages."""

import io
import json
from datetime import date

import pytest

from guiju.delivery import Include, Splits, Terms
from guiju.delivery.actions import list_formats
from guiju.delivery.documents import ReportLanguageUnknown, write_quality_report
from guiju.inspection import decide_lot, draw_lot
from guiju.inspection.acceptance import (
    Decision,
    Promise,
    Said,
    Sizing,
    get_acceptance,
    open_acceptance,
    sign_acceptance,
)
from guiju.kit import new_id
from guiju.people import NotAllowed
from guiju.site.documents import render
from tests.delivery.test_attributes import NOTHING, SAID
from tests.delivery.test_attributes import publish as publish_with_attributes
from tests.delivery.test_delivery import build, files_of
from tests.inspection.build import (
    Made,
    accept_a_lot,
    import_pictures,
    judge_all,
    make_texts,
    resolve_all,
)
from tests.support.cast import Cast


def test_what_the_customer_signed_and_still_waits_for_stands_in_the_report(cast: Cast) -> None:
    made = make_texts(cast, 4)
    accept_a_lot(cast, made)
    house, project = cast.house, made.project
    one = open_acceptance(house, cast.lin, project, request_id=new_id(), sizing=Sizing(n=0))
    report = get_acceptance(house, cast.lin, project, one)
    promised = (Promise("Write it down", date(2999, 1, 31)),)
    said = Said(Decision.CONDITIONS, "Lin Yi", report.mark, promised)
    sign_acceptance(house, cast.lin, project, one, said, request_id=new_id())
    files = files_of(build(cast, project, "jsonl"))
    [signed] = json.loads(files["quality_report.json"])["acceptances"]
    digest = get_acceptance(house, cast.lin, project, one).acceptance.digest
    assert (signed["name"], signed["lots"], signed["digest"]) == ("Lin Yi", [1], digest)
    told = files["quality_report.md"].decode()
    assert "Acceptance 1 has an open condition, due on 2999-01-31: Write it down" in told
    assert str(digest) in told


def test_the_report_is_written_in_word_pdf_and_a_page_with_the_figures_of_the_package(cast: Cast) -> None:
    import docx

    made = make_texts(cast, 60)
    lot = draw_lot(cast.house, cast.zhou, made.project, new_id(), aql="10", size=30)
    judge_all(cast, made.project, lot, defects=1)
    decide_lot(cast.house, cast.zhou, made.project, lot, new_id())
    files = files_of(build(cast, made.project, "jsonl", terms=Terms(Splits({"train": 0.8, "test": 0.2}))))
    figures = json.loads(files["quality_report.json"])
    judged = figures["inspected"]["judged"]
    said = f"In 1 accepted lots {judged} items were looked at and 1 were defective"
    word = docx.Document(io.BytesIO(render(write_quality_report(cast.house, cast.lin, made.project, 1, "en"), "docx")))
    text = "\n".join(paragraph.text for paragraph in word.paragraphs)
    assert said in text
    assert "Near-duplicates were not looked for, so some may stand in two parts." in text
    assert "No trial's gate was decided: how far annotators agree was not measured." in text
    assert said in files["quality_report.en.html"].decode()
    assert said in files["quality_report.md"].decode()
    assert files["quality_report.zh.html"].startswith(b"<!")
    assert figures["lots"][0]["seed"]
    assert files["quality_report.en.html"] == render(
        write_quality_report(cast.house, cast.lin, made.project, 1, "en"), "html"
    )


@pytest.mark.parametrize("house", ["sqlite"], indirect=True)
def test_the_report_as_pdf_is_read_by_another_program(cast: Cast) -> None:
    pdfium = pytest.importorskip("pypdfium2")
    pytest.importorskip("typst")
    made = make_texts(cast, 20)
    accept_a_lot(cast, made)
    build(cast, made.project, "jsonl", include=Include.ALL)
    content = render(write_quality_report(cast.house, cast.lin, made.project, 1, "zh"), "pdf")
    pages = pdfium.PdfDocument(content)
    assert "钢板表面缺陷" in "".join(page.get_textpage().get_text_range() for page in pages)
    with pytest.raises(ReportLanguageUnknown):
        write_quality_report(cast.house, cast.lin, made.project, 1, "fr")
    with pytest.raises(NotAllowed):
        write_quality_report(cast.house, cast.alice, made.project, 1)


@pytest.mark.parametrize("house", ["sqlite"], indirect=True)
def test_what_a_format_cannot_carry_is_said_before_and_in_the_report(cast: Cast) -> None:
    rulebook = publish_with_attributes(cast)
    items = import_pictures(cast, cast.project, 2)
    answers = dict(zip(items, (SAID, NOTHING), strict=True))
    made = Made(cast.project, rulebook, resolve_all(cast.house, cast.alice, cast.project, rulebook, answers), items)
    accept_a_lot(cast, made)
    lost = {
        each.name: {one.field: one.why for one in losses}
        for each, losses in list_formats(cast.house, cast.zhou, cast.project)
    }
    asked = {"occluded": "part", "seen": "part", "sure": "part", "said": "part"}
    assert lost["jsonl"] == {}
    assert lost["coco"] == {}
    assert lost["voc"] == {"seen": "part", "sure": "part", "said": "part", "bodies": "kind"}
    assert lost["yolo"] == {**asked, "bodies": "kind"}
    report = json.loads(files_of(build(cast, made.project, "voc"))["quality_report.json"])
    assert {one["field"]: one["why"] for one in report["losses"]} == lost["voc"]
