"""How a project goes, what should be looked at."""

from collections.abc import Mapping
from pathlib import Path

from guiju.sdk.calls import Calls, Json


class PlanningCalls(Calls):
    """What is asked of the whole of a project."""

    def progress(self, project: int) -> Json:
        """By round and person with active time, the forecast, what waits, how long things wait, alerts."""
        return self.get(f"/projects/{project}/progress")

    def alerts(self, project: int) -> Json:
        """What should be looked at now, each with its next step (`alerts`), and what somebody quieted (`quieted`)."""
        return self.get(f"/projects/{project}/alerts")

    def quiet_alert(self, project: int, key: str, reason: str, days: int = 7) -> None:
        """Quiet an alert for some days, with a reason that everybody reads who would have read it."""
        self.write("POST", f"/projects/{project}/alerts", key=key, reason=reason, days=days)

    def wake_alert(self, project: int, key: str) -> None:
        """Let a quieted alert speak again."""
        self.write("POST", f"/projects/{project}/alerts", key=key, wake=True)

    def retrospectives(self, project: int) -> list[Json]:
        """Every version, the newest first: `figures`, `words`, whether it is `finished`."""
        return self.get(f"/projects/{project}/retrospectives")

    def write_retrospective(self, project: int, *, interim: bool = False) -> Json:
        """Let the program write a new version, or the draft anew; `interim` while work is still going on."""
        return self.write("POST", f"/projects/{project}/retrospectives", act="write", interim=interim)

    def sign_retrospective(self, project: int, version: int, revision: int, words: Mapping[str, str]) -> Json:
        """Sign a version with your words by section (estimate, time, defects, rules, next)."""
        told = {"act": "finish", "version": version, "revision": revision, "words": dict(words)}
        return self.write("POST", f"/projects/{project}/retrospectives", **told)

    def retrospective_file(self, project: int, target: str | Path, format: str = "pdf", language: str = "zh") -> Path:  # noqa: A002
        """Write the newest version as `html`, `docx` or `pdf`."""
        return self.fetch(f"/projects/{project}/retrospectives/file", target, format=format, language=language)
