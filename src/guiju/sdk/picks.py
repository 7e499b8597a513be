"""The client's calls about the items of findings and searches: what is done about them."""

from collections.abc import Iterable

from guiju.sdk.calls import Calls, Json


class PickCalls(Calls):
    """Picked items and rechecks."""

    def pick(self, project: int, of: str, items: Iterable[int] = (), **named: str) -> int:
        """Pick the items of a finding, or `items`: `of` is `doubts`, `label`, `scene`, `far`, `search`, `given`, …

        Names: `field`, `label`, `other`, `scene_id`, `view`, `link` (of a search), `words` (why, in your own words).
        """
        return self.write("POST", f"/projects/{project}/picks", of=of, items=list(items), **named)["pick"]

    def picked(self, project: int, pick: int) -> Json:
        """Picked items, why, and what was done about them: `{"items", "reason", "deeds", "open_questions", …}`."""
        return self.get(f"/projects/{project}/picks/{pick}")

    def estimate_recheck(self, project: int, pick: int, **options: object) -> Json:
        """What a recheck would take: `{"items", "left_out", "hours", "price", …}`. Options: `items`, `annotators`."""
        return self.write("POST", f"/projects/{project}/picks/{pick}/estimate", **options)

    def recheck(self, project: int, pick: int, **options: object) -> int:
        """Open a recheck; the round. Options: `items`, `annotators` (e-mail addresses), `shown` (else blind)."""
        return self.write("POST", f"/projects/{project}/picks/{pick}/recheck", **options)["round"]

    def ask_about(self, project: int, pick: int, text: str, **options: object) -> int:
        """Ask the expert one question about picked items. Options: `items`, `clause`, `again`."""
        return self.write("POST", f"/projects/{project}/picks/{pick}/question", text=text, **options)["question"]

    def add_clause(self, project: int, pick: int, title: str, text: str) -> str:
        """Write a clause into the rulebook's draft; its number."""
        return self.write("POST", f"/projects/{project}/picks/{pick}/clause", title=title, text=text)["clause"]

    def add_example(self, project: int, pick: int, item: int, note: str = "", clause: str | None = None) -> str:
        """Put a picked item into the rulebook's draft as a boundary example; its number."""
        told = {"item": item, "note": note, "clause": clause}
        return self.write("POST", f"/projects/{project}/picks/{pick}/example", **told)["example"]

    def try_out(self, project: int, pick: int, annotators: Iterable[str]) -> int:
        """Open a trial of picked items for these people; the round."""
        return self.write("POST", f"/projects/{project}/picks/{pick}/trial", annotators=list(annotators))["round"]

    def put_next(self, project: int, pick: int) -> int:
        """Let production hand picked items out before all others; how many."""
        return self.write("POST", f"/projects/{project}/picks/{pick}/next")["items"]

    def recheck_report(self, recheck: int) -> Json:
        """What a recheck confirmed and changed: `{"confirmed", "changed", "listed", …}`."""
        return self.get(f"/rounds/{recheck}/recheck")

    def put_back(self, recheck: int, items: Iterable[int]) -> int:
        """Let what held before a recheck hold again for these items; how many."""
        return self.write("POST", f"/rounds/{recheck}/recheck/put-back", items=list(items))["items"]
