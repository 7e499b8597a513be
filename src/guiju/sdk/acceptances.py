"""The customer's acceptance and its proof."""

from collections.abc import Iterable

from guiju.sdk.calls import Calls, Json


class AcceptanceCalls(Calls):
    """From what is offered to the signature."""

    def acceptances(self, project: int) -> Json:
        """What is offered to the customer (`offer`), and every acceptance so far (`acceptances`)."""
        return self.get(f"/projects/{project}/acceptances")

    def open_acceptance(self, project: int, **options: object) -> int:
        """Draw the customer's own sample. Options: `n`, or `share` that is to be shown; `lots`."""
        return self.write("POST", f"/projects/{project}/acceptances", **options)["acceptance"]

    def acceptance(self, project: int, acceptance: int) -> Json:
        """Both inspections side by side, the sample, conditions; `mark` is what a signature names."""
        return self.get(f"/projects/{project}/acceptances/{acceptance}")

    def judge_acceptance(self, project: int, acceptance: int, item: int, outcome: str, **finding: object) -> int:
        """Say `pass` or `defect` (with `type`, `severity`, perhaps `clause`, `note`) of an item of the sample."""
        told = {"item": item, "outcome": outcome, **finding}
        return self.write("POST", f"/projects/{project}/acceptances/{acceptance}/verdicts", **told)["verdict"]

    def sign_acceptance(  # noqa: PLR0917 - a signature says it all at once
        self,
        project: int,
        acceptance: int,
        decision: str,
        name: str,
        mark: str,
        conditions: Iterable[tuple[str, str]] = (),
        **told: object,
    ) -> str:
        """`accepted`, `conditional` (with `(text, day)` each), `returned` (`reason`, perhaps `items`), `dropped`."""
        promises = [{"text": text, "due": due} for text, due in conditions]
        said = {"decision": decision, "name": name, "mark": mark, "conditions": promises, **told}
        return self.write("POST", f"/projects/{project}/acceptances/{acceptance}/sign", **said)["decision"]

    def close_condition(self, project: int, acceptance: int, number: int, evidence: str) -> None:
        """Close a condition with what shows that it is met."""
        self.write("POST", f"/projects/{project}/acceptances/{acceptance}/conditions/{number}", evidence=evidence)

    def prove_acceptance(self, project: int, acceptance: int) -> Json:
        """The signature held against the journal and the answers of today; `holds` is the sum of it."""
        return self.get(f"/projects/{project}/acceptances/{acceptance}/proof")
