"""What can be wrong with a text. Nothing written is wrong only where the field must be answered."""

from guiju.kinds.model import FieldShape, ItemShape, Problem
from guiju.kinds.problems import problem
from guiju.kinds.text.options import Form, TextOptions, has_form
from guiju.kinds.text.shape import Written, tidied
from guiju.kit import N_

nothing_written = problem("nothing-written", N_("Nothing is written in “{field}”."), N_("Write it, then submit again."))
too_short = problem(
    "text-too-short",
    N_("“{field}” has {count} characters; it takes at least {limit}."),
    N_("Write more, or ask the trainer whether so little can be enough."),
)
too_long = problem(
    "text-too-long",
    N_("“{field}” has {count} characters; it takes at most {limit}."),
    N_("Shorten it, or ask the trainer for a higher limit."),
)
several_lines = problem(
    "text-several-lines",
    N_("“{field}” takes one line, and {count} are written."),
    N_("Put it on one line."),
)
WRONG_FORM = {
    "digits": N_("“{field}” takes digits alone."),
    "number": N_("“{field}” takes a number like 12 or 3.5."),
    "date": N_("“{field}” takes a date like 2026-05-12."),
    "time": N_("“{field}” takes a time like 14:30 or 14:30:15."),
    "email": N_("“{field}” takes an e-mail address."),
    "url": N_("“{field}” takes an address that begins with http:// or https://."),
    "han": N_("“{field}” is to be written in Chinese; it has no Chinese character."),
    "no-han": N_("“{field}” is to be written without Chinese characters."),
}
_WRITE_SO = N_("Write it in that form, or ask the trainer if the item has nothing of the kind.")


def check(answer: Written, field: FieldShape, _item: ItemShape) -> list[Problem]:
    """As long as the field allows, in as many lines, in the form that it names; all in the form that is stored."""
    text, told = tidied(answer.text), field.option(TextOptions)
    count, lines = len(text), text.count("\n") + 1
    if not text:
        return [nothing_written(field=field.id)] if field.required else []
    problems = [too_short(field=field.id, count=count, limit=told.min)] if count < told.min else []
    problems += [too_long(field=field.id, count=count, limit=told.max)] if count > told.max else []
    problems += [several_lines(field=field.id, count=lines)] if lines > 1 and not told.multiline else []
    return problems + _form(text, told.pattern, field)


def _form(text: str, form: Form, field: FieldShape) -> list[Problem]:
    if has_form(text, form):
        return []
    return [problem("text-wrong-form", WRONG_FORM[form], _WRITE_SO)(field=field.id)]
