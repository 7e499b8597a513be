"""Quality rules: what they set aside, hold and tell; tried before, versioned, run at each import, undone."""

from pathlib import Path
from typing import Any

import pytest

from guiju.cleaning import SUBSCRIBERS
from guiju.cleaning.profiles.actions import ask_for_profile
from guiju.cleaning.quality import errors
from guiju.cleaning.quality.actions import (
    get_version,
    list_runs,
    list_versions,
    publish_rules,
    release_source,
    start_checks,
    try_rules,
    undo_check,
)
from guiju.cleaning.quality.model import Change, Per, Result, Rule, Run, RunState, Then
from guiju.cleaning.quality.rules import differences
from guiju.data import aside_table
from guiju.kit import new_id
from guiju.people.errors import NotAllowed
from guiju.projects import ProjectNotFound
from guiju.storage import work_jobs
from guiju.storage.journal import pump
from guiju.web.jobs import HANDLERS
from tests.cleaning.cleaner import Cleaner

SHORT = Rule("short", "length", least=5, then=Then.ASIDE)
ENGLISH = Rule("english", "language", values=("en",))
PHONES = Rule("phones", "personal", most=0, values=("mobile",), per=Per.SOURCE, share=0.5, then=Then.HOLD)
TEXTS = (
    "ok",
    "The parcel is late and I am not happy with it.",
    "no",
    "我的电话是 13800138000,请回电",
    "锟斤拷 broken\ufffd text",
)

# What asks no database anything of its own is asked of one: the others are held on both.
on_one_database = pytest.mark.parametrize("house", ["sqlite"], indirect=True)


@pytest.fixture
def keeper(cleaner: Cleaner) -> "Keeper":
    return Keeper(cleaner)


class Keeper:
    """A trainer who keeps the rules of the cast's project."""

    def __init__(self, cleaner: Cleaner) -> None:
        self.cleaner, self.house, self.project, self.zhou = cleaner, cleaner.house, cleaner.project, cleaner.cast.zhou

    def publish(self, *rules: Rule, note: str = "") -> int:
        return publish_rules(self.house, self.zhou, self.project, rules, request_id=new_id(), note=note).number

    def work(self) -> None:
        while pump(self.house.database, SUBSCRIBERS) + work_jobs(self.house, HANDLERS):
            pass

    def bring(self, *texts: str) -> None:
        self.cleaner.bring(*texts)
        self.work()

    def check(self) -> list[Run]:
        start_checks(self.house, self.zhou, self.project, request_id=new_id())
        self.work()
        return self.runs()

    def runs(self) -> list[Run]:
        return list_runs(self.house, self.zhou, self.project)

    def result(self, name: str) -> Result:
        outcome = self.runs()[0].outcome
        assert outcome is not None
        return next(result for result in outcome.results if result.rule.name == name)

    def aside(self) -> list[str | None]:
        with self.house.reading() as connection:
            ids = {row.item_id for row in connection.execute(aside_table.select())}
        return [item.body for item in self.cleaner.items() if item.id in ids]


def test_rules_are_held_against_every_import_by_themselves(keeper: Keeper) -> None:
    keeper.publish(SHORT, ENGLISH)
    keeper.bring(*TEXTS)
    run = keeper.runs()[0]
    assert (run.state, run.by_import, run.version) == (RunState.DONE, True, 1)
    assert keeper.aside() == ["ok", "no"]
    assert (keeper.result("short").asked, keeper.result("short").failed, keeper.result("short").aside) == (5, 2, 2)
    assert not keeper.result("short").broken or run.outcome is not None


@on_one_database
def test_taking_the_profile_anew_does_not_check_again(keeper: Keeper) -> None:
    keeper.publish(SHORT)
    keeper.bring(*TEXTS)
    ask_for_profile(keeper.house, keeper.zhou, keeper.project, request_id=new_id())
    keeper.work()
    assert len(keeper.runs()) == 1


@on_one_database
def test_what_breaks_no_rule_stays_and_what_is_told_stays_too(keeper: Keeper) -> None:
    keeper.bring(*TEXTS)
    keeper.publish(ENGLISH, Rule("readable", "encoding"))
    keeper.check()
    assert keeper.aside() == []
    assert keeper.result("readable").failed == 1
    assert keeper.result("readable").broken


@on_one_database
def test_a_dry_run_says_what_would_be_and_writes_nothing(keeper: Keeper) -> None:
    keeper.bring(*TEXTS)
    seen = try_rules(keeper.house, keeper.zhou, keeper.project, [SHORT, PHONES])
    assert (seen.items, seen.looked, seen.aside, seen.held) == (5, 5, 2, [])
    assert [item.body for item in keeper.cleaner.items() if item.id in seen.examples] == ["ok", "no"]
    assert keeper.aside() == []
    assert keeper.runs() == []


def test_a_source_that_breaks_its_rule_is_held_until_somebody_says_why_not(keeper: Keeper) -> None:
    keeper.publish(SHORT, msg := Rule("phones", "personal", most=0, per=Per.SOURCE, share=0.1, then=Then.HOLD))
    keeper.bring(*TEXTS)
    run = keeper.runs()[0]
    assert run.is_holding
    assert keeper.result(msg.name).broken
    assert len(keeper.aside()) == 5
    with pytest.raises(errors.ReasonWanted):
        release_source(keeper.house, keeper.zhou, keeper.project, run.id, " ", request_id=new_id())
    release_source(keeper.house, keeper.zhou, keeper.project, run.id, "the customer agreed", request_id=new_id())
    keeper.work()
    assert keeper.aside() == ["ok", "no"]
    assert keeper.runs()[0].reason == "the customer agreed"
    with pytest.raises(errors.NotHeld):
        release_source(keeper.house, keeper.zhou, keeper.project, run.id, "again", request_id=new_id())


@on_one_database
def test_a_share_that_is_not_above_its_limit_holds_nothing(keeper: Keeper) -> None:
    keeper.publish(PHONES)
    keeper.bring(*TEXTS)
    assert not keeper.runs()[0].is_holding
    assert (keeper.result("phones").failed, keeper.result("phones").broken) == (1, False)


def test_undoing_a_check_brings_back_what_it_set_aside_and_nothing_else(keeper: Keeper) -> None:
    keeper.publish(SHORT)
    keeper.bring(*TEXTS)
    keeper.bring("me", "A second source, long enough.")
    second, first = keeper.runs()
    undo_check(keeper.house, keeper.zhou, keeper.project, second.id, request_id=new_id())
    keeper.work()
    assert keeper.aside() == ["ok", "no"]
    assert [run.state for run in keeper.runs()] == [RunState.UNDONE, RunState.DONE]
    with pytest.raises(errors.CheckNotDone):
        undo_check(keeper.house, keeper.zhou, keeper.project, second.id, request_id=new_id())
    assert first.id == keeper.runs()[1].id


def test_a_later_check_takes_the_place_of_an_earlier_one(keeper: Keeper) -> None:
    keeper.publish(SHORT)
    keeper.bring(*TEXTS)
    keeper.publish(Rule("long", "length", most=30, then=Then.ASIDE))
    later, earlier = keeper.check()
    assert (later.version, later.state, earlier.state) == (2, RunState.DONE, RunState.REPLACED)
    assert keeper.aside() == ["The parcel is late and I am not happy with it."]


def test_an_item_that_a_hand_set_aside_is_not_asked(keeper: Keeper) -> None:
    from guiju.data import AsideReason, set_aside

    keeper.bring(*TEXTS)
    one = next(item.id for item in keeper.cleaner.items() if item.body == "ok")
    keeper.house.write(
        lambda tx: set_aside(tx, keeper.project, [one], AsideReason.PERSON, cause="by-hand", by=keeper.zhou.id)
    )
    keeper.publish(SHORT)
    keeper.check()
    outcome = keeper.runs()[0].outcome
    assert outcome is not None
    assert (outcome.beside, outcome.aside, keeper.result("short").asked) == (1, 1, 4)


@on_one_database
def test_versions_are_kept_and_differ_by_name(keeper: Keeper) -> None:
    assert keeper.publish(SHORT, ENGLISH, note="the first") == 1
    assert keeper.publish(SHORT, ENGLISH) == 1
    stricter = Rule("short", "length", least=8, then=Then.ASIDE)
    assert keeper.publish(stricter, PHONES) == 2
    second, first = list_versions(keeper.house, keeper.zhou, keeper.project)
    assert (first.note, first.by) == ("the first", keeper.zhou.id)
    told = [(one.change, (one.after or one.before or SHORT).name) for one in differences(first.rules, second.rules)]
    assert told == [(Change.CHANGED, "short"), (Change.ADDED, "phones"), (Change.REMOVED, "english")]


@on_one_database
def test_columns_are_asked_for_values_ranges_and_presence(keeper: Keeper, tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    path.write_text("text,channel,score\nfirst row,app,5\nsecond row,fax,9\nthird row,,x\nfourth row,web,\n", "utf-8")
    keeper.cleaner.bring_file(path)
    keeper.work()
    keeper.publish(
        Rule("filled", "filled", column="channel"),
        Rule("listed", "within", column="channel", values=("app", "web")),
        Rule("range", "within", column="score", least=1, most=6),
        Rule("nowhere", "filled", column="no such column"),
    )
    keeper.check()
    counted = {name: (keeper.result(name).asked, keeper.result(name).failed) for name in ("filled", "listed", "range")}
    assert counted == {"filled": (4, 1), "listed": (3, 1), "range": (3, 2)}
    assert keeper.result("nowhere").failed == 4


WRONG: list[tuple[Rule, str]] = [
    (Rule("", "length", least=1), "name"),
    (Rule("a", "length"), "limit"),
    (Rule("a", "length", least=9, most=3), "above"),
    (Rule("a", "length", least=float("nan")), "not a number"),
    (Rule("a", "length", least=1, values=("x",)), "told that"),
    (Rule("a", "language", values=("klingon",)), "none of those"),
    (Rule("a", "filled"), "column"),
    (Rule("a", "length", least=1, per=Per.SOURCE, then=Then.ASIDE), "hold the source"),
    (Rule("a", "length", least=1, then=Then.HOLD), "set its items aside"),
    (Rule("a", "length", least=1, per=Per.SOURCE, share=2), "between 0 and 1"),
]


@pytest.mark.parametrize(("rule", "said"), WRONG)
def test_a_rule_that_makes_no_sense_is_refused_by_name(rule: Rule, said: str) -> None:
    from guiju.cleaning.quality.rules import checked

    with pytest.raises(errors.RuleWrong) as refused:
        checked([rule])
    assert said in str(refused.value.details["fault"])


def test_two_rules_of_one_name_and_an_unknown_check_are_refused() -> None:
    from guiju.cleaning.quality.rules import checked

    with pytest.raises(errors.RuleWrong):
        checked([SHORT, SHORT])
    with pytest.raises(errors.CheckUnknown):
        checked([Rule("a", "smell", least=1)])


@on_one_database
def test_only_who_may_bring_data_writes_rules_and_a_stranger_sees_nothing(keeper: Keeper) -> None:
    cast: Any = keeper.cleaner.cast
    with pytest.raises(NotAllowed):
        publish_rules(keeper.house, cast.alice, keeper.project, [SHORT], request_id=new_id())
    keeper.publish(SHORT)
    with pytest.raises(ProjectNotFound):
        get_version(keeper.house, cast.mallory, keeper.project)


@on_one_database
def test_without_rules_sources_or_a_profile_nothing_is_checked_and_the_reason_is_named(keeper: Keeper) -> None:
    with pytest.raises(errors.NoRules):
        keeper.check()
    keeper.publish(SHORT)
    with pytest.raises(errors.NothingToCheck):
        keeper.check()
    keeper.cleaner.bring(*TEXTS)
    with pytest.raises(errors.ProfileWanted):
        try_rules(keeper.house, keeper.zhou, keeper.project, [SHORT])


@on_one_database
def test_a_source_without_a_profile_gets_one_and_is_checked_then(keeper: Keeper) -> None:
    keeper.publish(SHORT)
    keeper.cleaner.bring(*TEXTS)
    started = start_checks(keeper.house, keeper.zhou, keeper.project, request_id=new_id())
    assert (started.runs, len(started.profiling)) == ([], 1)
    keeper.work()
    assert keeper.aside() == ["ok", "no"]
