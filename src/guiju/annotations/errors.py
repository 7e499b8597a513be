"""What is refused about rounds and annotations."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from guiju.kit import N_, NotFound, Refusal, Words, bilingual


class RoundNotFound(NotFound):
    code = "round-not-found"
    sentence = N_("There is no such round, or it is not yours to see.")
    next_step = N_("Open your work for today, or the project's rounds.")


class RoundClosed(Refusal):
    code = "round-closed"
    status = 409
    sentence = N_("This round takes no answers now: it is {state}.")
    next_step = N_("Your draft is kept. Ask the trainer whether the round will be opened again.")


class StaleRevision(Refusal):
    code = "stale-revision"
    status = 409
    sentence = N_("You changed revision {given}, but revision {current} has been stored since.")
    next_step = N_("Look at the newer one; your draft is kept beside it.")


class AnswersRefused(Refusal):
    """An answer that the rulebook does not allow; `problems` names each with its field, shape and next step."""

    code = "answers-refused"
    status = 422
    sentence = N_("The rulebook does not allow this answer.")
    next_step = N_("{first} Correct it and submit again.")

    def __init__(self, problems: Sequence[Mapping[str, Any]]) -> None:
        super().__init__(problems=list(problems), first=str(problems[0]["message"]))

    def spoken(self, words: Words) -> dict[str, object]:
        problems = [_spoken(problem, words) for problem in cast(Sequence[Mapping[str, Any]], self.details["problems"])]
        return {"first": problems[0]["message"], "problems": problems}


def _spoken(problem: Mapping[str, Any], words: Words) -> dict[str, Any]:
    """A problem in the reader's language: a check's own text, or a marked sentence of its kind."""
    message: str | Mapping[str, str] = problem["message"]
    places: Mapping[str, object] = problem.get("details") or {}
    said = words(message, **places) if isinstance(message, str) else bilingual(message, words.locale)
    return {**problem, "message": said, "next": words(problem["next"], **places)}
