"""One lot from its rejection to its acceptance, over HTTP, with a finding that was none taken back on the way."""

from collections.abc import Mapping
from typing import Any

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from guiju.kit import new_id
from tests.inspection.build import choice, import_texts, publish, resolve_all, sign_a_brief
from tests.support.cast import Cast

pytestmark = pytest.mark.parametrize("house", ["sqlite"], indirect=True)
RATES = [{"kind": kind, "unit": "item", "rate": "0.10"} for kind in ("production", "rework")]


class Caller:
    """Whoever is signed in calls the project's routes."""

    def __init__(self, cast: Cast, client: TestClient[Litestar], project: int) -> None:
        self.cast, self.client, self.api = cast, client, f"/api/v1/projects/{project}"
        self.headers: dict[str, str] = {}

    def be(self, name: str) -> "Caller":
        self.headers = self.cast.sign_in(self.client, name)
        return self

    def get(self, path: str) -> Any:
        answer = self.client.get(path if path.startswith("/api") else f"{self.api}/{path}")
        assert answer.status_code == 200, answer.text
        return answer.json()

    def post(self, path: str, **said: object) -> Any:
        where = path if path.startswith("/api") else f"{self.api}/{path}"
        answer = self.client.post(where, json={"id": new_id(), **said}, headers=self.headers)
        assert answer.status_code < 300, answer.text
        return answer.json()


def written(label: str) -> Any:
    return {"label": {"kind": "choice", "labels": [label]}}


def judge_sample(hu: Caller, lot: int, right: Mapping[int, str]) -> list[int]:
    """hu looks at what was answered, item by item, and gives what is right; returns the defective items."""
    found: list[int] = []
    for place in hu.get(f"lots/{lot}/sample")["sample"]:
        item = place["item"]
        said = {"item": item, "outcome": "pass"}
        if hu.get(f"lots/{lot}/sample/{item}")["answers"] != written(right[item]):
            bad = {"type": "wrong-label", "severity": "major", "clause": "C1", "correction": written(right[item])}
            said |= {"outcome": "defect", **bad}
            found.append(item)
        hu.post(f"lots/{lot}/verdicts", **said)
    return found


def figures(caller: Caller, lot: int) -> tuple[int, int, int]:
    """Defective items of the lot, defects among the project's causes, and defects that pay takes back."""
    caller.be("qian")
    causes = sum(one["count"] for one in caller.get("causes?by=type")["causes"])
    [alice] = caller.get("pay?start=2020-01-01&end=2099-12-31")["statements"]
    taken = [line["quantity"] for line in alice["lines"] if line["kind"] == "defect"]
    return caller.get(f"lots/{lot}")["lot"]["tally"]["defective"], causes, sum(taken)


def test_a_rejected_lot_is_disputed_reworked_and_accepted_under_tightened_inspection(
    cast: Cast, client: TestClient[Litestar]
) -> None:
    sign_a_brief(cast, cast.project)
    rulebook = publish(cast, cast.project, "choice")
    items = import_texts(cast, cast.project, (f"第{n}条留言，申请退款" for n in range(60)))
    right = {item: "a" if n % 10 == 0 else "b" for n, item in enumerate(items)}
    resolve_all(cast.house, cast.alice, cast.project, rulebook, {item: choice("a") for item in items})
    caller = Caller(cast, client, cast.project)
    caller.be("qian").post("pay/cards", valid_from="2020-01-01", currency="CNY", rates=RATES)

    first = caller.be("hu").post("lots")["lot"]
    found = judge_sample(caller, first, right)
    assert caller.post(f"lots/{first}/decide")["state"] == "rejected"
    assert figures(caller, first) == (len(found), len(found), len(found))

    dispute = caller.be("alice").post(f"lots/{first}/disputes", item=found[0], reason="这句问的是退款。")["dispute"]
    said = {"withdraw": True, "text": "对，问的是退款。", "clause": "C1"}
    assert caller.be("xing").post(f"disputes/{dispute}/ruling", **said) == {"state": "withdrawn"}
    left = len(found) - 1
    assert figures(caller, first) == (left, left, left)
    right[found[0]] = "a"

    back = caller.be("hu").get(f"lots/{first}")["lot"]["rework_round"]
    caller.be("alice")
    rounds = f"/api/v1/rounds/{back}"
    while tasks := caller.post(f"{rounds}/lease", want=20)["tasks"]:
        for task in tasks:
            again = {"slot": task["slot"], "lease": task["lease"], "revision": task["revision"]}
            caller.post(f"{rounds}/annotations", **again, answers=written(right[task["item"]["id"]]))

    second = caller.be("hu").post(f"lots/{first}/resubmit")["lot"]
    assert judge_sample(caller, second, right) == []
    assert caller.post(f"lots/{second}/decide")["state"] == "accepted"

    was, now = (caller.get(f"lots/{lot}") for lot in (first, second))
    assert (was["lot"]["state"], was["lot"]["tally"]["defective"], was["resubmitted_as"]) == ("rejected", left, second)
    assert (now["lot"]["resubmits"], now["lot"]["tally"]["defective"], now["lot"]["plan"]["severity"]) == (
        first,
        0,
        "tightened",
    )
    assert figures(caller, first) == (left, left, left)
    [stream] = caller.get("streams")["streams"]
    assert [(step["lot"], step["accepted"]) for step in stream["steps"]] == [(second, True), (first, False)]
    assert (stream["severity"], stream["stopped"]) == ("normal", False)
    assert items == caller.get(f"lots/{second}/items")["items"]
