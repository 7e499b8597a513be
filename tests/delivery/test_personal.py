"""What of real people is still in a package is counted, and never told."""

import json

from guiju.delivery import Terms, get_delivery
from tests.delivery.test_delivery import build, files_of
from tests.inspection.build import Made, accept_a_lot, choice, import_texts, publish, resolve_all
from tests.support.cast import Cast


def test_personal_data_is_counted_by_kind_and_never_repeated(cast: Cast) -> None:
    rulebook = publish(cast, cast.project, "choice")
    texts = [
        "我的电话是 13800138000，请回电",
        "邮箱 li.lei@example.com，电话 13900139000",
        *(f"第{n}条没有" for n in range(10)),
    ]
    items = import_texts(cast, cast.project, texts)
    said = {item: choice("a") for item in items}
    made = Made(cast.project, rulebook, resolve_all(cast.house, cast.alice, cast.project, rulebook, said), items)
    accept_a_lot(cast, made)
    files = files_of(build(cast, made.project, "jsonl"))
    found = json.loads(files["quality_report.json"])["personal"]
    counted = {one["kind"]: (one["items"], one["certain"]) for one in found["found"]}
    assert (found["looked"], found["items"]) == (12, 2)
    assert counted == {"mobile": (2, 2), "email": (1, 1)}
    assert get_delivery(cast.house, cast.lin, made.project, 1).summary.personal == {"mobile": 2, "email": 1}
    for name in ("quality_report.json", "quality_report.md", "data_card.md", "manifest.json"):
        assert b"13800138000" not in files[name]
        assert b"li.lei" not in files[name]
    unlooked = files_of(build(cast, made.project, "jsonl", terms=Terms(personal=False)))
    assert json.loads(unlooked["quality_report.json"])["personal"] is None
