"""Projects in mid-life, so that everybody finds something to do at first sign-in; and the whole journey, twice."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from guiju.samples.demo.calendar import catch_up
from guiju.samples.demo.crew import Crew
from guiju.samples.demo.ending import draw_what_is_offered, go_to_the_end, write_rates
from guiju.samples.demo.inspecting import Inspection
from guiju.samples.demo.journey import Journey, Sizes, Stage
from guiju.samples.demo.material import Material, service_material, steel_material
from guiju.samples.demo.office import HouseOffice
from guiju.samples.demo.papers import CUSTOMERS, brief_for
from guiju.samples.demo.school import HouseSchool
from guiju.samples.stories import Ending, teach, tell_story
from guiju.samples.stories.steel import steel_story
from guiju.storage import House

NAMES: Mapping[str, Mapping[str, str]] = {
    "finished": {"zh": "客服意图 一季度", "en": "Service intents, Q1"},
    "going": {"zh": "客服意图 二季度", "en": "Service intents, Q2"},
    "gate": {"zh": "钢板表面缺陷", "en": "Steel surface defects"},
    "agreed": {"zh": "钢板表面缺陷 换辊后", "en": "Steel surface defects, worn rolls"},
    "young": {"zh": "钢板表面缺陷 二期", "en": "Steel surface defects, phase 2"},
}
"""The sample projects. A project has one name, so the demo is made in one language."""

SERVICE, STEEL = Sizes(300, 60), Sizes(96, 40)
"""A story's trials take so many surfaces at any scale: fewer would show nothing."""
KNOWN, PAPER, PASS_MARK = 24, 10, 0.8
"""What the expert rules on for the newcomer's exam, how much of it a paper asks, and what passes."""
Tell = Callable[[Stage], None]


def run_whole(
    house: House,
    crew: Crew,
    *,
    lang: str,
    seed: int = 0,
    tell: Tell = lambda _: None,
    scale: float = 1.0,
) -> list[Journey]:
    """Both kinds to their very end, and for each a second project that is told what exists and draws from it."""
    sizes, plates = SERVICE.scaled(scale), STEEL.enlarged(scale)
    first = _whole(Journey(house, crew, service_material(sizes.items), NAMES["finished"][lang], seed, tell), sizes)
    gone = [first, _following(first, NAMES["going"][lang])]
    steel = Journey(house, crew, steel_material(plates.items, worn=True), NAMES["gate"][lang], seed, tell)
    tell_the_steel_story(steel, plates.trial)
    go_to_the_end(steel)
    return [*gone, steel, _following(steel, NAMES["young"][lang])]


def _whole(journey: Journey, sizes: Sizes) -> Journey:
    """From the brief to its very end."""
    journey.wanted = sizes.items
    journey.go_on_to_the_gate(sizes)
    go_to_the_end(journey)
    return journey


def _following(first: Journey, name: str) -> Journey:
    """The next project of the same customer: no data of its own, but what the bank has."""
    material = replace(first.material, truth={}, lay_out=_nothing)
    wanted = 2 * len(first.material.truth)
    following = Journey(first.house, first.crew, material, name, first.seed, first.tell, wanted)
    following.open()
    following.sign_brief()
    following.publish_rules()
    draw_what_is_offered(following)
    return following


def _nothing(folder: Path) -> Path:
    return folder


def tell_the_steel_story(journey: Journey, size: int, most: int | None = None, *, decide: bool = True) -> Ending:
    """From a customer's two sentences to a trial that passes, and a newcomer who does; `most` trials, if told so."""
    brief = brief_for("steel", journey.house.clock())
    story = steel_story(journey.name, CUSTOMERS["steel"], brief, size)
    ending = tell_story(HouseOffice(journey), story, decide=decide, most=most)
    journey.trial = ending.trials[-1]
    if decide and ending.passed:
        teach(HouseSchool(journey), known=KNOWN, size=PAPER, pass_mark=PASS_MARK)
    return ending


def make_midlife(
    house: House,
    crew: Crew,
    *,
    lang: str,
    seed: int = 0,
    tell: Tell = lambda _: None,
    scale: float = 1.0,
) -> list[Journey]:
    """One project at its very end, one in production, one that failed its trial, one that agreed, one young.

    The one that failed waits for its rule to be amended, the young one for the signature under its brief. What is
    finished lies days back, where the house has a calendar; the others are today's.
    """
    service = SERVICE.scaled(scale)

    def journey(name: str, material: Material) -> Journey:
        return Journey(house, crew, material, NAMES[name][lang], seed, tell)

    finished = _whole(journey("finished", service_material(service.items)), service)
    catch_up(house)
    young = journey("young", steel_material(0))
    young.open()
    young.write_brief()
    agreed = journey("agreed", steel_material(STEEL.items, worn=True))
    tell_the_steel_story(agreed, STEEL.trial)
    gate = journey("gate", steel_material(STEEL.trial, worn=True))
    tell_the_steel_story(gate, STEEL.trial, most=1, decide=False)
    gate.ask()
    going = journey("going", service_material(service.items, first=service.items))
    going.wanted = 2 * service.items
    going.set_out()
    write_rates(going)
    draw_what_is_offered(going)
    leave_in_production(going, service)
    return [finished, going, gate, agreed, young]


def leave_in_production(journey: Journey, sizes: Sizes) -> None:
    """A third is annotated and lies in a lot of which half the sample is judged; a question waits for the expert."""
    journey.run_trial(sizes.trial)
    journey.pass_gate()
    journey.produce(most=sizes.items // 3, hurried=False)
    inspection = Inspection(journey.house, journey.by("shenyan"), journey.id, journey.rulebook, journey.material.truth)
    lot = inspection.draw(journey.production)
    sample = int(str(inspection.figures(lot)["sample"]))
    inspection.judge_sample(lot, sample // 2)
    journey.said("inspection", **inspection.figures(lot))
