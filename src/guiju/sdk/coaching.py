"""Practice: a person with a token, or a model, finds known answers and is marked at once."""

from collections.abc import Mapping, Sequence

from guiju.sdk.calls import Calls, Json


class CoachingCalls(Calls):
    """What one practises, and what comes back."""

    def practice(self, project: int) -> Json:
        """What I can practise now, what sits and what does not, by label."""
        return self.get(f"/projects/{project}/practice")

    def practise_next(
        self, project: int, want: int = 3, holding: Sequence[int] = (), labels: Sequence[str] = ()
    ) -> list[Json]:
        """The next known answers to find, as tasks: `slot`, `item`. `holding` are slots in hand; `labels` narrow it."""
        asked = {"want": want, "holding": list(holding), "labels": list(labels)}
        return self.write("POST", f"/projects/{project}/practice/next", **asked)["tasks"]

    def practise(self, project: int, slot: int, answers: Mapping[str, object], active_ms: int | None = None) -> Json:
        """Answer one; how right it was, what is right, the clause and why, when it comes back."""
        said = {"slot": slot, "answers": answers, "active_ms": active_ms}
        return self.write("POST", f"/projects/{project}/practice/answers", **said)["mark"]

    def lessons(self, project: int) -> Json:
        """The lessons of the rulebook in force in reading order, and how far I am."""
        return self.get(f"/projects/{project}/lessons")

    def learn(self, project: int, key: str) -> str | None:
        """Keep that a lesson was learnt; the next one to take."""
        return self.write("POST", f"/projects/{project}/lessons", key=key)["next"]

    def skills(self, project: int, person: int | None = None) -> Json:
        """What I can do, by label and clause with intervals; a trainer names a member by number."""
        return self.get(f"/projects/{project}/skills", person=person)
