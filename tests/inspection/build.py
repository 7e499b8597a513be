"""Projects in mid-life for the tests of lots, deliveries and the bank: items, a rulebook, a brief, resolutions."""

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from PIL import Image

from guiju import data
from guiju.annotations import (
    Origin,
    RoundKind,
    RoundState,
    annotator_of_account,
    find_resolutions,
    insert_annotation,
    insert_round,
    named_annotator,
    resolve,
)
from guiju.briefs import Brief, Facet, Figures, Gate, get_brief, render_brief, save_brief, sign_brief
from guiju.data import item_ids, start_import
from guiju.inspection import Finding, LotState, Outcome, Weight, decide_lot, draw_lot, get_lot, judge
from guiju.inspection.model import DefectType
from guiju.kinds import Answer, Box, Boxes, Choice, encode_answers
from guiju.kit import new_id
from guiju.rulebooks import publish_rulebook, save_draft, starter_document
from guiju.storage import Actor, House, Tx, work_jobs
from tests.support.cast import Cast

FACETS = {
    Facet.WHAT: ("每条用户留言判为一个类别，交回 JSONL。", "Each message gets one label; delivered as JSONL."),
    Facet.WHY: ("训练工单分派模型，漏判退款的代价最大。", "To train routing; a missed refund costs most."),
    Facet.WHO: ("林签字，邢裁定，三人标注。", "Lin signs, Xing rules, three annotate."),
    Facet.WHEN: ("2030-01-01 交付。", "Due on 2030-01-01."),
    Facet.WHERE: ("客服系统 2025 年的留言，已去除个人信息。", "Messages of 2025, personal data removed."),
    Facet.HOW: ("先试标，再按抽样方案抽检。", "A trial first, then sampling by the plan."),
    Facet.HOW_MUCH: ("12000 条，每条 0.1 元。", "12000 items at 0.1 yuan each."),
}


@dataclass(frozen=True)
class Made:
    """A project ready for a lot: its items in their order, its rulebook, the round that resolved them."""

    project: int
    rulebook: int
    round: int
    items: list[int]


def sign_a_brief(cast: Cast, project: int, aql: float = 1.0) -> None:
    """A brief without gaps, signed by lin (who must be the project's requester)."""
    facets = {facet: {"zh": zh, "en": en} for facet, (zh, en) in FACETS.items()}
    figures = Figures(volume=12_000, agreement=Gate(), aql=aql, level="II", due=date(2030, 1, 1), unit_price=0.1)
    document = render_brief(Brief({"zh": "留言分类", "en": "Messages"}, "星河钢铁", facets, figures))
    _, current = get_brief(cast.house, cast.zhou, project)
    mark = (current.version, current.revision) if current else None
    version, revision = save_brief(
        cast.house, cast.zhou, project, document=document, started_from=mark, request_id=new_id()
    )
    sign_brief(cast.house, cast.lin, project, version=version, revision=revision, request_id=new_id())


def publish(cast: Cast, project: int, kind: str, document: str = "") -> int:
    """The starter rulebook of a kind, or this one, published."""
    document = document or starter_document(kind)
    save_draft(cast.house, cast.zhou, project, document=document, from_revision=0, request_id=new_id())
    return publish_rulebook(cast.house, cast.zhou, project, request_id=new_id())


def import_files(cast: Cast, project: int, paths: Sequence[Path], origin: data.Origin | None = None) -> list[int]:
    start_import(cast.house, cast.zhou, project, request_id=new_id(), paths=paths, origin=origin)
    work_jobs(cast.house, data.JOBS)
    with cast.house.reading() as connection:
        return item_ids(connection, project, limit=1_000_000)


def import_texts(cast: Cast, project: int, texts: Iterable[str], origin: data.Origin | None = None) -> list[int]:
    path = cast.house.home.parent / f"texts-{new_id()[:8]}.txt"
    path.write_text("\n".join(texts) + "\n", encoding="utf-8")
    return import_files(cast, project, [path], origin)


def import_pictures(cast: Cast, project: int, count: int) -> list[int]:
    folder = cast.house.home.parent / f"pictures-{new_id()[:8]}"
    folder.mkdir()
    for number in range(count):
        picture = io.BytesIO()
        Image.new("RGB", (64, 48), (number * 7 % 256, 40, 90)).save(picture, "PNG")
        (folder / f"plate-{number:03}.png").write_bytes(picture.getvalue())
    return import_files(cast, project, [folder])


def resolve_all(
    house: House, by: Actor | str, project: int, rulebook: int, answers: dict[int, dict[str, Answer]], round_id: int = 0
) -> int:
    """One person's (or one imported name's) answers, each of which resolves its item; returns the round."""

    def write(tx: Tx) -> int:
        kind = RoundKind.IMPORT if isinstance(by, str) else RoundKind.PRODUCTION
        made = round_id or insert_round(
            tx, project_id=project, kind=kind, rulebook_id=rulebook, state=RoundState.OPEN, created_by=1
        )
        who = named_annotator(tx, project, by) if isinstance(by, str) else annotator_of_account(tx, by.id, by.name)
        for item, answer in answers.items():
            said = encode_answers(answer).decode()
            keys: dict[str, Any] = {"project_id": project, "round_id": made, "item_id": item, "annotator_id": who}
            annotation = insert_annotation(tx, **keys, rulebook_id=rulebook, revision=1, answers=said)
            resolve(tx, **keys, rulebook_id=rulebook, origin=Origin.ANNOTATION, answers=said, annotation_id=annotation)
        return made

    return house.write(write)


def choice(label: str) -> dict[str, Answer]:
    return {"label": Choice((label,))}


def boxes(*found: tuple[str, float, float, float, float]) -> dict[str, Answer]:
    return {"objects": Boxes(tuple(Box(f"b{n}", *one) for n, one in enumerate(found)))}


def make_texts(cast: Cast, count: int, *, by: str = "alice", project: int | None = None) -> Made:
    """A project of short messages, every one labelled a or b by `by`."""
    project = project or cast.project
    rulebook = publish(cast, project, "choice")
    items = import_texts(cast, project, (f"第{n}条留言，申请退款 no {n}" for n in range(count)))
    said = {item: choice("ab"[n % 2]) for n, item in enumerate(items)}
    who = cast.people.get(by, by)
    return Made(project, rulebook, resolve_all(cast.house, who, project, rulebook, said), items)


def make_pictures(cast: Cast, count: int, *, project: int | None = None) -> Made:
    """A project of small pictures, each with one or two boxes drawn by alice."""
    project = project or cast.project
    rulebook = publish(cast, project, "box")
    items = import_pictures(cast, project, count)
    said = {item: boxes(("a", 4, 4, 20, 10), *[("b", 30, 20, 10.5, 8)][: n % 2]) for n, item in enumerate(items)}
    return Made(project, rulebook, resolve_all(cast.house, cast.alice, project, rulebook, said), items)


DEFECT = Finding(Outcome.DEFECT, DefectType.WRONG_LABEL, Weight.MAJOR, "C1", "看第二句")
PASS = Finding(Outcome.PASS)


def judge_all(cast: Cast, project: int, lot: int, defects: int = 0) -> None:
    """hu judges the whole sample: the first `defects` places are defective."""
    for place in get_lot(cast.house, cast.hu, project, lot).sample:
        finding = DEFECT if place.place <= defects else PASS
        judge(cast.house, cast.hu, project, lot, place.item_id, new_id(), finding)


def accept_a_lot(cast: Cast, made: Made, aql: str = "1.0") -> int:
    """Draw what waits, pass all of the sample, accept."""
    lot = draw_lot(cast.house, cast.zhou, made.project, new_id(), aql=aql)
    judge_all(cast, made.project, lot)
    assert decide_lot(cast.house, cast.zhou, made.project, lot, new_id()) is LotState.ACCEPTED
    return lot


def rework(cast: Cast, made: Made, items: Iterable[int], label: str = "b") -> None:
    """alice sends these items again, in a round of rework."""

    def write(tx: Tx) -> int:
        return insert_round(
            tx,
            project_id=made.project,
            kind=RoundKind.REWORK,
            rulebook_id=made.rulebook,
            state=RoundState.OPEN,
            created_by=cast.zhou.id,
        )

    said = {item: choice(label) for item in items}
    resolve_all(cast.house, cast.alice, made.project, made.rulebook, said, cast.house.write(write))


def held_answers(cast: Cast, project: int) -> dict[int, str]:
    with cast.house.reading() as connection:
        return {each.item_id: each.answers for each in find_resolutions(connection, project, limit=100_000)}
