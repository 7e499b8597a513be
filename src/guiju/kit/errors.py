"""Named refusals: what happened, why, and the next step, in one shape everywhere.

A refusal is part of the protocol and is worth a sentence; a `ValueError` is a bug.
"""

from typing import ClassVar

from guiju.kit.words import N_, Words


class Refusal(Exception):  # noqa: N818 - a refusal is part of the protocol, not an error of the program
    """Base of every named refusal.

    A subclass says `code` (stable, for programs), `status` (HTTP), `sentence` and `next_step` (marked with `N_`,
    with `{places}` filled from the keyword arguments, which are also the machine-readable `details`).
    """

    code: ClassVar[str] = "refused"
    status: ClassVar[int] = 400
    sentence: ClassVar[str] = N_("This was refused.")
    next_step: ClassVar[str] = N_("Go back and try again.")

    def __init__(self, **details: object) -> None:
        self.details = details
        super().__init__(self.code, details)

    def spoken(self, words: Words) -> dict[str, object]:
        """The details in the reader's language; most are the same in all of them."""
        del words
        return self.details

    def __str__(self) -> str:
        return f"{self.sentence.format_map(_Lenient(self.details))} {self.next_step.format_map(_Lenient(self.details))}"


class NotFound(Refusal):
    """The thing does not exist, or the asker may not know that it does."""

    code = "not-found"
    status = 404
    sentence = N_("There is nothing here, or it is not yours to see.")
    next_step = N_("Check the address, or ask the project's trainer to add you.")


class _Lenient(dict[str, object]):
    def __missing__(self, key: str) -> str:
        return "{" + key + "}"


def describe(refusal: Refusal, words: Words) -> dict[str, object]:
    """The one shape of an error: `{"code", "message", "next", "details"}` in the reader's language."""
    details = refusal.spoken(words)
    return {
        "code": refusal.code,
        "message": words(refusal.sentence, **details),
        "next": words(refusal.next_step, **details),
        "details": details,
    }
