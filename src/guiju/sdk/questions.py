"""The client's calls about questions and rulings."""

from collections.abc import Iterable, Iterator

from guiju.sdk.calls import Calls, Json


class QuestionCalls(Calls):
    """Questions are asked, found, given to owners, merged and ruled on; rulings are seen and taken up."""

    def ask(self, project: int, text: str, **about: object) -> int:
        """Ask a question; its number. About: `item` or `items`, `labels` in doubt, `clause`, `again`."""
        return self.write("POST", f"/projects/{project}/questions", text=text, **about)["question"]

    def similar_questions(self, project: int, text: str, **about: object) -> list[Json]:
        """Questions like this: `{"id", "text", "state", "score", "why", "ruling"}`. About: `item`, `label` (lists)."""
        return self.get(f"/projects/{project}/questions/alike", text=text, **about)["alike"]

    def questions(self, project: int, **wanted: object) -> Iterator[Json]:
        """Questions with their rulings. Wanted: `show` (`open`, `answered`, `merged`), `owner`, `clause`, `label`, …"""
        return self.pages(f"/projects/{project}/questions", "questions", limit=200, **wanted)

    def waiting_questions(self, project: int) -> Json:
        """What waits for an answer: `{"open", "overdue", "hours", "oldest", "oldest_at", "owners"}`."""
        return self.get(f"/projects/{project}/questions/waiting")

    def answer_question(self, question: int, text: str, **options: object) -> int:
        """Rule on a question; the ruling. Options: `clause`, `answers` (the item's right answers)."""
        return self.write("POST", f"/questions/{question}/ruling", text=text, **options)["ruling"]

    def assign_questions(self, project: int, questions: Iterable[int], owner: int | None) -> int:
        """Give open questions to an account that may answer them, or to nobody; how many."""
        told = {"questions": list(questions), "owner": owner}
        return self.write("POST", f"/projects/{project}/questions/assign", **told)["questions"]

    def merge_questions(self, project: int, into: int, questions: Iterable[int]) -> int:
        """Make questions one with `into`, whose ruling answers all; how many."""
        told = {"questions": list(questions), "into": into}
        return self.write("POST", f"/projects/{project}/questions/merge", **told)["questions"]

    def unmerge_question(self, question: int) -> None:
        """Let a merged question stand for itself again."""
        self.write("POST", f"/questions/{question}/unmerge")

    def set_question_line(self, project: int, hours: int) -> None:
        """Say after how many hours an open question is overdue."""
        self.write("PUT", f"/projects/{project}/questions/line", hours=hours)

    def unseen_rulings(self, project: int) -> list[Json]:
        """Rulings that the account has not seen: `{"id", "text", "clause", "question", "items", "labels", "at"}`."""
        return self.get(f"/projects/{project}/rulings/unseen")["rulings"]

    def mark_rulings_seen(self, project: int, rulings: Iterable[int]) -> int:
        """Keep that the account has seen these; how many it had not seen before."""
        return self.write("POST", f"/projects/{project}/rulings/seen", rulings=list(rulings))["new"]

    def who_has_seen(self, project: int, ruling: int) -> Json:
        """`{"seen": [{"name", "at"}], "not_yet": […]}`."""
        return self.get(f"/projects/{project}/rulings/{ruling}/seen")

    def take_up_ruling(self, project: int, ruling: int, wanted: str = "boundary", title: str = "") -> str:
        """Put a ruling into the rulebook's draft as `positive`, `negative`, `boundary` or `clause`; its id there."""
        return self.write("POST", f"/projects/{project}/rulings/{ruling}/draft", wanted=wanted, title=title)["name"]
