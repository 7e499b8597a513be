"""Decisions about consents: what is said in full, and until when it holds. Pure."""

from datetime import UTC, date, datetime, time, timedelta

from guiju.bank.consents.errors import ConsentIncomplete, ConsentPast, PaperUnreadable
from guiju.bank.consents.model import Given

LEAST_WORDS = 8
MOST_PAPER = 20 << 20
PAPERS = (b"%PDF-", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*")
"""How a PDF, PNG, JPEG and TIFF begin."""


def check_given(given: Given) -> None:
    """Raises `ConsentIncomplete`."""
    for name, said, least in (("purpose", given.purpose, 2), ("words", given.words, LEAST_WORDS)):
        if len(said.strip()) < least:
            raise ConsentIncomplete(field=name)
    if not given.document.strip():
        raise ConsentIncomplete(field="document")


def check_paper(name: str, content: bytes) -> None:
    """Raises `PaperUnreadable`."""
    if not content.startswith(PAPERS) or len(content) > MOST_PAPER:
        raise PaperUnreadable(name=name[:80], most=MOST_PAPER >> 20)


def last_moment(day: str, at: int) -> int | None:
    """The end of the last day, in UTC microseconds. Raises `ConsentIncomplete`, `ConsentPast`.

    >>> last_moment("2030-12-31", 0), last_moment("", 0)
    (1924992000000000, None)
    """
    if not day.strip():
        return None
    try:
        last = date.fromisoformat(day.strip())
    except ValueError as error:
        raise ConsentIncomplete(field="until") from error
    end = int((datetime.combine(last, time(), UTC) + timedelta(days=1)).timestamp()) * 1_000_000
    if end <= at:
        raise ConsentPast(until=day.strip()[:20])
    return end
