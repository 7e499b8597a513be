"""The client's calls about labels that change over every answer of record."""

from collections.abc import Sequence

from guiju.sdk.calls import Calls, Json


class LabelCalls(Calls):
    """Labels renamed, merged, split: asked for and read, decided and done, undone."""

    def labels(self, project: int) -> list[Json]:
        """The labels in force, with how many items hold each."""
        return self.get(f"/projects/{project}/rulebook/labels")

    def relabel(
        self, project: int, sources: Sequence[str], targets: Sequence[Json], reason: str, **told: object
    ) -> Json:
        """Have it read what a change would touch: `{"relabelling", "job"}`. Targets are `{"id", "zh", "en", …}`.

        Options: `recheck` (none, sample, all), `sample`, and to split `split={"rule", "by", "condition", "rest"}`.
        """
        path = f"/projects/{project}/rulebook/relabellings"
        return self.write("POST", path, sources=list(sources), targets=list(targets), reason=reason, **told)

    def relabellings(self, project: int) -> list[Json]:
        """What was done to the labels, or asked for, the newest first."""
        return self.get(f"/projects/{project}/rulebook/relabellings")

    def relabelling(self, project: int, relabelling: int) -> Json:
        """What a change touches, or what came of it."""
        return self.get(f"/projects/{project}/rulebook/relabellings/{relabelling}")

    def act_on_relabelling(self, project: int, relabelling: int) -> int:
        """Do what was read: version, answers and recheck as one act; the job to wait for."""
        return self.write("POST", f"/projects/{project}/rulebook/relabellings/{relabelling}/act")["job"]

    def undo_relabelling(self, project: int, relabelling: int, reason: str) -> Json:
        """Put everything back, but for what was answered since: `{"relabelling", "job"}` of the act that does."""
        return self.write("POST", f"/projects/{project}/rulebook/relabellings/{relabelling}/undo", reason=reason)

    def discard_relabelling(self, project: int, relabelling: int) -> None:
        """Do not do it."""
        self.write("POST", f"/projects/{project}/rulebook/relabellings/{relabelling}/discard")
