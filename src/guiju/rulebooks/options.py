"""What the kind of a field reads in its options."""

import msgspec

from guiju.kinds import Options, get_kind
from guiju.rulebooks.model import Field


def options_of(field: Field) -> Options:
    """The options in the type of the field's kind, its defaults filled in.

    Raises `msgspec.ValidationError` for options that the kind does not know, `UnknownKind`.
    """
    return msgspec.convert(field.options, get_kind(field.kind).options)
