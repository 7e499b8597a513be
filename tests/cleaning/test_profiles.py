"""A profile says what is in the data, each of its figures leads to its items, and nothing that is broken stops it."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from litestar import Litestar
from litestar.testing import TestClient
from PIL import Image

from guiju.cleaning import SUBSCRIBERS
from guiju.cleaning.profiles.actions import ask_for_profile, get_profile, list_wanted_items
from guiju.cleaning.profiles.errors import NothingToProfile, NotProfiled, UnknownFigure
from guiju.cleaning.profiles.figures.languages import find_languages
from guiju.cleaning.profiles.model import Amount, Profile, Wanted
from guiju.data import find_items_by_name, take_back_source
from guiju.kit import PageRequest, new_id
from guiju.people import NotAllowed
from guiju.projects import ProjectNotFound
from guiju.storage import pump, work_jobs
from guiju.web.jobs import HANDLERS
from tests.data.conftest import Importer, picture_bytes
from tests.support.sounds import silence, sound_bytes, tone

Write = Callable[[str, bytes | str], Path]


def profiled(importer: Importer, source: int | None = None) -> Profile:
    """What the profile says, taken as the journal asks for it."""
    pump(importer.house.database, SUBSCRIBERS)
    work_jobs(importer.house, HANDLERS)
    return get_profile(importer.house, importer.cast.zhou, importer.cast.project, source).profile


def amount(profile: Profile, figure: str) -> Amount:
    return next(amount for amount in profile.amounts if amount.figure == figure)


def choice(profile: Profile, figure: str) -> dict[str, int]:
    return {v.value: v.count for each in profile.choices if each.figure == figure for v in each.values}


def remarks(profile: Profile) -> dict[str, int]:
    return {remark.code: remark.count for remark in profile.remarks}


def names(importer: Importer, wanted: Wanted, **options: int) -> list[str]:
    """The names of the items that a figure leads to, page after page."""
    found: list[str] = []
    cursor: str | None = None
    while True:
        request = PageRequest(2, cursor)
        page = list_wanted_items(importer.house, importer.cast.zhou, importer.cast.project, wanted, request, **options)
        found += [item.name for item in page.rows]
        cursor = page.cursor
        if cursor is None:
            return found


def rows(*texts: str) -> str:
    return "id,text,channel\n" + "".join(f"m{n},{text},{'web' if n else ''}\n" for n, text in enumerate(texts))


def test_an_import_is_followed_by_its_profile(importer: Importer, write: Write) -> None:
    importer.run(write("a.csv", rows("请问什么时候发货", "我想退货", "where is my parcel", "請問發票何時寄出")))
    profile = profiled(importer)
    assert profile.items == 4
    assert amount(profile, "length").least == 4
    assert amount(profile, "length").most == 18
    assert choice(profile, "language") == {"zh-Hans": 2, "en": 1, "zh-Hant": 1}
    [column] = profile.meta
    assert (column.name, column.filled, column.missing + column.empty, column.distinct) == ("channel", 3, 1, 1)


def test_each_figure_leads_to_its_items_page_after_page(importer: Importer, write: Write) -> None:
    importer.run(write("a.csv", rows(*("字" * n for n in range(1, 9)))))
    profile = profiled(importer)
    assert names(importer, Wanted("length", 3, 7)) == ["m2", "m3", "m4", "m5"]
    for bar in amount(profile, "length").bars:
        assert len(names(importer, Wanted("length", bar.low, bar.high))) == bar.count
    assert names(importer, Wanted(lacks="channel")) == ["m0"]
    assert len(names(importer, Wanted("language", value="zh"))) == 8


def test_outliers_are_those_far_from_the_rest_and_are_listed(importer: Importer, write: Write) -> None:
    importer.run(write("a.csv", rows(*("短" * (18 + n % 5) + str(n) for n in range(60)), "长" * 4_000, "嗯")))
    profile = profiled(importer)
    length = amount(profile, "length")
    assert (length.below, length.above) == (1, 1)
    assert names(importer, Wanted("length", length.high_fence)) == ["m60"]
    assert names(importer, Wanted("length", None, length.low_fence)) == ["m61"]
    assert remarks(profile)["high-outliers"] == 1


def test_the_project_is_profiled_over_its_sources_and_forgets_one_taken_back(importer: Importer, write: Write) -> None:
    first = importer.ask(write("a.csv", rows("第一条", "第二条")))
    work_jobs(importer.house, HANDLERS)
    importer.run(write("b.csv", rows("第三条消息", "第一条")))
    profile = profiled(importer)
    assert (profile.items, profile.duplicates) == (3, 1)
    assert profiled(importer, first.source).items == 2
    take_back_source(importer.house, importer.cast.zhou, importer.cast.project, first.source, request_id=new_id())
    assert profiled(importer).items == 1
    assert names(importer, Wanted("length", 1)) == ["m0"]


def test_pictures_are_measured_and_the_dark_the_blurred_and_the_broken_are_told(
    importer: Importer, write: Write, tmp_path: Path
) -> None:
    folder = write("p/sharp.png", picture_bytes(180, (200, 160), "PNG")).parent
    Image.new("RGB", (200, 160), (12, 12, 12)).save(folder / "dark.png")
    Image.new("L", (50, 40), 128).save(folder / "small.png")
    write("p/lost.png", picture_bytes(90, (80, 80), "PNG"))
    write("p/rotten.png", picture_bytes(60, (81, 80), "PNG"))
    importer.run(folder)
    with importer.house.reading() as connection:
        found = find_items_by_name(connection, importer.cast.project, ["lost.png", "rotten.png"])
    lost, rotten = (importer.house.blobs.path(found[f"{name}.png"].hash) for name in ("lost", "rotten"))
    lost.unlink()
    rotten.write_bytes(rotten.read_bytes()[:60])
    profile = profiled(importer)
    assert remarks(profile) == {"missing": 1, "unreadable": 1, "small": 1, "dark": 1, "blurred": 2}
    assert choice(profile, "mode") == {"RGB": 2, "L": 1}
    assert names(importer, Wanted("state", value="unreadable")) == ["rotten.png"]
    assert names(importer, Wanted("brightness", None, 40)) == ["dark.png"]
    assert amount(profile, "side").count == 5


def test_sounds_are_measured(importer: Importer, write: Write) -> None:
    folder = write("s/tone.wav", sound_bytes(tone(1.0))).parent
    write("s/hush.wav", sound_bytes(silence(2.0)))
    importer.run(folder)
    profile = profiled(importer)
    assert amount(profile, "duration").most == pytest.approx(2, abs=0.01)
    assert remarks(profile)["silent"] == 1
    assert names(importer, Wanted("silence", 0.95)) == ["hush.wav"]


def test_one_item_and_items_all_equal_in_length_have_a_profile(importer: Importer, write: Write) -> None:
    importer.run(write("one.txt", "独一条\n"))
    assert profiled(importer).items == 1
    importer.run(write("same.txt", "".join(f"{n:04}\n" for n in range(50))))
    profile = profiled(importer)
    assert amount(profile, "length").high_fence is None or amount(profile, "length").above == 0
    assert remarks(profile)["no-letters"] == 50


def test_as_many_columns_as_come_in_are_told_and_a_hundred_are_looked_at(importer: Importer, write: Write) -> None:
    record = {"text": "很宽的一行", **{f"c{n}": n for n in range(1_900)}}
    importer.run(write("wide.jsonl", json.dumps(record, ensure_ascii=False) + "\n"))
    profile = profiled(importer)
    assert (len(profile.meta), profile.meta_left_out) == (100, 1_800)


def test_the_number_of_different_values_is_guessed_near_the_truth_where_they_are_many(
    importer: Importer, write: Write
) -> None:
    lines = [json.dumps({"text": f"第{n}条", "customer": f"k{n % 2_000}"}) for n in range(4_000)]
    importer.run(write("keys.jsonl", "\n".join(lines)))
    [column] = profiled(importer).meta
    assert column.is_guess
    assert column.distinct == pytest.approx(2_000, rel=0.2)


def test_a_language_that_nobody_here_knows_is_told_by_its_letters() -> None:
    texts = [
        "ພາສາລາວ",
        "zxqv wplk brrt",
        "これは日本語です",
        "한국어 문장",
        "12 — 34",
        "Пример без слов",
        "ספר",
        "这个",
        "這個",
    ]
    expected = ["other", "latin", "ja", "ko", "none", "cyrillic", "hebrew", "zh-Hans", "zh-Hant"]
    assert find_languages(texts) == expected


def test_a_killed_profile_goes_on_behind_its_last_chunk(
    importer: Importer, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    importer.run(write("a.csv", rows(*(f"第{n}条" for n in range(9)))))
    monkeypatch.setattr("guiju.cleaning.profiles.running.CHUNK_ITEMS", 4)
    pump(importer.house.database, SUBSCRIBERS)
    taken: list[int] = []

    def dies_after_one(run: object) -> dict[str, object]:
        advance = run.advance  # type: ignore[attr-defined]

        def fragile(*given: object, **named: object) -> None:
            advance(*given, **named)
            taken.append(1)
            if len(taken) == 2:
                raise KeyboardInterrupt

        run.advance = fragile  # type: ignore[attr-defined]
        return HANDLERS["cleaning.profile"](run)  # type: ignore[arg-type]

    with pytest.raises(KeyboardInterrupt):
        work_jobs(importer.house, {**HANDLERS, "cleaning.profile": dies_after_one})
    importer.house.write(lambda tx: tx.connection.exec_driver_sql("UPDATE job SET beat_at = 0 WHERE state = 'running'"))
    profile = profiled(importer)
    assert profile.items == 9
    assert len(names(importer, Wanted("length", 1))) == 9


def test_who_may_not_see_items_sees_no_profile_and_only_who_brings_data_asks_for_one(
    importer: Importer, write: Write
) -> None:
    cast, house = importer.cast, importer.house
    with pytest.raises(NothingToProfile):
        ask_for_profile(house, cast.zhou, cast.project, request_id=new_id())
    importer.run(write("a.csv", rows("一条")))
    with pytest.raises(NotProfiled):
        get_profile(house, cast.zhou, cast.project)
    with pytest.raises(ProjectNotFound):
        get_profile(house, cast.mallory, cast.project)
    with pytest.raises(NotAllowed):
        get_profile(house, cast.alice, cast.project)
    with pytest.raises(NotAllowed):
        ask_for_profile(house, cast.lin, cast.project, request_id=new_id())
    with pytest.raises(UnknownFigure):
        list_wanted_items(house, cast.zhou, cast.project, Wanted("beauty", 1), PageRequest())


def test_the_page_shows_what_the_route_says(importer: Importer, write: Write, client: TestClient[Litestar]) -> None:
    cast = importer.cast
    importer.run(write("a.csv", rows("请问什么时候发货", "我想退货", "嗯")))
    client.headers["Accept-Language"] = "en"
    headers = cast.sign_in(client, "zhou")
    where = f"/projects/{cast.project}/profile"
    assert "No profile was taken yet" in client.get(where).text
    jobs = client.post(f"/api/v1{where}", json={"id": new_id()}, headers=headers).json()["jobs"]
    assert "/profile/progress" in client.get(where).text
    work_jobs(importer.house, HANDLERS, only=jobs[0])
    told = client.get(f"/api/v1{where}").json()["profile"]
    assert told["items"] == 3
    shown = client.get(where).text
    assert "Texts of one or two characters" in shown
    assert client.get(f"{where}/progress").headers["HX-Refresh"] == "true"
    listed = client.get(f"/api/v1{where}/items", params={"figure": "length", "high": 3}).json()["items"]
    assert [item["text"] for item in listed] == ["嗯"]
    assert "嗯" in client.get(f"{where}/items", params={"figure": "length", "high": 3}).text
