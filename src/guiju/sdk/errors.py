"""What can go wrong between a client and the house."""

from typing import Any


class ApiError(Exception):
    """A refusal of the house: `code` for programs, `message` and `next` for people, in the client's language."""

    def __init__(self, code: str, message: str, next: str, details: dict[str, Any], status: int) -> None:  # noqa: A002
        super().__init__(f"{message} {next} ({code}, {status})".strip())
        self.code = code
        self.message = message
        self.next = next
        self.details = details
        self.status = status


class JobFailedError(Exception):
    """A job ended without doing what was asked: it failed, or somebody cancelled it."""

    def __init__(self, job: dict[str, Any]) -> None:
        outcome: dict[str, Any] = job.get("outcome") or {}
        error: dict[str, Any] = outcome.get("error") or {}
        super().__init__(f"Job {job['id']} ({job['kind']}) is {job['state']}. {error.get('message', '')}".strip())
        self.job = job


class UnreachableError(Exception):
    """The house did not answer, however often it was asked. What was sent may have arrived."""
