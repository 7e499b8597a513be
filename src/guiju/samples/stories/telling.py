"""A story is told: the same steps for every project, and every choice read from what the product says."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from guiju.samples.stories.amending import amended
from guiju.samples.stories.model import Ending, Named, Office, Remedy, School, Schooling, Story, Told

BLOCKING = "blocking"


@dataclass
class _Told:
    """What happened so far."""

    trials: list[int] = field(default_factory=list[int])
    reports: list[Told] = field(default_factory=list[Told])
    named: list[Named] = field(default_factory=list[Named])
    versions: list[str] = field(default_factory=list[str])
    changes: list[Told] = field(default_factory=list[Told])

    def ending(self, lacked: Sequence[str], *, passed: bool) -> Ending:
        return Ending(
            tuple(lacked),
            tuple(self.trials),
            tuple(self.reports),
            tuple(self.named),
            tuple(self.versions),
            tuple(self.changes),
            passed,
        )


def tell_story(office: Office, story: Story, *, decide: bool = True, most: int | None = None) -> Ending:
    """From the request to a trial that passes: brief, rulebook, trial, amendment, trial, comparison, gate.

    `decide=False` leaves the last gate to whoever comes next, and `most` ends after so many trials.
    """
    office.open(story)
    lacked = write_the_brief(office, story)
    office.bring_data()
    told = _Told()
    told.versions.append(office.publish(story.rulebook))
    find_rules_to_agree_on(office, story, told, most or story.most_rounds)
    passed = bool(told.reports[-1]["gate"]["passed"])
    if decide and passed:
        passed = office.decide(told.trials[-1])
    return told.ending(lacked, passed=passed)


def write_the_brief(office: Office, story: Story) -> list[str]:
    """Two sentences are not yet a brief: what is missing is asked, answered, and signed. Returns what was missing."""
    lacking = blocking(office.write_brief(request_as_brief(story)))
    left = blocking(office.write_brief(story.brief)) if lacking else []
    assert not left, left  # what the customer answered leaves nothing open
    office.sign_brief()
    return lacking


def request_as_brief(story: Story) -> str:
    """The customer's own words, in the first facet, and nothing else."""
    title = {"zh": story.name, "en": story.name}
    told = {"title": title, "customer": story.customer, "trade": story.trade, "facets": {"what": dict(story.request)}}
    # JSON is YAML, and quotes whatever a customer writes
    return "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in told.items())


def blocking(findings: Sequence[Told]) -> list[str]:
    """The codes of the findings that keep a brief from being signed."""
    return [f"{one['place']}: {one['code']}" for one in findings if one["severity"] == BLOCKING]


def find_rules_to_agree_on(office: Office, story: Story, told: _Told, most: int) -> None:
    """Trial, report, amendment, and again, until the gate opens or nothing is left that this trainer could write."""
    while len(told.trials) < most:
        told.trials.append(office.run_trial(story.size))
        told.reports.append(office.report(told.trials[-1]))
        if len(told.trials) > 1:
            told.changes.append(office.change(told.trials[-1]))
        if told.reports[-1]["gate"]["passed"]:
            return
        found = what_to_amend(told.reports[-1], story.remedies)
        if found is None or len(told.trials) == most:
            return
        named, remedy = found
        told.named.append(named)
        draft, item, answer = office.keep_example(told.trials[-1], named)
        told.versions.append(office.publish(amended(draft, remedy, item, answer)))


def what_to_amend(report: Told, remedies: Sequence[Remedy]) -> tuple[Named, Remedy] | None:
    """The confusion that costs most and lies in the rule, with what the trainer would write about it."""
    known = {remedy.labels: remedy for remedy in remedies}
    for named in confusions_of(report):
        remedy = known.get(frozenset({named.a, named.b}))
        if named.cause == "rule" and remedy is not None:
            return named, remedy
    return None


def confusions_of(report: Told) -> list[Named]:
    """What the report names, the most frequent first."""
    lines: list[Mapping[str, Any]] = [line for one in report["fields"] for line in one["confusions"] if line["cause"]]
    lines.sort(key=lambda line: -line["count"])
    return [Named(line["a"], line["b"], line["cause"]["name"], line["clause"], tuple(line["items"])) for line in lines]


def teach(school: School, *, known: int, size: int, pass_mark: float, most: int = 3) -> Schooling:
    """The newcomer sits the exam, and as long as they fail practises and sits again, `most` papers in all."""
    school.rule_on(known)
    exam = school.open_exam(size, pass_mark)
    papers, practised = [school.sit(exam)], list[float]()
    while not papers[-1]["passed"] and len(papers) < most:
        practised += school.practise()
        papers.append(school.sit(exam))
    return Schooling(tuple(papers), tuple(practised))
