"""A story told in the house itself: every step is the product's own action, done by whoever it belongs to."""

from dataclasses import dataclass, field
from typing import Any

import msgspec

from guiju.briefs import describe_gap, find_gaps, parse_brief, save_brief, sign_brief
from guiju.data import find_items
from guiju.kit import new_id
from guiju.rulebooks import get_draft
from guiju.samples.demo.journey import Journey, agreement_of
from guiju.samples.stories import Named, Story
from guiju.site import words_for
from guiju.work.trial import annotator_names, describe_report, make_report
from guiju.work.trial.actions import keep_example
from guiju.work.trial.rounds import compare_trials, describe_comparison

USUAL_CARE = 0.5
"""In a trial people take more care than on a usual day."""


@dataclass
class HouseOffice:
    """The journey's people, as a story needs them."""

    journey: Journey
    written: tuple[int, int] = (0, 0)
    rounds: list[int] = field(default_factory=list[int])

    def open(self, story: Story) -> None:
        self.journey.name = story.name
        self.journey.open()

    def write_brief(self, document: str) -> list[dict[str, object]]:
        journey = self.journey
        self.written = save_brief(
            journey.house,
            journey.by("zhouzheng"),
            journey.id,
            document=document,
            started_from=self.written if self.written[0] else None,
            request_id=new_id(),
        )
        return [describe_gap(gap, words_for("en")) for gap in find_gaps(parse_brief(document))]

    def sign_brief(self) -> None:
        journey, (version, revision) = self.journey, self.written
        signer = journey.by("linlan")
        sign_brief(journey.house, signer, journey.id, version=version, revision=revision, request_id=new_id())
        journey.said("brief", version=version)

    def bring_data(self) -> int:
        self.journey.bring_data()
        return len(self.journey.material.truth)

    def publish(self, document: str) -> str:
        self.journey.publish_document(document)
        return self.journey.rulebook.version

    def run_trial(self, size: int) -> int:
        journey = self.journey
        round_id = journey.open_trial_again(self.rounds[0]) if self.rounds else journey.open_trial(size)
        self.rounds.append(round_id)
        worked = journey.work(round_id, USUAL_CARE)
        report = make_report(journey.house, journey.by("zhouzheng"), round_id)
        journey.said("trial", answers=worked.answers, stopped=worked.stopped, **agreement_of(report))
        return round_id

    def report(self, round_id: int) -> dict[str, Any]:
        house, trainer = self.journey.house, self.journey.by("zhouzheng")
        report = make_report(house, trainer, round_id)
        return describe_report(report, annotator_names(house, report), words_for("en"))

    def keep_example(self, round_id: int, named: Named) -> tuple[str, str, Any]:
        journey = self.journey
        trainer, item_id = journey.by("zhouzheng"), named.items[0]
        keep_example(journey.house, trainer, round_id, item_id, request_id=new_id())
        with journey.house.reading() as connection:
            name = find_items(connection, journey.id, [item_id])[item_id].name
        draft = get_draft(journey.house, trainer, journey.id).document
        journey.said("amendment", top_confusion=f"{named.a or '–'} / {named.b or '–'}", cause=named.cause)
        return draft, name, short_answers(journey.material.truth[name].answers)

    def change(self, round_id: int) -> dict[str, Any]:
        journey = self.journey
        found = compare_trials(journey.house, journey.by("zhouzheng"), round_id)
        told = describe_comparison(found, words_for("en"))
        moved = told["fields"][0]["moved"]
        figures = {key: _round(moved[key]) for key in ("before", "after", "p")}
        journey.said("comparison", **figures, verdict=moved["verdict"])
        return told

    def decide(self, round_id: int) -> bool:
        self.journey.trial = round_id
        return self.journey.pass_gate()


def short_answers(answers: Any) -> dict[str, Any]:
    """Right answers as an example of a rulebook writes them."""
    told = msgspec.to_builtins(dict(answers))
    return {key: [_short(one) for one in each.get("shapes", each.get("labels"))] for key, each in told.items()}


SHORT_NAMES = {"x": "x", "y": "y", "w": "width", "h": "height"}


def _short(one: Any) -> Any:
    if isinstance(one, str):
        return one
    return {"label": one["label"], **{told: round(one[name]) for name, told in SHORT_NAMES.items()}}


def _round(figure: float | None) -> float | None:
    return None if figure is None else round(figure, 3)
