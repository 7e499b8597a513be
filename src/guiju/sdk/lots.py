"""Lots, their samples and verdicts, the disputes about them, and how strictly they are inspected."""

from collections.abc import Iterator

from guiju.sdk.calls import Calls, Json


class LotCalls(Calls):
    """Inspection, from the draw to the decision."""

    def lots(self, project: int) -> Iterator[Json]:
        return self.pages(f"/projects/{project}/lots", "lots")

    def draw_lot(self, project: int, **options: object) -> int:
        """Draw a lot. Options: `round`, `annotator`, `source`, `day`; `size`; `sampling` (`single`, `double`,
        `multiple`, `two-point`, `fixed-rate`, `sequential`, `full`) with `aql`, `critical`, `minor`, `level`,
        `severity`, `good`, `poor`, `alpha`, `beta`, `rate`, `allowed`, `most`; `by` (`scene`, `label`, `annotator`,
        `source`) and `share`."""
        return self.write("POST", f"/projects/{project}/lots", **options)["lot"]

    def draw_lots(self, project: int, *, split: str | None = None, size: int | None = None, **options: object) -> Json:
        """All that waits as several lots: for each `annotator`, `source` or `day`, none larger than `size`; the others
        are `draw_lot`'s. `{"lots": […], "stopped": […]}`."""
        told = {"split": split, "size": size, "several": True, **options}
        return self.write("POST", f"/projects/{project}/lots", **told)

    def preview_lot(self, project: int, **options: object) -> Json:
        """The plan that drawing a lot now would give, in words and as a curve, and the other ways beside it."""
        return self.get(f"/projects/{project}/lots/preview", **options)

    def prove_lot(self, project: int, lot: int) -> Json:
        """Draw a lot's sample again from what is on record, and compare: `{"holds", "checks", …}`."""
        return self.get(f"/projects/{project}/lots/{lot}/proof")

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

    def decide(self, project: int, lot: int, scope: str = "all", to: str = "same", whom: int = 0) -> str:
        """`accepted` or `rejected`, as the plan says; `scope` is what goes back: `all` or `defects`.

        It goes back `to` the `same` people, to `others`, to a `team` or a `person`, whose number is `whom`.
        """
        return self.write("POST", f"/projects/{project}/lots/{lot}/decide", scope=scope, to=to, whom=whom)["state"]

    def causes(self, project: int, by: str = "type", **options: object) -> Json:
        """The defects that hold by `type`, `clause`, `label`, `annotator` or `severity`, the most frequent first.

        Options: `of` (a cause, whose defects are then the `rows`), `lot`, `round`, `since`, `until`.
        """
        return self.get(f"/projects/{project}/causes", by=by, **options)

    def control_charts(self, project: int, of: str = "annotator") -> list[Json]:
        """A control chart for each person, or for each `label`, with the signals that it gives."""
        return self.get(f"/projects/{project}/control", of=of)["charts"]

    def inspector(self, project: int, account: int) -> Json:
        """How one inspector judges over time: agreement, missed and false defects by week, and the trend."""
        return self.get(f"/projects/{project}/inspectors/{account}")

    def inspectors(self, project: int) -> Json:
        """How well inspectors judge, by second looks, and the share of defective items corrected for their errors."""
        return self.get(f"/projects/{project}/inspectors")

    def judge_twice(self, project: int, percent: int) -> None:
        """Say how much of each sample is judged twice from now on."""
        self.write("POST", f"/projects/{project}/inspectors", percent=percent)

    def rule_look(self, project: int, lot: int, item: int, text: str, *, defect: bool) -> str:
        """Rule between two inspectors who differ: `defect` or `pass`."""
        told = {"text": text, "defect": defect}
        return self.write("POST", f"/projects/{project}/lots/{lot}/looks/{item}", **told)["right"]

    def streams(self, project: int) -> list[Json]:
        """How strictly each stream of lots is inspected, and how it came to it, the newest step first."""
        return self.get(f"/projects/{project}/streams")["streams"]

    def decide_stream(
        self, project: int, act: str, reason: str, annotator: int | None = None, source: int | None = None
    ) -> None:
        """`resume` a stopped stream; `reduce` or `keep-normal`: whether reduced inspection is wanted. Everybody's, or
        that of one annotator or one source."""
        said = {"act": act, "reason": reason, "annotator": annotator, "source": source}
        self.write("POST", f"/projects/{project}/streams", **said)

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

    def amendments(self, project: int) -> list[Json]:
        """What rulings on disputes ask of the rules, the newest first."""
        return self.get(f"/projects/{project}/amendments")["amendments"]

    def write_amendment(self, project: int, dispute: int, text: str, title: str = "", clause: str | None = None) -> str:
        """Write it into the rulebook's draft, as more of `clause` or as a clause of its own; the clause."""
        told = {"text": text, "title": title, "clause": clause}
        return self.write("POST", f"/projects/{project}/amendments/{dispute}", **told)["clause"]

    def reopen_lot(self, project: int, lot: int) -> None:
        """Take a rejection back that withdrawn defects no longer carry."""
        self.write("POST", f"/projects/{project}/lots/{lot}/reopen")

    def resubmit(self, project: int, lot: int) -> int:
        """Bring a rejected lot again after its rework; the new lot."""
        return self.write("POST", f"/projects/{project}/lots/{lot}/resubmit")["lot"]
