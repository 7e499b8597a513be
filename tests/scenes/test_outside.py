"""Comparing by a service outside the house: shown before, sent once, checked."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from guiju.data import AsideReason, item_ids, set_aside
from guiju.kit import new_id
from guiju.people import NotAllowed
from guiju.scenes import View, ask_to_make, ask_to_place
from guiju.scenes.errors import LeavesTheHouse, WouldLeaveTheHouse
from guiju.scenes.leaving import read_leaving
from guiju.scenes.making.alike import items_like
from guiju.storage import JobState, pump, work_jobs
from guiju.vectors import posting
from guiju.vectors.asking import ask
from guiju.vectors.errors import EndpointFileWrong, OutsideRefused, OutsideSilent, OutsideWrong, UnknownBackend
from guiju.vectors.outside import Endpoint, get_endpoint
from guiju.web.jobs import HANDLERS
from guiju.web.subscribers import SUBSCRIBERS
from tests.scenes.conftest import Finder, texts
from tests.scenes.outside import Answer, Service, service

PHONE = "please call 13800138000 about the refund of order 7"


@pytest.fixture
def outside(monkeypatch: pytest.MonkeyPatch) -> Iterator[Service]:
    monkeypatch.setattr(posting, "FIRST_WAIT", 0.01)
    with service() as known:
        yield known


def point_to(home: Path, address: str, **told: object) -> None:
    lines = {"url": f'"{address}"', "model": '"small"', **told}
    folder = home / "embedders"
    folder.mkdir(exist_ok=True)
    (folder / "endpoint.toml").write_text("\n".join(f"{key} = {value}" for key, value in lines.items()))


def make(finder: Finder, outside: Service, count: int = 4) -> Any:
    told: dict[str, Any] = {"request_id": new_id(), "backend": "endpoint", "count": count, "send_to": outside.host}
    return finder.work(ask_to_make(finder.house, finder.cast.zhou, finder.project, View.TEXT, **told))


def error_of(job: Any) -> str:
    return job.outcome["error"]["code"]


def endpoint(outside: Service, **told: Any) -> Endpoint:
    return Endpoint(outside.address, outside.host, "small", 64, 5.0, **told)


def test_nothing_is_sent_anywhere_unless_a_service_is_configured(finder: Finder) -> None:
    finder.bring(texts(3))
    with pytest.raises(UnknownBackend):
        ask_to_make(finder.house, finder.cast.zhou, finder.project, View.TEXT, request_id=new_id(), backend="endpoint")


def test_what_would_leave_is_shown_masked_and_without_what_is_set_aside(finder: Finder, outside: Service) -> None:
    point_to(finder.house.home, outside.address)
    finder.bring([PHONE, *texts(3)])
    [secret] = finder.of("parcel")[:1]
    aside = AsideReason.PERSONAL
    finder.house.write(lambda tx: set_aside(tx, finder.project, [secret], aside, cause="test", by=None))
    shown = read_leaving(finder.house, finder.cast.zhou, finder.project)
    assert (shown.host, shown.model, shown.texts, shown.aside, shown.masked) == (outside.host, "small", 12, 1, 1)
    assert shown.examples[0] == "please call [PHONE] about the refund of order 7"
    assert outside.requests == []
    with pytest.raises(NotAllowed):
        read_leaving(finder.house, finder.cast.hu, finder.project)
    assert make(finder, outside, 2).state is JobState.DONE
    assert len(outside.texts) == 12
    assert "please call [PHONE] about the refund of order 7" in outside.texts
    assert not any("13800138000" in text or text == finder.said([secret])[secret] for text in outside.texts)


def test_without_the_name_of_the_host_nothing_is_sent_and_new_items_wait(finder: Finder, outside: Service) -> None:
    point_to(finder.house.home, outside.address)
    house, zhou, project = finder.house, finder.cast.zhou, finder.project
    finder.bring(texts(6))
    for send_to in ("", "elsewhere.example"):
        with pytest.raises(LeavesTheHouse):
            ask_to_make(house, zhou, project, View.TEXT, request_id=new_id(), backend="endpoint", send_to=send_to)
    job = make(finder, outside)
    assert job.state is JobState.DONE, job.outcome
    finder.bring(texts(2, start=70), "later")
    pump(house.database, SUBSCRIBERS)
    work_jobs(house, HANDLERS)
    assert (len(outside.texts), finder.read().unplaced) == (24, 8)
    with pytest.raises(LeavesTheHouse):
        ask_to_place(house, zhou, project, View.TEXT, request_id=new_id())
    finder.work(ask_to_place(house, zhou, project, View.TEXT, request_id=new_id(), send_to=outside.host))
    assert (len(outside.texts), finder.read().unplaced) == (32, 0)
    # an item has been compared already; a text that somebody searches for has not
    assert len(items_like(house, project, str(item_ids_of(finder)[0]), 3)) == 3
    with pytest.raises(WouldLeaveTheHouse):
        items_like(house, project, "where is my parcel", 3)
    assert len(outside.texts) == 32


def item_ids_of(finder: Finder) -> list[int]:
    with finder.house.reading() as connection:
        return item_ids(connection, finder.project)


def test_the_page_shows_what_leaves_before_its_button_sends_anything(
    finder: Finder, outside: Service, client: TestClient[Litestar]
) -> None:
    point_to(finder.house.home, outside.address)
    finder.bring([PHONE, *texts(2)])
    finder.cast.sign_in(client, "zhou")
    here = f"/projects/{finder.project}/scenes"
    csrf = client.get("/api/v1/me").json()["csrf"]
    told = {"csrf": csrf, "view": "text", "backend": "endpoint", "count": "3", "request_id": "one-request-1"}
    asked = client.post(f"{here}/make", data=told, follow_redirects=False)
    assert asked.headers["location"] == f"{here}/leaving?view=text&count=3"
    shown = client.get(asked.headers["location"]).text
    assert outside.host in shown
    assert "[PHONE]" in shown
    assert "13800138000" not in shown
    [sends] = re.findall(r'name="send_to" value="([^"]+)"', shown)
    assert client.post(f"{here}/make", data={**told, "send_to": sends}, follow_redirects=False).status_code == 303
    assert outside.requests == []
    work_jobs(finder.house, HANDLERS)
    assert len(outside.texts) == 9
    ways = client.get(f"/api/v1{here}/ways").json()["ways"]
    assert [each["name"] for each in ways if each["leaves"]] == ["endpoint"]


def test_a_configuration_changed_between_asking_and_running_sends_nothing(finder: Finder, outside: Service) -> None:
    point_to(finder.house.home, outside.address)
    finder.bring(texts(3))
    told: dict[str, Any] = {"request_id": new_id(), "backend": "endpoint", "send_to": outside.host}
    job = ask_to_make(finder.house, finder.cast.zhou, finder.project, View.TEXT, **told)
    point_to(finder.house.home, "https://elsewhere.example/v1")
    assert error_of(finder.work(job)) == "leaves-the-house"
    assert outside.requests == []


def test_a_run_that_broke_goes_on_where_it_was(finder: Finder, outside: Service) -> None:
    point_to(finder.house.home, outside.address, batch=10)
    finder.bring(texts(30))
    refusal: Answer = (401, {}, {"error": {"message": "no such key"}})
    outside.instead = lambda _: refusal if len(outside.texts) >= 64 else None
    job = make(finder, outside)
    assert (error_of(job), job.outcome["error"]["details"]["status"]) == ("outside-refused", "401")
    outside.instead = lambda asked: vectors(*[[1.0, 2.0]] * len(asked))
    assert error_of(make(finder, outside)) == "embedding-unreadable"
    outside.instead = lambda _: None
    job = make(finder, outside)
    assert job.state is JobState.DONE, job.outcome
    # the first 64 were kept; of the batch that broke only what had not been written is sent again
    assert len(outside.texts) <= 120 + 64
    assert outside.texts.count(outside.texts[0]) == 1
    before = len(outside.texts)
    assert make(finder, outside, 5).state is JobState.DONE
    assert len(outside.texts) == before


def test_another_model_in_its_place_is_told_and_everything_is_compared_anew(finder: Finder, outside: Service) -> None:
    point_to(finder.house.home, outside.address)
    finder.bring(texts(5))
    assert make(finder, outside).state is JobState.DONE
    point_to(finder.house.home, outside.address, model='"other"')
    house, zhou = finder.house, finder.cast.zhou
    job = finder.work(ask_to_place(house, zhou, finder.project, View.TEXT, request_id=new_id(), send_to=outside.host))
    assert error_of(job) == "embedder-changed"
    assert make(finder, outside).state is JobState.DONE
    assert len(outside.texts) == 2 * 20


def test_a_busy_service_is_asked_again_and_a_silent_one_is_told(outside: Service) -> None:
    answers: list[Answer | None] = [(429, {"Retry-After": "0"}, b""), (503, {}, b"busy"), None]
    outside.instead = lambda _: answers.pop(0)
    assert ask(endpoint(outside), ["one", "two"]).shape == (2, 32)
    outside.instead = lambda _: (500, {}, b"broken")
    with pytest.raises(OutsideSilent) as refused:
        ask(endpoint(outside), ["one"])
    assert (refused.value.details["tries"], refused.value.details["reason"]) == (7, "500 broken")
    with pytest.raises(OutsideSilent):
        ask(Endpoint("http://127.0.0.1:9/v1", "127.0.0.1:9", "small", 64, 1.0), ["one"])


def test_the_key_is_sent_and_never_told(outside: Service) -> None:
    outside.instead = lambda _: (401, {}, {"error": {"message": "Incorrect API key provided: sk-secret"}})
    with pytest.raises(OutsideRefused) as refused:
        ask(endpoint(outside, key="sk-secret"), ["one"])
    assert outside.requests[0][1]["Authorization"] == "Bearer sk-secret"
    assert "sk-secret" not in str(refused.value.details)
    assert "sk-secret" not in repr(endpoint(outside, key="sk-secret"))


def test_a_redirection_is_not_followed(outside: Service) -> None:
    outside.instead = lambda _: (307, {"Location": f"{outside.address}/elsewhere"}, b"")
    with pytest.raises(OutsideRefused):
        ask(endpoint(outside), ["one"])
    assert [path for path, *_ in outside.requests] == ["/v1/embeddings"]


def test_texts_too_long_for_the_service_are_cut_and_others_sent_whole(outside: Service) -> None:
    outside.instead = lambda asked: (
        (400, {}, {"error": {"message": "too many tokens"}}) if max(map(len, asked)) > 1_000 else None
    )
    long = "word " * 700
    assert ask(endpoint(outside), ["short", long, "another"]).shape == (3, 32)
    assert sorted(outside.texts) == sorted(["short", long[:875], "another"])
    outside.instead = lambda _: (400, {}, {"error": {"message": "no such model"}})
    with pytest.raises(OutsideRefused, match="no such model"):
        ask(endpoint(outside), ["one", "two"])


def vectors(*rows: Sequence[object]) -> Answer:
    return 200, {}, {"data": [{"index": at, "embedding": row} for at, row in enumerate(rows)]}


@pytest.mark.parametrize(
    "answer",
    [
        vectors([1.0, 2.0]),
        vectors([1.0, 2.0], [1.0]),
        vectors([], []),
        vectors([1.0, None], [1.0, 2.0]),
        vectors([0.0, 0.0], [1.0, 2.0]),
        (200, {}, b'{"data": [{"index": 0, "embedding": [NaN, 1]}, {"index": 1, "embedding": [1, 1]}]}'),
        (200, {}, b'{"data": [{"index": 0, "embedding": [1e999, 1]}, {"index": 1, "embedding": [1, 1]}]}'),
        (200, {}, {"data": [{"index": 0, "embedding": [1.0]}, {"index": 0, "embedding": [1.0]}]}),
        (200, {}, b"<html>Sign in to the network</html>"),
    ],
    ids=["too few", "two widths", "empty", "a hole", "zeros", "NaN", "infinite", "an index twice", "a page"],
)
def test_what_is_no_vector_for_each_text_is_refused(outside: Service, answer: Answer) -> None:
    outside.instead = lambda _: answer
    with pytest.raises(OutsideWrong):
        ask(endpoint(outside), ["one", "two"])


@pytest.mark.parametrize(
    ("told", "says"),
    [
        ({"url": '"ftp://x.example"'}, "is no http address"),
        ({"url": '"https://user:word@x.example/v1"'}, "belongs into the environment"),
        ({"model": '" "'}, "has no name"),
        ({"batch": 0}, "batch is from 1"),
        ({"key": '"NO_SUCH_KEY_HERE"'}, "NO_SUCH_KEY_HERE is empty"),
        ({"colour": '"red"'}, "unknown field"),
        ({"url": "["}, "Invalid value"),
    ],
    ids=["scheme", "password", "model", "batch", "key", "field", "broken"],
)
def test_a_file_that_names_no_service_says_what_is_wrong(tmp_path: Path, told: dict[str, object], says: str) -> None:
    point_to(tmp_path, "https://service.example/v1", **told)
    with pytest.raises(EndpointFileWrong) as refused:
        get_endpoint(tmp_path)
    assert says in str(refused.value.details["reason"])
