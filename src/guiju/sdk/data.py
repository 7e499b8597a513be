"""The client's calls about what was brought in, near-duplicates and scenes; the older ones stand in `client`."""

from collections.abc import Iterable, Iterator

from guiju.sdk.calls import Calls, Json


class DataCalls(Calls):
    """Sources, groups and scenes beyond what `Client` itself names."""

    def sources(self, project: int) -> list[Json]:
        """Every source with its state, counts, owner, licence and rights."""
        return self.get(f"/projects/{project}/sources")["sources"]

    def leftovers(self, project: int, source: int) -> Iterator[Json]:
        """What was not taken of a source, each with `code`, `message` and what to do (`next`)."""
        return self.pages(f"/projects/{project}/sources/{source}/leftovers", "leftovers", limit=200)

    def take_back(self, project: int, source: int) -> int:
        """Take a source back whole; the job that clears it away."""
        return self.write("POST", f"/projects/{project}/sources/{source}/take-back")["job"]

    def scene_items(self, project: int, scene: int, view: str = "text", order: str = "typical") -> Iterator[Json]:
        """A scene's items (0: what fits nowhere), the `typical`, the `odd`, or those on the `boundary` first."""
        path, start, step = f"/projects/{project}/scenes/{scene}/items", 0, 100
        while found := self.get(path, view=view, order=order, offset=start, limit=step)["items"]:
            yield from found
            if len(found) < step:
                return
            start += step

    def make_scene(self, project: int, name: str, view: str = "text", **told: object) -> int:
        """A scene of one's own. Options: `definition`, `seeds` (words), `items`, `parent`."""
        return self.write("POST", f"/projects/{project}/scenes", view=view, name=name, **told)["scene"]

    def split_scene(self, project: int, scene: int, parts: int = 2, view: str = "text") -> list[int]:
        """Split a scene into scenes below it."""
        return self.write("POST", f"/projects/{project}/scenes/{scene}/split", view=view, parts=parts)["scenes"]

    def move_items(self, project: int, scene: int, items: Iterable[int], view: str = "text") -> int:
        """Put items into a scene; the machine leaves them there."""
        return self.write("POST", f"/projects/{project}/scenes/{scene}/items", view=view, items=list(items))["scene"]

    def open_scene_trial(
        self,
        project: int,
        annotators: Iterable[str],
        each: int = 3,
        view: str = "text",
        scenes: Iterable[int] = (),
    ) -> int:
        """Open a trial of `each` items from every scene (or of `scenes`), for these e-mail addresses; the round."""
        told = {"annotators": list(annotators), "each": each, "view": view, "scenes": list(scenes)}
        return self.write("POST", f"/projects/{project}/scenes/trial", **told)["round"]

    def share_of_scene(self, project: int, scene: int, view: str = "text", share: float | None = None) -> float:
        """Write a scene's share into the brief's difficulty mix (unless told: the one it has now); the share."""
        return self.write("POST", f"/projects/{project}/scenes/{scene}/share", view=view, share=share)["share"]
