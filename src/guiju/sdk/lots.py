"""Lots, their samples and verdicts, the disputes about them, and how strictly they are inspected."""

from collections.abc import Iterator

from guiju.sdk.calls import Calls, Json


class LotCalls(Calls):
    """Inspection, from the draw to the decision."""

    def lots(self, project: int) -> Iterator[Json]:
        return self.pages(f"/projects/{project}/lots", "lots")

    def draw_lot(self, project: int, **options: object) -> int:
        """Draw a lot. Options: `round`, `annotator`, `size`, `aql`, `level`, `severity`."""
        return self.write("POST", f"/projects/{project}/lots", **options)["lot"]

    def lot(self, project: int, lot: int) -> Json:
        """A lot's report: plan, tally, defects, risks."""
        return self.get(f"/projects/{project}/lots/{lot}")

    def sample(self, project: int, lot: int) -> list[Json]:
        return self.get(f"/projects/{project}/lots/{lot}/sample")["sample"]

    def look(self, project: int, lot: int, item: int) -> Json:
        """One item of the sample with the answer to be judged: `{"place", "answers", "next", …}`."""
        return self.get(f"/projects/{project}/lots/{lot}/sample/{item}")

    def judge(self, project: int, lot: int, item: int, outcome: str, **finding: object) -> int:
        """Say `pass` or `defect` (then with `type` and `severity`, perhaps `clause`, `note`, `correction`)."""
        told = {"item": item, "outcome": outcome, **finding}
        return self.write("POST", f"/projects/{project}/lots/{lot}/verdicts", **told)["verdict"]

    def decide(self, project: int, lot: int, scope: str = "all") -> str:
        """`accepted` or `rejected`, as the plan says; `scope` is what goes back: `all` or `defects`."""
        return self.write("POST", f"/projects/{project}/lots/{lot}/decide", scope=scope)["state"]

    def streams(self, project: int) -> list[Json]:
        """How strictly each stream of lots is inspected, and how it came to it, the newest step first."""
        return self.get(f"/projects/{project}/streams")["streams"]

    def decide_stream(self, project: int, act: str, reason: str, annotator: int | None = None) -> None:
        """`resume` a stopped stream; `reduce` or `keep-normal`: whether reduced inspection is wanted."""
        self.write("POST", f"/projects/{project}/streams", act=act, reason=reason, annotator=annotator)

    def my_findings(self, project: int) -> Iterator[Json]:
        """What inspectors found wrong with one's own answers, the newest first."""
        return self.pages(f"/projects/{project}/my-findings", "findings")

    def dispute(self, project: int, lot: int, item: int, reason: str) -> int:
        """Hold that a finding on one's own answer is no defect; the dispute."""
        return self.write("POST", f"/projects/{project}/lots/{lot}/disputes", item=item, reason=reason)["dispute"]

    def disputes(self, project: int, state: str | None = None) -> Iterator[Json]:
        """Disputes, the newest first; `state`: `open`, `withdrawn` or `confirmed`."""
        return self.pages(f"/projects/{project}/disputes", "disputes", show=state)

    def rule_dispute(self, project: int, dispute: int, text: str, *, withdraw: bool, **told: object) -> str:
        """Withdraw the defect or confirm it. Options: `clause`, `gap` (the rules leave the case open)."""
        path = f"/projects/{project}/disputes/{dispute}/ruling"
        return self.write("POST", path, text=text, withdraw=withdraw, **told)["state"]

    def reopen_lot(self, project: int, lot: int) -> None:
        """Take a rejection back that withdrawn defects no longer carry."""
        self.write("POST", f"/projects/{project}/lots/{lot}/reopen")

    def resubmit(self, project: int, lot: int) -> int:
        """Bring a rejected lot again after its rework; the new lot."""
        return self.write("POST", f"/projects/{project}/lots/{lot}/resubmit")["lot"]
