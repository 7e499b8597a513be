"""A text: how long it is and in which language it seems to be written."""

from guiju.cleaning.profiles.figures.languages import find_languages
from guiju.collecting.errors import ContributionEmpty, WrongContent
from guiju.kinds.text.shape import tidied


def measure(content: bytes) -> tuple[bytes, str, dict[str, float]]:
    """The bytes that are kept, the language, the measures. Raises `WrongContent`, `ContributionEmpty`."""
    try:
        text = tidied(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise WrongContent(mode="text") from error
    if not text:
        raise ContributionEmpty
    return text.encode(), find_languages([text])[0], {"characters": float(len(text))}
