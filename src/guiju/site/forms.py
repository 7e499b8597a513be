"""Forms: what a page sends back, read field by field, with a named refusal for what is missing or not a number."""

from typing import Annotated, Any, TypeAlias, cast

from litestar.enums import RequestEncodingType
from litestar.params import Body

from guiju.kit import N_, Refusal, is_request_id, new_id

FormData: TypeAlias = dict[str, Any]
Form: TypeAlias = Annotated[FormData, Body(media_type=RequestEncodingType.URL_ENCODED)]


class FieldMissing(Refusal):
    code = "field-missing"
    status = 422
    sentence = N_("“{field}” is empty.")
    next_step = N_("Fill it in and send the form again.")


class NotANumber(Refusal):
    code = "not-a-number"
    status = 422
    sentence = N_("“{value}” in “{field}” is not a number between {low} and {high}.")
    next_step = N_("Write a plain number and send the form again.")


class BadRequestId(Refusal):
    code = "bad-request-id"
    status = 422
    sentence = N_("The request's id “{id}” is not 8 to 64 letters, digits, “-” or “_”.")
    next_step = N_("Send a fresh UUID with each write.")


def field(form: FormData, name: str, *, required: bool = True, limit: int = 20_000) -> str:
    """A text field, trimmed and cut at `limit` characters. Raises `FieldMissing`."""
    value = form.get(name, "")
    text = str(cast(list[object], value)[0] if isinstance(value, list) else value).strip()[:limit]
    if required and not text:
        raise FieldMissing(field=name)
    return text


def flag(form: FormData, name: str) -> bool:
    """Whether a checkbox is set."""
    return bool(form.get(name))


def many(form: FormData, name: str) -> list[str]:
    """All values of a field that may stand several times."""
    value = form.get(name, [])
    if isinstance(value, list):
        return [str(entry) for entry in cast(list[object], value)]
    return [str(value)] if value else []


def number(form: FormData, name: str, *, low: float = 0, high: float = 1e12, default: float | None = None) -> float:
    """A number field. Raises `FieldMissing`, `NotANumber`."""
    text = field(form, name, required=default is None)
    if not text and default is not None:
        return default
    try:
        value = float(text.replace(",", "").replace("，", ""))
    except ValueError as error:
        raise NotANumber(field=name, value=text[:40], low=low, high=high) from error
    if not low <= value <= high:
        raise NotANumber(field=name, value=text[:40], low=low, high=high)
    return value


def request_id_of(form: FormData) -> str:
    """The id that the page put into its form, so that a form sent twice acts once; a fresh one if it has none.

    Raises `BadRequestId`.
    """
    given = field(form, "request_id", required=False)
    if given and not is_request_id(given):
        raise BadRequestId(id=given[:80])
    return given or new_id()
