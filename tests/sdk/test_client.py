"""The client meets a real server, and lines that break."""

import socket
import threading
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from guiju.kit import new_id
from guiju.sdk import ApiError, Client, JobFailedError, UnreachableError
from guiju.sdk import http as sdk_http
from tests.journeys.papers import ROLES, found_project, rulebook_of
from tests.journeys.served import Served, free_port, gather, served

DOCUMENT = Path("docs/sdk.md")


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    home = tmp_path_factory.mktemp("sdk") / "home"
    with served(home, gather(home, *ROLES, "alice", "bob")) as town:
        yield town


@pytest.fixture
def project(town: Served) -> int:
    return found_project(town, f"Project {new_id()[:6]}", rulebook_of("choice", ["yes", "no"]), ["alice", "bob"])


def test_a_client_is_who_its_token_says(town: Served) -> None:
    with town.client("zhou") as zhou:
        assert zhou.me()["email"] == "zhou@guiju.test"


def test_a_refusal_comes_with_its_code_its_words_and_what_to_do(town: Served) -> None:
    with town.client("alice") as alice, pytest.raises(ApiError) as refused:
        alice.create_project("Not mine to open")
    error = refused.value
    assert (error.code, error.status) == ("may-not-open-projects", 403)
    assert error.message
    assert error.next
    assert error.code in str(error)


def test_a_refusal_comes_in_the_client_s_language(town: Served) -> None:
    with town.client("alice", "zh-CN") as alice, pytest.raises(ApiError) as refused:
        alice.create_project("不是我能开的")
    assert any("一" <= letter <= "鿿" for letter in refused.value.message)


def test_a_wrong_token_is_a_refusal_and_no_crash(town: Served) -> None:
    with Client(town.url, "guiju_nobody") as nobody, pytest.raises(ApiError) as refused:
        nobody.projects()
    assert (refused.value.code, refused.value.status) == ("not-signed-in", 401)


def test_the_connection_is_good_for_the_next_call_after_a_refusal(town: Served) -> None:
    with town.client("alice") as alice:
        with pytest.raises(ApiError):
            alice.report(999_999)
        assert alice.me()["name"] == "Alice"


@contextmanager
def line(town: Served, breaks: Callable[[int], str]) -> Generator[str]:
    """A line to the house that breaks: for its n-th connection (from 1) `breaks` says "before", "after" or "never"."""
    listener = socket.create_server(("127.0.0.1", 0))
    house = town.url.removeprefix("http://").split(":")

    def serve() -> None:
        for number in range(1, 100):
            try:
                caller, _ = listener.accept()
            except OSError:
                return
            with caller:
                _carry(caller, (house[0], int(house[1])), breaks(number))

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        listener.close()


def _carry(caller: socket.socket, house: tuple[str, int], when: str) -> None:
    """One request and its answer; lost on the way in ("before"), or done and its answer lost ("after")."""
    request = _whole(caller)
    if when == "before":
        return
    with socket.create_connection(house) as there:
        there.sendall(request)
        answer = _whole(there)
    if when == "never":
        caller.sendall(answer)


def _whole(end: socket.socket) -> bytes:
    """A message with its body, as its Content-Length says."""
    read = b""
    while b"\r\n\r\n" not in read:
        read += end.recv(65_536)
    head, _, body = read.partition(b"\r\n\r\n")
    lengths = [
        value
        for name, _, value in (row.partition(b":") for row in head.split(b"\r\n"))
        if name.lower() == b"content-length"
    ]
    while len(body) < int(lengths[0] if lengths else 0):
        body += end.recv(65_536)
    return head + b"\r\n\r\n" + body


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_write_on_a_line_that_breaks_is_stored_once(town: Served, when: str) -> None:
    name = f"Sent {when} {new_id()[:6]}"
    with line(town, lambda n: when if n == 1 else "never") as url, Client(url, town.tokens["zhou"]) as zhou:
        made = zhou.create_project(name)
    with town.client("zhou") as zhou:
        assert [each["id"] for each in zhou.projects() if each["name"] == name] == [made["id"]]


def test_an_answer_on_a_line_that_breaks_is_given_once(town: Served, project: int, tmp_path: Path) -> None:
    bring(town, project, tmp_path, ["one", "two"])
    with town.client("zhou") as zhou, town.client("alice") as alice:
        trial = zhou.open_round(project, "trial", annotators=["alice@guiju.test", "bob@guiju.test"], size=2)
        task = alice.lease(trial, 1)[0]
        with line(town, lambda n: "after" if n == 1 else "never") as url, Client(url, town.tokens["alice"]) as far:
            told = far.submit(trial, task, {"answer": {"kind": "choice", "labels": ["yes"]}})
        assert told["annotation"]["revision"] == 1
        assert zhou.report(trial)["annotations"] == 1


def bring(town: Served, project: int, folder: Path, texts: list[str]) -> dict[str, object]:
    path = folder / "texts.txt"
    path.write_text("\n".join(texts), encoding="utf-8")
    with town.client("gao") as gao:
        return gao.wait_for_job(gao.import_file(project, path)["job"])


def test_whoever_does_not_answer_is_asked_a_few_times_and_then_named(
    town: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sdk_http, "FIRST_WAIT_SECONDS", 0.001)
    with (
        Client(f"http://127.0.0.1:{free_port()}", "anything") as nobody,
        pytest.raises(UnreachableError, match="5 times"),
    ):
        nobody.me()


def test_a_file_larger_than_a_request_may_be_is_streamed(town: Served, project: int, tmp_path: Path) -> None:
    texts = [f"{number:07d} {'x' * 120}" for number in range(90_000)]
    job = bring(town, project, tmp_path, texts)
    assert (tmp_path / "texts.txt").stat().st_size > 10_000_000
    assert job["state"] == "done"
    with town.client("gao") as gao:
        [source] = gao.get(f"/projects/{project}/sources")["sources"]
        assert source["taken"] == len(texts)


def test_a_list_longer_than_a_page_comes_whole(town: Served, project: int, tmp_path: Path) -> None:
    bring(town, project, tmp_path, [f"text {number}" for number in range(450)])
    with town.client("gao") as gao:
        found = [item["text"] for item in gao.items(project)]
    assert len(set(found)) == len(found) == 450


def test_a_job_that_failed_is_not_taken_for_done(town: Served, project: int, tmp_path: Path) -> None:
    rows = tmp_path / "work.csv"
    rows.write_text("item,annotator,label\nnowhere,alice,yes\n", encoding="utf-8")
    with town.client("gao") as gao, pytest.raises(JobFailedError) as failed:
        gao.wait_for_job(gao.import_annotations(project, rows, format="csv")["job"])
    assert failed.value.job["state"] == "failed"


def test_every_method_is_in_the_document() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    public = [name for name in vars(Client) if not name.startswith("_")]
    assert not [name for name in public if f"`{name}(" not in text]


def test_a_disagreement_is_found_seen_and_ruled_on(town: Served, project: int, tmp_path: Path) -> None:
    path = tmp_path / "texts.csv"
    path.write_text("id,text\na,one\nb,two\n", encoding="utf-8")
    with town.client("gao") as gao:
        gao.wait_for_job(gao.import_file(project, path)["job"])
    with town.client("zhou") as zhou:
        opened = zhou.open_round(project, "production", overlap=2, reason="Two are asked.")
    for who, label in (("alice", "yes"), ("bob", "no")):
        with town.client(who) as client:
            for task in client.lease(opened, 5):
                client.submit(opened, task, {"answer": {"kind": "choice", "labels": [label]}})
    with town.client("xing") as xing:
        first, second = xing.cases(opened)
        assert {len(voice["letters"]) for voice in first["voices"]} == {1}
        ruling = xing.rule(opened, first, first["voices"][0]["answers"], "The last sentence counts.")
        assert xing.case(opened, first["slot"])["ruling"]["id"] == ruling
        assert [case["slot"] for case in xing.cases(opened)] == [second["slot"]]
