"""What can be wrong with an expression, each with the column and a caret below it."""

from typing import ClassVar

from guiju.kit import N_, Refusal


class BadExpression(Refusal):
    """Base of what is wrong with an expression: `column` counts from 1, `caret` shows it below the source."""

    code: ClassVar[str] = "bad-expression"
    status: ClassVar[int] = 422
    sentence: ClassVar[str] = N_("The expression cannot be read at column {column}.")
    next_step: ClassVar[str] = N_("Correct it at the caret.")

    def __init__(self, source: str, at: int, **details: object) -> None:
        line = " ".join(source.splitlines()) if "\n" in source else source
        super().__init__(source=source, column=at + 1, caret=f"{line}\n{' ' * at}^", **details)

    @property
    def caret(self) -> str:
        """The expression, and a caret under the place."""
        return str(self.details["caret"])


class UnknownCharacter(BadExpression):
    code = "expression-unknown-character"
    sentence = N_("Column {column}: “{found}” has no meaning in an expression.")
    next_step = N_("Write && || ! == != < <= > >= + - * / in, and texts between quotes.")


class UnclosedText(BadExpression):
    code = "expression-unclosed-text"
    sentence = N_("Column {column}: the text that begins here has no closing quote.")
    next_step = N_("Close it with the quote that it began with.")


class BadNumber(BadExpression):
    code = "expression-bad-number"
    sentence = N_("Column {column}: “{found}” is not a number that can be reckoned with.")
    next_step = N_("Write it like 8, 0.25 or 1e3.")


class NotExpected(BadExpression):
    code = "expression-not-expected"
    sentence = N_("Column {column}: “{found}” was not expected here.")
    next_step = N_("Expected: {expected}.")


class TooDeep(BadExpression):
    code = "expression-too-deep"
    sentence = N_(
        "The expression has over {characters} characters or {operators} operators, or is nested deeper than {depth}."
    )
    next_step = N_("Split it into several checks.")


class UnknownName(BadExpression):
    code = "expression-unknown-name"
    sentence = N_("Column {column}: an answer of this kind has no “{name}”.")
    next_step = N_("It has: {known}.")


class WrongType(BadExpression):
    code = "expression-wrong-type"
    sentence = N_("Column {column}: “{operator}” takes {wanted}, not {found}.")
    next_step = N_("Compare numbers with numbers, texts with texts; join yes-or-no parts with && and ||.")


class NotAYesOrNo(BadExpression):
    code = "expression-not-a-yes-or-no"
    sentence = N_("The expression gives {found}, and a check must be true or false.")
    next_step = N_("Compare it with something, for example {source} > 0.")
