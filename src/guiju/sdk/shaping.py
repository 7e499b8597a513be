"""What is in the data and what becomes of it: profiles, scenes, near-duplicates, recipes."""

from collections.abc import Iterable, Iterator

from guiju.sdk.calls import Calls, Json


class ShapingCalls(Calls):
    """Raw data, seen and cleaned."""

    def profile(self, project: int, source: int | None = None) -> Json:
        """What is in a source, or in the project: `{"source", "made_at", "profile"}`."""
        return self.get(f"/projects/{project}/profile", source=source)

    def take_profile(self, project: int, source: int | None = None) -> list[int]:
        """Take profiles anew; the jobs to wait for."""
        return self.write("POST", f"/projects/{project}/profile", source=source)["jobs"]

    def profiled_items(self, project: int, **wanted: object) -> Iterator[Json]:
        """The items behind a figure. Options: `figure` with `low`, `high` or `value`; `lacks`; `source`."""
        return self.pages(f"/projects/{project}/profile/items", "items", limit=200, **wanted)

    def scenes(self, project: int, view: str | None = None) -> Json:
        """The tree of scenes of `text`, `image` or `audio`: `{"scenes", "nowhere", "unplaced", "total", …}`."""
        return self.get(f"/projects/{project}/scenes", view=view)

    def find_scenes(self, project: int, view: str = "text", **told: object) -> int:
        """Have scenes found, or found again; the job to wait for. What people kept stays.

        Options: `backend` (how to compare), `count` (about how many), `send_to` (the host that texts may be sent to).
        """
        return self.write("POST", f"/projects/{project}/scenes/make", view=view, **told)["job"]

    def ways_to_compare(self, project: int, view: str = "text") -> list[Json]:
        """How items can be compared: `{"name", "says", "leaves"}` each."""
        return self.get(f"/projects/{project}/scenes/ways", view=view)["ways"]

    def leaving(self, project: int, view: str = "text") -> Json:
        """What would be sent to a service outside the house: `{"host", "texts", "examples", …}`; nothing is sent."""
        return self.get(f"/projects/{project}/scenes/leaving", view=view)

    def place_items(self, project: int, view: str = "text", send_to: str = "") -> int:
        """Give new items their place among the scenes there are; the job to wait for."""
        return self.write("POST", f"/projects/{project}/scenes/place", view=view, send_to=send_to)["job"]

    def describe_scene(self, project: int, scene: int, view: str = "text", **told: object) -> int:
        """Name, define and keep a scene. Options: `name`, `definition`, `seeds` (a list of words)."""
        return self.write("POST", f"/projects/{project}/scenes/{scene}", view=view, **told)["scene"]

    def merge_scenes(self, project: int, into: int, others: Iterable[int], view: str = "text") -> int:
        return self.write("POST", f"/projects/{project}/scenes/{into}/merge", view=view, others=list(others))["scene"]

    def label_from_scene(self, project: int, scene: int, view: str = "text", label: str = "") -> str:
        """Add a scene to the rulebook's draft, with its definition and examples; the label's id."""
        return self.write("POST", f"/projects/{project}/scenes/{scene}/label", view=view, label=label)["label"]

    def search_duplicates(self, project: int, at_least: float = 0.8) -> int:
        """Search near-duplicates; the job to wait for."""
        return self.write("POST", f"/projects/{project}/duplicates", at_least=at_least)["job"]

    def duplicates(self, project: int, *, decided: bool = False) -> Iterator[Json]:
        """Groups of near-duplicates that wait, or those that are decided."""
        return self.pages(f"/projects/{project}/duplicates", "groups", limit=200, decided=str(decided).lower())

    def decide_duplicates(self, project: int, group: int, keep: str, kept: int | None = None) -> Json:
        """What becomes of a group: `one`, `merged`, `all`, `weighed`, or `undo`; `kept` is the item that stays."""
        return self.write("POST", f"/projects/{project}/duplicates/{group}", keep=keep, kept=kept)

    def decide_all_duplicates(self, project: int, keep: str = "one", at_least: float = 0.8) -> int:
        """Decide every group that waits; the job to wait for."""
        return self.write("POST", f"/projects/{project}/duplicates/all", keep=keep, at_least=at_least)["job"]

    # Cleaning: a recipe is a YAML document; docs/cleaning/steps.md has the steps

    def try_recipe(self, project: int, document: str, source: int | None = None) -> Json:
        """What a recipe would do, tried on up to 1,000 items drawn at random."""
        return self.write("POST", f"/projects/{project}/recipe-previews", document=document, source=source)

    def save_recipe(self, project: int, document: str) -> Json:
        """Keep a recipe under its name: `{"id", "version", …}`."""
        return self.write("POST", f"/projects/{project}/recipes", document=document)

    def run_recipe(self, project: int, recipe: int, **options: object) -> Json:
        """Derive clean items: `{"id", "job", "source", …}`. Options: `version`, `source`, `confirmed`."""
        return self.write("POST", f"/projects/{project}/recipe-runs", recipe=recipe, **options)

    def recipe_run(self, project: int, run: int) -> Json:
        return self.get(f"/projects/{project}/recipe-runs/{run}")

    def undo_recipe_run(self, project: int, run: int) -> int:
        """Take a run's items back; the job that brings the parents back."""
        return self.write("POST", f"/projects/{project}/recipe-runs/{run}/undo")["job"]

    def family(self, item: int) -> Json:
        """What an item came out of, and what came out of it: `{"parents", "children"}`."""
        return self.get(f"/items/{item}/family")
