"""The client's calls about quality rules (a YAML document; docs/cleaning/quality-rules.md) and the audit report."""

from pathlib import Path

from guiju.sdk.calls import Calls, Json, api_path


class QualityCalls(Calls):
    """Rules in versions, checks of sources, the report."""

    def quality_rules(self, project: int, version: int | None = None) -> Json:
        """The rules in force: `{"version", "document", "note", …}`."""
        return self.get(f"/projects/{project}/quality-rules", version=version)

    def publish_quality_rules(self, project: int, document: str, note: str = "") -> Json:
        """Let these rules be in force: a new version, if they say something new."""
        return self.write("POST", f"/projects/{project}/quality-rules", document=document, note=note)

    def try_quality_rules(self, project: int, document: str = "", source: int | None = None) -> Json:
        """What rules would set aside and hold: `{"items", "looked", "aside", "examples", "held", "results"}`."""
        return self.write("POST", f"/projects/{project}/quality-trials", document=document, source=source)

    def check_quality(self, project: int, source: int | None = None) -> Json:
        """Hold the rules against a source or all: `{"checks", "profiling"}`; each check has a `job` to wait for."""
        return self.write("POST", f"/projects/{project}/quality-checks", source=source)

    def quality_check(self, project: int, check: int) -> Json:
        return self.get(f"/projects/{project}/quality-checks/{check}")

    def undo_quality_check(self, project: int, check: int) -> int:
        """Bring back what a check set aside; the job to wait for."""
        return self.write("POST", f"/projects/{project}/quality-checks/{check}/undo")["job"]

    def audit(
        self,
        project: int,
        target: str | Path,
        source: int | None = None,
        format: str = "pdf",  # noqa: A002
        language: str = "zh",
    ) -> Path:
        """Write the audit report as `html`, `docx` or `pdf`, in `zh`, `zh-Hant` or `en`."""
        path = api_path(f"/projects/{project}/audit", {"source": source, "format": format, "language": language})
        Path(target).write_bytes(self._wire.send("GET", path))
        return Path(target)

    def release_source(self, project: int, check: int, reason: str) -> int:
        """Give the items of a held source out all the same; the job to wait for."""
        return self.write("POST", f"/projects/{project}/quality-checks/{check}/release", reason=reason)["job"]
