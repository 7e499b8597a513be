"""Projects in mid-life, so that everybody finds something to do at first sign-in; and the whole journey, twice."""

from collections.abc import Callable, Mapping

from guiju.samples.demo.crew import Crew
from guiju.samples.demo.inspecting import Inspection
from guiju.samples.demo.journey import Journey, Sizes, Stage
from guiju.samples.demo.material import Material, service_material, steel_material
from guiju.storage import House

NAMES: Mapping[str, Mapping[str, str]] = {
    "finished": {"zh": "客服意图 一季度", "en": "Service intents, Q1"},
    "going": {"zh": "客服意图 二季度", "en": "Service intents, Q2"},
    "gate": {"zh": "钢板表面缺陷", "en": "Steel surface defects"},
    "young": {"zh": "钢板表面缺陷 二期", "en": "Steel surface defects, phase 2"},
}
"""The sample projects. A project has one name, so the demo is made in one language."""

SERVICE, STEEL = Sizes(300, 60), Sizes(96, 24)
MIDLIFE_STEEL = Sizes(48, 24)
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
    """Both kinds all the way into the bank, and for each a second project that draws from it."""
    service, steel = SERVICE.scaled(scale), STEEL.scaled(scale)
    gone: list[Journey] = []
    plans = (
        (service, service_material, NAMES["finished"], NAMES["going"]),
        (steel, steel_material, NAMES["gate"], NAMES["young"]),
    )
    for sizes, make, first, second in plans:
        journey = Journey(house, crew, make(sizes.items), first[lang], seed, tell)
        journey.go_on_to_the_bank(sizes)
        following = Journey(house, crew, make(0), second[lang], seed, tell)
        following.open()
        following.sign_brief()
        following.publish_rules()
        following.draw()
        gone += [journey, following]
    return gone


def make_midlife(
    house: House,
    crew: Crew,
    *,
    lang: str,
    seed: int = 0,
    tell: Tell = lambda _: None,
    scale: float = 1.0,
) -> list[Journey]:
    """One project finished, one in production, one at its gate, one whose brief waits for its signature."""
    service, steel = SERVICE.scaled(scale), MIDLIFE_STEEL.scaled(scale)

    def journey(name: str, material: Material) -> Journey:
        return Journey(house, crew, material, NAMES[name][lang], seed, tell)

    young = journey("young", steel_material(0))
    young.open()
    young.write_brief()
    gate = journey("gate", steel_material(steel.items))
    gate.set_out()
    gate.run_trial(steel.trial, ruled=0)
    finished = journey("finished", service_material(service.items))
    finished.go_on_to_the_bank(service)
    going = journey("going", service_material(service.items, first=service.items))
    going.set_out()
    going.draw()
    leave_in_production(going, service)
    return [finished, going, gate, young]


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
