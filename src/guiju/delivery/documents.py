"""A package's quality report as Word, PDF or a page, from the figures in the package itself."""

import msgspec

from guiju.delivery.actions import get_package
from guiju.delivery.contents import read_file
from guiju.delivery.report import Report
from guiju.delivery.writing import document_of
from guiju.kit import N_, Refusal
from guiju.site import words_for
from guiju.site.documents import Document
from guiju.storage import Actor, House

LOCALES = {"zh": "zh-Hans", "zh-Hans": "zh-Hans", "zh-Hant": "zh-Hant", "en": "en"}


class ReportLanguageUnknown(Refusal):
    code = "report-language-unknown"
    status = 422
    sentence = N_("No report is written in “{language}”.")
    next_step = N_("Choose one of: {known}.")


def write_quality_report(house: House, actor: Actor, project_id: int, number: int, language: str = "zh") -> Document:
    """The report of a ready delivery. Raises `DeliveryNotFound`, `DeliveryNotReady`, `ReportLanguageUnknown`."""
    if language not in LOCALES:
        raise ReportLanguageUnknown(language=language[:20], known=", ".join(LOCALES))
    one = get_package(house, actor, project_id, number)
    report = msgspec.json.decode(read_file(house, one, "quality_report.json"), type=Report)
    return document_of(report, words_for(LOCALES[language]))
