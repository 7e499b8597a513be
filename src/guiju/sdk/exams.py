"""Exams: set up, sat by people and models alike, and what a paper came to."""

from collections.abc import Mapping
from typing import Any

from guiju.sdk.calls import Calls, Json


class ExamCalls(Calls):
    """What is asked of exams; whoever holds the token sits."""

    def exams(self, project: int) -> Json:
        """The project's exams with one's own papers, and for who sets them up what there is to ask."""
        return self.get(f"/projects/{project}/exams")

    def open_exam(self, project: int, size: int = 20, pass_mark: float = 0.8, **settings: Any) -> int:
        """Set an exam up; `settings` are `rule`, `seconds`, `feedback` and `attempts`."""
        said = {"size": size, "pass_mark": pass_mark, **settings}
        return self.write("POST", f"/projects/{project}/exams", **said)["exam"]

    def close_exam(self, exam: int, state: str = "closed") -> None:
        """Let nobody begin any more, or (`open`) open it again."""
        self.write("POST", f"/exams/{exam}/state", state=state)

    def exam(self, exam: int) -> Json:
        """Who sat an exam, and who passed."""
        return self.get(f"/exams/{exam}")

    def begin_exam(self, exam: int) -> Json:
        """A paper of one's own, or the one that is being sat: `{"sitting", "rulebook", "questions", …}`."""
        return self.write("POST", f"/exams/{exam}/sittings")

    def paper(self, sitting: int) -> Json:
        """One's own paper, without what is right."""
        return self.get(f"/sittings/{sitting}/paper")

    def answer_exam(self, sitting: int, answers: Mapping[int, Mapping[str, Any]], *, hand_in: bool = False) -> Json:
        """Answer questions of one's own paper, `{item: {field: answer}}`; all are taken or none."""
        given = [{"item": item, "answers": dict(said)} for item, said in answers.items()]
        return self.write("POST", f"/sittings/{sitting}/answers", answers=given, hand_in=hand_in)

    def mark_answer(self, sitting: int, item: int) -> Json:
        """Mark one answer, where the exam tells at once what is right."""
        return self.write("POST", f"/sittings/{sitting}/marks", item=item)

    def hand_in(self, sitting: int) -> Json:
        """Hand one's own paper in; what it came to."""
        return self.write("POST", f"/sittings/{sitting}/hand-in")

    def exam_result(self, sitting: int) -> Json:
        """What a sitting came to: score with its interval, and each question once the paper is handed in."""
        return self.get(f"/sittings/{sitting}")

    def certificates(self, project: int) -> list[Json]:
        """Certificates for the project's rulebook: everybody's for who may read reports, else one's own."""
        return self.get(f"/projects/{project}/certificates")["certificates"]
