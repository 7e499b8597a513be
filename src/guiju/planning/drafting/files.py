"""The words of a file: plain text, Word, or a mail."""

import tempfile
from email import message_from_bytes, policy
from email.message import EmailMessage
from html.parser import HTMLParser
from pathlib import Path

from guiju.data.readers.word import read_words
from guiju.kit import Refusal
from guiju.planning.drafting.errors import FileUnreadable

MOST_BYTES = 5_000_000


def words_of_file(name: str, content: bytes) -> str:
    """Raises `FileUnreadable`."""
    if len(content) > MOST_BYTES:
        raise FileUnreadable(name=name[:80], reason=f"more than {MOST_BYTES:,} bytes")
    kind = Path(name).suffix.lower()
    if kind == ".docx":
        return _word(name, content)
    if kind == ".eml":
        return _mail(name, content)
    return _plain(name, content)


def _plain(name: str, content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    from charset_normalizer import from_bytes  # noqa: PLC0415 - 40 ms that only a file in a rare encoding costs

    best = from_bytes(content).best() if b"\0" not in content else None
    if best is None:
        raise FileUnreadable(name=name[:80], reason="no text in any encoding")
    return str(best)


def _word(name: str, content: bytes) -> str:
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "notes.docx"
        place.write_bytes(content)
        try:
            return read_words(place, name)
        except Refusal as error:
            raise FileUnreadable(name=name[:80], reason="no Word document") from error


def _mail(name: str, content: bytes) -> str:
    """A mail's subject and words; of a mail that comes as text and as a page, the text. Attachments stay behind."""
    try:
        mail = message_from_bytes(content, _class=EmailMessage, policy=policy.default)
        body = mail.get_body(preferencelist=("plain", "html"))
        said = body.get_content() if body is not None else ""
        subject = str(mail["subject"] or "")
    except (LookupError, ValueError, AttributeError, UnicodeError, KeyError) as error:
        raise FileUnreadable(name=name[:80], reason="no mail") from error
    if body is not None and body.get_content_type() == "text/html":
        said = words_of_page(str(said))
    return f"{subject}\n\n{said}" if subject else str(said)


class _Words(HTMLParser):
    """The words of a page, without what no reader sees."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        self.hidden += tag in {"script", "style", "head", "template"}
        if tag in {"p", "br", "div", "li", "tr", "h1", "h2", "h3"}:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self.hidden = max(0, self.hidden - (tag in {"script", "style", "head", "template"}))

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.parts.append(data)


def words_of_page(page: str) -> str:
    """
    >>> words_of_page("<head><style>p{}</style></head><p>5,000 <b>images</b><br>by March")
    '5,000 images\\nby March'
    """
    reader = _Words()
    reader.feed(page)
    reader.close()
    return "".join(reader.parts).strip()
