"""Trials: their reports, two of them compared, the decision at the gate."""

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
