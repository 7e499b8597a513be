"""Versions of a delivery: what was added, changed and removed since an earlier one, and why; lots one by one."""

import json
from collections import Counter

import pytest

from guiju.data.asides import AsideReason, set_aside
from guiju.delivery import (
    JOBS,
    DeliveryNotFound,
    DeliveryState,
    LotNotAccepted,
    LotUnknown,
    NothingNew,
    Terms,
    deliver,
    get_delivery,
)
from guiju.inspection import LotState, decide_lot, draw_lot
from guiju.kit import new_id
from guiju.storage import StorageFull, find_job, work_jobs
from tests.delivery.test_delivery import build, files_of, lines_of
from tests.inspection.build import Made, accept_a_lot, judge_all, make_texts, rework
from tests.support.cast import Cast


def accept_some(cast: Cast, made: Made, count: int) -> int:
    lot = draw_lot(cast.house, cast.zhou, made.project, new_id(), aql="1.0", size=count)
    judge_all(cast, made.project, lot)
    assert decide_lot(cast.house, cast.zhou, made.project, lot, new_id()) is LotState.ACCEPTED
    return lot


def changes_of(package: bytes) -> list[dict[str, str]]:
    return [json.loads(line) for line in files_of(package)["changes.jsonl"].splitlines()]


def outcome_of(cast: Cast, job_id: int) -> str:
    with cast.house.reading() as connection:
        job = find_job(connection, job_id)
    assert job is not None
    assert job.outcome is not None
    return str(job.outcome["error"]["code"])


def test_the_increment_holds_what_is_new_or_other_and_says_why(cast: Cast) -> None:
    made = make_texts(cast, 30)
    accept_some(cast, made, 20)
    build(cast, made.project, "jsonl")
    rework(cast, made, made.items[1:4], label="a")
    accept_a_lot(cast, made)

    def put_away(tx: object) -> None:
        set_aside(tx, made.project, made.items[:1], AsideReason.PERSONAL, cause="test", by=None)  # type: ignore[arg-type]

    cast.house.write(put_away)
    package = build(cast, made.project, "jsonl", terms=Terms(since=1))
    said = Counter((one["change"], one["why"]) for one in changes_of(package))
    # Items 1 and 3 were b before; what was said again in the same words is no change.
    assert said == {("added", "accepted"): 10, ("changed", "rework"): 2, ("removed", "aside"): 1}
    assert len(lines_of(package)) == 12
    assert get_delivery(cast.house, cast.lin, made.project, 2).summary.changes == {
        "added": 10,
        "changed": 2,
        "moved": 0,
        "removed": 1,
    }
    assert package == build(cast, made.project, "jsonl", terms=Terms(since=1))


def test_increments_put_together_are_the_whole(cast: Cast) -> None:
    made = make_texts(cast, 24)
    accept_some(cast, made, 10)
    whole = {str(line["name"]): line["answers"] for line in lines_of(build(cast, made.project, "jsonl"))}
    for number, wanted in enumerate((6, 8), start=1):
        accept_some(cast, made, wanted)
        package = build(cast, made.project, "jsonl", terms=Terms(since=number))
        whole |= {str(line["name"]): line["answers"] for line in lines_of(package)}
    now = {str(line["name"]): line["answers"] for line in lines_of(build(cast, made.project, "jsonl"))}
    assert whole == now


def test_an_increment_of_nothing_is_refused_by_name(cast: Cast) -> None:
    made = make_texts(cast, 20)
    accept_a_lot(cast, made)
    build(cast, made.project, "jsonl")
    asked = deliver(cast.house, cast.zhou, made.project, new_id(), format="jsonl", terms=Terms(since=1))
    work_jobs(cast.house, JOBS)
    assert outcome_of(cast, asked.job) == NothingNew.code
    with pytest.raises(DeliveryNotFound):
        deliver(cast.house, cast.zhou, made.project, new_id(), format="jsonl", terms=Terms(since=9))


def test_accepted_lots_are_delivered_while_others_are_in_work(cast: Cast) -> None:
    made = make_texts(cast, 30)
    accept_some(cast, made, 8)
    accept_some(cast, made, 8)
    draw_lot(cast.house, cast.zhou, made.project, new_id(), aql="1.0", size=8)
    assert len(lines_of(build(cast, made.project, "jsonl", terms=Terms(lots=(2,))))) == 8
    assert len(lines_of(build(cast, made.project, "jsonl"))) == 16
    with pytest.raises(LotNotAccepted, match="Lot 3 is not accepted"):
        deliver(cast.house, cast.zhou, made.project, new_id(), format="jsonl", terms=Terms(lots=(1, 3)))
    with pytest.raises(LotUnknown):
        deliver(cast.house, cast.zhou, made.project, new_id(), format="jsonl", terms=Terms(lots=(7,)))


def test_a_disk_that_is_full_in_the_middle_leaves_nothing_that_has_a_name(cast: Cast) -> None:
    made = make_texts(cast, 20)
    accept_a_lot(cast, made)
    before = sorted(cast.house.blobs)
    asked = deliver(cast.house, cast.zhou, made.project, new_id(), format="jsonl")
    # The place where the package is written is the device that is always full.
    (cast.house.scratch / f"delivery-{asked.delivery}.zip").symlink_to("/dev/full")
    work_jobs(cast.house, JOBS)
    assert outcome_of(cast, asked.job) == StorageFull.code
    found = get_delivery(cast.house, cast.zhou, made.project, asked.number)
    assert (found.state, found.blob, found.ledger) == (DeliveryState.FAILED, None, None)
    assert sorted(cast.house.blobs) == before
    assert not list(cast.house.scratch.glob("delivery-*"))
    assert len(lines_of(build(cast, made.project, "jsonl"))) == 20
