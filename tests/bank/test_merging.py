"""The same content of several customers stands once, with every source of it, and goes when the last of them goes."""

import random
from pathlib import Path

import pytest
from PIL import Image
from sqlalchemy import select

from guiju.bank import SUBSCRIBERS, Choice, draw_from_bank, end_consent, give_consent, read_search, search_bank
from guiju.bank.finding import DepositNotFound
from guiju.bank.merging import read_sources
from guiju.bank.tables import deposit as deposit_table
from guiju.bank.tables import draw as draw_table
from guiju.bank.withdrawing import Asked, Extent, Scope, ask_to_withdraw, get_withdrawal
from guiju.data import Origin, Rights, item_ids
from guiju.kit import new_id
from guiju.people import Role
from guiju.projects import create_project, set_member
from guiju.rulebooks import starter_document
from guiju.storage import metadata, pump, work_jobs
from guiju.web.jobs import HANDLERS
from tests.bank.test_consents import CONSENT
from tests.inspection.build import Made, accept_a_lot, choice, import_files, import_texts, publish, resolve_all
from tests.support.cast import Cast

TEXT = "这件商品收到时外包装已经破损，我想申请退款，请尽快处理"
NEARLY = "这件商品收到时外包装已经破损，我想申请退款，请尽快处理！谢谢"


def worked(cast: Cast) -> None:
    for _ in range(3):
        pump(cast.house.database, SUBSCRIBERS)
        work_jobs(cast.house, {**HANDLERS})


def general(
    cast: Cast, customer: str, texts: list[str], label: str = "a", *, consents: bool = True, rules: str = ""
) -> tuple[Made, int]:
    """A customer's accepted project (under `rules`) whose data is for all under a consent; that too."""
    project = create_project(
        cast.house, cast.zhou, request_id=new_id(), name=f"{customer} {label}", customer=customer, rights=Rights.GENERAL
    )
    for name, role in {"lin": Role.REQUESTER, "hu": Role.INSPECTOR, "alice": Role.ANNOTATOR}.items():
        set_member(cast.house, cast.zhou, project, cast.people[name].id, role)
    consent = give_consent(cast.house, cast.lin, project, new_id(), CONSENT) if consents else 0
    rulebook = publish(cast, project, "choice", rules)
    items = import_texts(cast, project, texts, Origin(rights=Rights.GENERAL))
    said = {item: choice(label) for item in items}
    made = Made(project, rulebook, resolve_all(cast.house, cast.alice, project, rulebook, said), items)
    accept_a_lot(cast, made)
    worked(cast)
    return made, consent


def seen(cast: Cast, who: str = "qian") -> list[str]:
    return [one.text or "" for one in search_bank(cast.house, cast.people[who], read_search(label="a")).rows]


def deposits(cast: Cast) -> dict[int, int]:
    """Each project's only deposit."""
    d = deposit_table.c
    with cast.house.reading() as connection:
        return {row[0]: row[1] for row in connection.execute(select(d.project_id, d.id))}


def test_the_same_of_two_customers_stands_once_and_each_source_is_told(cast: Cast) -> None:
    first, consent = general(cast, "远山物流", [TEXT])
    second, _ = general(cast, "近水超市", [TEXT])
    assert seen(cast) == [TEXT]
    known = deposits(cast)
    of_both = read_sources(cast.house, cast.zhou, known[first.project])
    assert [(one.project_id, one.stands, one.likeness) for one in of_both] == [
        (first.project, True, 1.0),
        (second.project, False, 1.0),
    ]
    assert (of_both[0].consent_id, of_both[0].paper, of_both[0].lot) == (consent, CONSENT.document, 1)
    strange = read_sources(cast.house, cast.qian, known[first.project])
    assert {(one.project, one.paper, one.lot, one.consent_id) for one in strange} == {("", "", 0, 0)}
    assert len(strange) == 2
    assert read_sources(cast.house, cast.qian, known[second.project]) == strange
    with pytest.raises(DepositNotFound):
        read_sources(cast.house, cast.zhou, max(known.values()) + 1)


def test_whoever_owns_a_source_sees_their_own_and_a_stranger_sees_one(cast: Cast) -> None:
    general(cast, "远山物流", [TEXT])
    second, _ = general(cast, "近水超市", [TEXT])
    set_member(cast.house, cast.zhou, second.project, cast.qian.id, Role.MANAGER)
    [own] = search_bank(cast.house, cast.qian, read_search(label="a")).rows
    assert (own.project_id, own.is_stranger) == (second.project, False)


def test_nearly_the_same_with_the_same_answer_is_merged_and_another_answer_is_not(cast: Cast) -> None:
    general(cast, "远山物流", [TEXT])
    near, _ = general(cast, "近水超市", [NEARLY])
    other, _ = general(cast, "大河书店", [TEXT], "b")
    assert seen(cast) == [TEXT]
    sources = read_sources(cast.house, cast.zhou, min(deposits(cast).values()))
    assert [one.project_id for one in sources if 0.9 <= one.likeness < 1] == [near.project]
    found = search_bank(cast.house, cast.qian, read_search(label="b")).rows
    assert [one.id for one in found] == [deposits(cast)[other.project]]


def test_an_ended_consent_takes_its_own_source_and_the_content_stays_under_the_other(cast: Cast) -> None:
    first, consent = general(cast, "远山物流", [TEXT])
    second, _ = general(cast, "近水超市", [TEXT])
    end_consent(cast.house, cast.lin, first.project, consent)
    [left] = search_bank(cast.house, cast.qian, read_search("退款")).rows
    assert left.id == deposits(cast)[second.project]
    assert [one.deposit_id for one in read_sources(cast.house, cast.qian, left.id)] == [left.id]


def test_a_withdrawn_consent_removes_that_source_alone_and_a_draw_stays_under_the_other(cast: Cast) -> None:
    first, _ = general(cast, "远山物流", [TEXT, "只有远山物流说过这么一句关于雨伞的话"])
    second, _ = general(cast, "近水超市", [TEXT])
    target = cast.another_project("第三家")
    publish(cast, target, "choice")
    drawn = draw_from_bank(cast.house, cast.zhou, target, new_id(), Choice(search=read_search(label="a")))
    assert drawn.items == 2
    asked = Asked(Scope.PROJECT, Extent.ALL, "远山物流收回同意", project=first.project)
    made = ask_to_withdraw(cast.house, cast.zhou, new_id(), asked, "远山物流 a")
    worked(cast)
    one, _ = get_withdrawal(cast.house, cast.zhou, made)
    assert one.report is not None
    assert one.report.items == {"origin": 2, "draw": 1}
    assert seen(cast) == [TEXT]
    assert search_bank(cast.house, cast.qian, read_search("雨伞")).rows == []
    with cast.house.reading() as connection:
        item = metadata.tables["item"]
        bodies = {
            row.body
            for row in connection.execute(select(item.c.body).where(item.c.id.in_(item_ids(connection, target))))
        }
        origins = list(connection.execute(select(draw_table.c.deposit_id)).scalars())
    assert TEXT in bodies
    assert origins == [deposits(cast)[second.project]]


def test_what_is_like_a_text_is_found_under_the_source_that_is_left(cast: Cast) -> None:
    first, _ = general(cast, "远山物流", [TEXT, *(f"另外第{n}条，说的是完全不同的事情" for n in range(3))])
    second, _ = general(cast, "近水超市", [TEXT])
    alike = read_search(like="外包装破损，申请退款")
    assert search_bank(cast.house, cast.qian, alike).rows[0].text == TEXT
    asked = Asked(Scope.PROJECT, Extent.ALL, "远山物流收回同意", project=first.project)
    ask_to_withdraw(cast.house, cast.zhou, new_id(), asked, "远山物流 a")
    worked(cast)
    assert [one.id for one in search_bank(cast.house, cast.qian, alike).rows] == [deposits(cast)[second.project]]


@pytest.mark.parametrize("house", ["sqlite"], indirect=True)
def test_a_picture_saved_anew_is_nearly_the_same(cast: Cast, tmp_path: Path) -> None:
    rng = random.Random(1)
    picture = Image.new("L", (9, 9))
    picture.putdata([rng.randrange(256) for _ in range(81)])
    whole = picture.resize((288, 288), Image.Resampling.BICUBIC)
    other = whole.transpose(Image.Transpose.ROTATE_90)
    made = list[Made]()
    for name, shown, suffix in (("a", whole, "png"), ("b", whole, "jpg"), ("c", other, "png")):
        project = create_project(cast.house, cast.zhou, request_id=new_id(), name=name, customer="远山物流")
        for who, role in {"lin": Role.REQUESTER, "hu": Role.INSPECTOR}.items():
            set_member(cast.house, cast.zhou, project, cast.people[who].id, role)
        shown.save(tmp_path / f"{name}.{suffix}")
        rulebook = publish(cast, project, "choice", starter_document("choice").replace("media: text", "media: image"))
        items = import_files(cast, project, [tmp_path / f"{name}.{suffix}"])
        said = {item: choice("a") for item in items}
        made.append(Made(project, rulebook, resolve_all(cast.house, cast.alice, project, rulebook, said), items))
        accept_a_lot(cast, made[-1])
    worked(cast)
    known = deposits(cast)
    sources = read_sources(cast.house, cast.zhou, known[made[0].project])
    assert [one.deposit_id for one in sources] == [known[made[0].project], known[made[1].project]]
    assert sources[1].likeness >= 0.95
