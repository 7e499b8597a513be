"""Near-duplicates are found, decided by people, undone; what comes later joins what was decided."""

import io
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from litestar import Litestar
from litestar.testing import TestClient
from PIL import Image, ImageEnhance
from sqlalchemy import select

from guiju.cleaning import SUBSCRIBERS, split_keys
from guiju.cleaning.duplicates.actions import (
    ask_for_search,
    decide_all,
    decide_group,
    list_groups,
    look_at_groups,
    undo_all,
    undo_group,
)
from guiju.cleaning.duplicates.alike import texts
from guiju.cleaning.duplicates.alike.joining import join
from guiju.cleaning.duplicates.errors import BadLikeness, GroupNotFound, NotInGroup
from guiju.cleaning.duplicates.model import Group, Keep
from guiju.data import AsideReason, count_asides, find_items_by_name, is_aside, item_table, set_aside
from guiju.kit import PageRequest, new_id
from guiju.people import NotAllowed
from guiju.storage import pump, work_jobs
from guiju.web.jobs import HANDLERS
from tests.data.conftest import Importer
from tests.support.sounds import noise, silence, sound_bytes, tone

Write = Callable[[str, bytes | str], Path]
LINES = (
    "我的包裹三天没有更新了，请帮我查一下现在到哪里了",
    "我的包裹三天没有更新了 请帮我查一下现在到哪里了！！",
    "优惠券用不了，一直显示已经过期",
    "where is my parcel, it has not moved for three days",
    "Where is my parcel? It has not moved for three days!",
    "嗯",
)


def search(importer: Importer, at_least: float = 0.8) -> None:
    job = ask_for_search(
        importer.house, importer.cast.zhou, importer.cast.project, request_id=new_id(), at_least=at_least
    )
    work_jobs(importer.house, HANDLERS, only=job)
    assert importer.job(job).state == "done", importer.job(job).outcome


def groups(importer: Importer, *, is_open: bool = True) -> list[Group]:
    request = PageRequest(200)
    found = list_groups(importer.house, importer.cast.zhou, importer.cast.project, request, is_open=is_open)
    return [group for group, _ in found.rows]


def names_of(importer: Importer, group: Group) -> list[str]:
    wanted = select(item_table.c.name).where(item_table.c.id.in_([member.item_id for member in group.members]))
    with importer.house.reading() as connection:
        return sorted(connection.execute(wanted).scalars())


def aside(importer: Importer) -> set[str]:
    with importer.house.reading() as connection:
        return set(connection.execute(select(item_table.c.name).where(is_aside())).scalars())


def rows(*lines: str, first: int = 0) -> str:
    return "id,text\n" + "".join(f'm{n},"{line}"\n' for n, line in enumerate(lines, first))


@pytest.fixture
def searched(importer: Importer, write: Write) -> Importer:
    importer.run(write("a.csv", rows(*LINES)))
    search(importer)
    return importer


def decide(importer: Importer, group: Group, keep: Keep, kept: int | None = None) -> Group:
    cast = importer.cast
    return decide_group(importer.house, cast.zhou, cast.project, group.id, request_id=new_id(), keep=keep, kept=kept)


def test_texts_that_say_the_same_in_either_language_are_one_group_each(searched: Importer) -> None:
    assert [names_of(searched, group) for group in groups(searched)] == [["m0", "m1"], ["m3", "m4"]]
    assert all(group.is_open and group.least >= 0.8 for group in groups(searched))


def test_keeping_one_sets_the_others_aside_and_undoing_brings_them_back(searched: Importer) -> None:
    group = groups(searched)[0]
    second = group.members[1].item_id
    decided = decide(searched, group, Keep.ONE, second)
    assert (decided.is_open, decided.kept) == (False, second)
    assert aside(searched) == {"m0"}
    decide(searched, group, Keep.MERGED)
    assert aside(searched) == {"m1"}
    [merged] = groups(searched, is_open=False)
    assert [member.weight for member in merged.members] == [2.0, 1.0]
    undo_group(searched.house, searched.cast.zhou, searched.cast.project, group.id, request_id=new_id())
    assert aside(searched) == set()
    assert len(groups(searched)) == 2


def test_all_can_stay_each_for_itself_or_all_as_one(searched: Importer) -> None:
    group = groups(searched)[0]
    assert [m.weight for m in decide(searched, group, Keep.WEIGHED).members] == [0.5, 0.5]
    assert [m.weight for m in decide(searched, group, Keep.ALL).members] == [1.0, 1.0]
    assert aside(searched) == set()


def test_many_groups_are_decided_at_once_and_undone_but_for_those_decided_since(searched: Importer) -> None:
    house, zhou, project = searched.house, searched.cast.zhou, searched.cast.project
    job = decide_all(house, zhou, project, request_id=new_id(), keep=Keep.ONE)
    work_jobs(house, HANDLERS, only=job)
    assert aside(searched) == {"m1", "m4"}
    assert look_at_groups(house, zhou, project).bulk == (job, 2)
    decide(searched, groups(searched, is_open=False)[0], Keep.ONE)
    work_jobs(house, HANDLERS, only=undo_all(house, zhou, project, job, request_id=new_id()))
    assert aside(searched) == {"m1"}


def test_what_comes_later_joins_the_group_that_was_decided_and_waits(searched: Importer, write: Write) -> None:
    decide(searched, groups(searched)[0], Keep.ONE)
    searched.run(write("b.csv", rows("我的包裹三天没有更新了，请帮我查一下现在到哪里", first=10)))
    pump(searched.house.database, SUBSCRIBERS)
    work_jobs(searched.house, HANDLERS)
    first = groups(searched)[0]
    assert (first.act, first.is_open) == (Keep.ONE, True)
    assert [member.is_new for member in first.members] == [False, False, True]
    assert aside(searched) == {"m1"}
    search(searched)
    assert [group.size for group in groups(searched)] == [3, 2]


def test_a_split_has_one_key_for_all_of_a_group(searched: Importer) -> None:
    with searched.house.reading() as connection:
        found = find_items_by_name(connection, searched.cast.project, ["m0", "m1", "m2", "m3"])
        keys = split_keys(connection, searched.cast.project, [found[f"m{n}"].id for n in range(4)])
    said = [keys[found[f"m{n}"].id] for n in range(4)]
    assert said[0] == said[1]
    assert len(set(said)) == 3


def test_a_thousand_copies_with_a_number_each_are_one_group(importer: Importer, write: Write) -> None:
    importer.run(write("t.csv", rows(*(f"您好，您的订单已经由顺丰发出，请您注意查收，编号 {n}" for n in range(1_000)))))
    search(importer)
    [group] = groups(importer)
    assert group.size == 1_000
    decide(importer, group, Keep.ONE)
    with importer.house.reading() as connection:
        assert count_asides(connection, importer.cast.project) == 999


def picture(seed: int) -> Image.Image:
    small = np.random.default_rng(seed).integers(0, 255, (6, 8, 3), dtype=np.uint8)
    return Image.fromarray(small).resize((320, 240), Image.Resampling.BICUBIC)


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def test_pictures_saved_again_smaller_or_brighter_are_found_and_one_colour_is_like_no_other(
    importer: Importer, write: Write
) -> None:
    folder = write("p/a.png", saved(picture(1), "PNG")).parent
    write("p/a-again.jpg", saved(picture(1).resize((200, 150)), "JPEG", quality=60))
    write("p/a-bright.png", saved(ImageEnhance.Brightness(picture(1)).enhance(1.1), "PNG"))
    write("p/b.png", saved(picture(2), "PNG"))
    write("p/grey.png", saved(Image.new("RGB", (90, 90), (9, 9, 9)), "PNG"))
    write("p/white.png", saved(Image.new("RGB", (80, 90), (250, 250, 250)), "PNG"))
    lost = write("p/lost.png", saved(picture(1).crop((1, 1, 319, 239)), "PNG"))
    importer.run(folder)
    with importer.house.reading() as connection:
        [found] = find_items_by_name(connection, importer.cast.project, [lost.name]).values()
    importer.house.blobs.path(found.hash).unlink()
    search(importer)
    assert [names_of(importer, group) for group in groups(importer)] == [["a-again.jpg", "a-bright.png", "a.png"]]


def test_a_sound_that_is_softer_or_begins_later_is_the_same(importer: Importer, write: Write) -> None:
    melody = np.concatenate([tone(0.4, hertz) for hertz in (300, 900, 500, 1500, 700, 2100, 400)]) + noise(2.8, 0.02)
    other = (
        np.concatenate([tone(0.4, hertz) for hertz in (2000, 350, 1200, 450, 1700, 600, 800)]) + noise(2.8, 0.02)[::-1]
    )
    folder = write("s/a.wav", sound_bytes(melody)).parent
    write("s/a-soft.wav", sound_bytes(melody * 0.3))
    write("s/a-later.wav", sound_bytes(np.concatenate([silence(0.26), melody])))
    write("s/b.wav", sound_bytes(other))
    write("s/hush.wav", sound_bytes(silence(1.0)))
    importer.run(folder)
    search(importer)
    assert [names_of(importer, group) for group in groups(importer)] == [["a-later.wav", "a-soft.wav", "a.wav"]]


def test_one_item_and_none_are_no_group(importer: Importer, write: Write) -> None:
    search(importer)
    importer.run(write("one.txt", "独一条\n"))
    search(importer)
    assert groups(importer) == []


def test_likeness_is_jaccards_index_of_words_and_of_pairs_of_characters() -> None:
    told = texts.tokens_of(["a b c d", "A, b; c e", "天气很好", "天气不好", "", "！"])
    one, other = np.array([0, 2, 4]), np.array([1, 3, 5])
    assert texts.likeness(told, one, other).tolist() == pytest.approx([3 / 5, 1 / 5, 0])


def test_pairs_are_found_as_a_comparison_of_all_with_all_finds_them() -> None:
    chance = np.random.default_rng(3)
    words = ["".join(chr(code) for code in chance.integers(0x4E00, 0x5600, 2)) for _ in range(60)]
    said = ["".join(chance.choice(words, 9)) for _ in range(150)]
    said += [line[:-1] for line in said[:40]]
    told = texts.tokens_of(said)
    joined = join(texts.bands_of(told), lambda one, other: texts.likeness(told, one, other), 0.8)
    one, other = np.triu_indices(len(said), 1)
    alike = texts.likeness(told, one, other) >= 0.8
    assert int(alike.sum()) >= 35
    assert (joined.groups[one[alike]] == joined.groups[other[alike]]).all()


def test_what_cannot_be_is_refused_by_name(searched: Importer) -> None:
    house, cast = searched.house, searched.cast
    group = groups(searched)[0]
    with pytest.raises(NotInGroup):
        decide(searched, group, Keep.ONE, 10**9)
    with pytest.raises(GroupNotFound):
        undo_group(house, cast.zhou, cast.project, 10**9, request_id=new_id())
    with pytest.raises(BadLikeness):
        ask_for_search(house, cast.zhou, cast.project, request_id=new_id(), at_least=0.1)
    with pytest.raises(NotAllowed):
        decide_group(house, cast.lin, cast.project, group.id, request_id=new_id(), keep=Keep.ONE)
    with pytest.raises(NotAllowed):
        list_groups(house, cast.alice, cast.project, PageRequest())


def test_the_page_and_the_route_show_groups_and_decide(searched: Importer, client: TestClient[Litestar]) -> None:
    client.headers["Accept-Language"] = "en"
    headers = searched.cast.sign_in(client, "zhou")
    where = f"/projects/{searched.cast.project}/duplicates"
    shown = client.get(where).text
    assert "<mark>！！</mark>" in shown
    [first, _] = client.get(f"/api/v1{where}").json()["groups"]
    told = {"id": new_id(), "keep": "one", "kept": first["members"][1]["item"]}
    assert client.post(f"/api/v1{where}/{first['id']}", json=told, headers=headers).json()["keep"] == "one"
    assert aside(searched) == {"m0"}
    assert "one was kept, the others are set aside" in client.get(f"{where}?decided=true").text
    wrong = client.post(f"/api/v1{where}/{first['id']}", json={"id": new_id(), "keep": "burn"}, headers=headers)
    assert (wrong.status_code, wrong.json()["code"]) == (422, "unknown-keep")


def test_what_was_masked_is_not_shown_in_its_group(searched: Importer) -> None:
    house, cast = searched.house, searched.cast
    with house.reading() as connection:
        masked = find_items_by_name(connection, cast.project, ["m0"])["m0"].id
    house.write(lambda tx: set_aside(tx, cast.project, [masked], AsideReason.PERSONAL, cause="recipe-run:1", by=None))
    page = list_groups(house, cast.lin, cast.project, PageRequest())
    assert masked not in {one.item.id for _, shown in page.rows for one in shown}
