"""Trials: their reports, two of them compared, the decision at the gate."""

from pathlib import Path

from guiju.sdk.calls import Calls, Json


class TrialCalls(Calls):
    """What is asked of a trial."""

    def report(self, round: int) -> Json:  # noqa: A002
        """Agreement in a round: gate, fields with pairs and confusions, people, majority."""
        return self.get(f"/rounds/{round}/report")

    def change(self, round: int, before: int | None = None) -> Json:  # noqa: A002
        """A round against an earlier one, else against the trial before it: did agreement change, by a test."""
        query = "" if before is None else f"?before={before}"
        return self.get(f"/rounds/{round}/change{query}")

    def decide_gate(self, round: int, reason: str | None = None, last: int = 0) -> bool:  # noqa: A002
        """Close a trial at its gate; whether it passed. One that has not passed needs a signed reason."""
        return self.write("POST", f"/rounds/{round}/gate", reason=reason, last=last)["passed"]

    def trial_advice(self, project: int, items: int, annotators: int, agreement: float | None = None) -> Json:
        """What a trial would say, take and cost: `half_width`, `to_tell`, `hours`, `price`, and as `sentences`."""
        path = f"/projects/{project}/rounds/trial/advice"
        return self.get(path, items=items, annotators=annotators, agreement=agreement)

    def preview_draw(self, project: int, **draw: object) -> Json:
        """What a trial would draw: `seed`, `strata`, `items`. Give `draw={…, "seed": seed}` to `open_round` for these.

        Options: `size`, `by` (random, scene, length, doubt, label), `of`, `share` (proportional, equal, mix),
        `earlier` (new, same, any), `trial`, `seed`.
        """
        return self.write("POST", f"/projects/{project}/rounds/trial/draw", **draw)

    def draw_of(self, round: int) -> Json:  # noqa: A002
        """How a trial's items were drawn, and whether the same come out again (`same`)."""
        return self.get(f"/rounds/{round}/draw")

    def report_file(
        self,
        round: int,  # noqa: A002
        target: str | Path,
        format: str = "pdf",  # noqa: A002
        language: str = "zh",
        *,
        pseudonymous: bool = False,
    ) -> Path:
        """Write a trial's report as `html`, `docx` or `pdf`; `pseudonymous` with letters for the annotators' names."""
        told = {"format": format, "language": language, "pseudonymous": "true" if pseudonymous else None}
        return self.fetch(f"/rounds/{round}/report/file", target, **told)
