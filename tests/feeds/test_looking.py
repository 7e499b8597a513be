"""Feeds bring what is new, once, and tell what they could not bring."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import update

from guiju.data import Columns, SourceState, take_back_source
from guiju.data.mapping.model import Told
from guiju.feeds import ConnectionKind, ask_for_due, create_feed, map_feed
from guiju.feeds.actions import FeedLine, forget_seen, preview_feed, remove_feed, set_running
from guiju.feeds.connections.actions import grant_connection
from guiju.feeds.errors import FeedNotMapped, FolderOutside
from guiju.feeds.model import Asked, FileState, Found, Seen
from guiju.feeds.rules import MINUTE, MOST_FAILURES, REST, clean_folder, next_look, plan_look
from guiju.feeds.tables import feed as feed_table
from guiju.feeds.wells.known import KnownRows
from guiju.kit import new_id
from guiju.storage import JobState
from tests.data.conftest import picture_bytes
from tests.feeds.conftest import Drawer, Server

QUERY = "SELECT id, content FROM message ORDER BY id"


def states(line: FeedLine) -> list[tuple[SourceState, int, int]]:
    return [(one.source.state, one.source.counts.taken, one.source.counts.duplicates) for one in line.sources]


def test_a_query_becomes_items_and_a_second_look_brings_only_what_is_new(drawer: Drawer, desk: Path) -> None:
    feed = drawer.feed(drawer.connect(ConnectionKind.SQLITE, str(desk)), query=QUERY)
    drawer.work()
    assert drawer.texts() == ["m1: 我要退款", "m2: 包裹在哪里", "m3: 谢谢"]
    assert drawer.look(feed).outcome == {"feed": feed, "source": None, "waiting": False}
    with closing(sqlite3.connect(desk)) as made, made:
        made.execute("INSERT INTO message VALUES ('m4', '还没到', NULL)")
    drawer.look(feed)
    assert states(drawer.report(feed).line) == [(SourceState.LANDED, 1, 0), (SourceState.LANDED, 3, 0)]
    [newest, _] = drawer.report(feed).line.sources
    assert (newest.source.owner, newest.source.name[:8]) == ("星河", "Messages")
    assert not list(drawer.cast.house.scratch.iterdir()), "nothing staged is left"


def test_rows_come_again_when_they_are_forgotten_or_read_otherwise(drawer: Drawer, desk: Path) -> None:
    cast = drawer.cast
    feed = drawer.feed(drawer.connect(ConnectionKind.SQLITE, str(desk)), query=QUERY)
    drawer.work()
    forget_seen(cast.house, cast.zhou, cast.project, feed)
    drawer.look(feed)
    assert states(drawer.report(feed).line)[0] == (SourceState.LANDED, 0, 3)
    map_feed(cast.house, cast.zhou, cast.project, feed, columns=Columns(text="id"))
    drawer.work()
    assert states(drawer.report(feed).line)[0] == (SourceState.LANDED, 3, 0)
    assert drawer.look(feed).outcome == {"feed": feed, "source": None, "waiting": False}


def test_a_row_that_changed_is_a_new_one_and_what_is_known_is_kept_in_few_files(tmp_path: Path) -> None:
    for source in range(1, 40):
        known = KnownRows(tmp_path)
        assert known.pick([b"same", str(source).encode()]) == ([b"same"] if source == 1 else []) + [
            str(source).encode()
        ]
        known.keep(source)
    assert len(list(tmp_path.iterdir())) < 20
    assert KnownRows(tmp_path).pick([b"same", b"7", b"39", b"40"]) == [b"40"]


def test_a_preview_shows_what_would_come_and_keeps_nothing(drawer: Drawer, desk: Path) -> None:
    connection = drawer.connect(ConnectionKind.SQLITE, str(desk))
    seen = preview_feed(drawer.cast.house, drawer.cast.zhou, drawer.cast.project, connection, Asked(query=QUERY))
    assert (seen.header, seen.columns.text, seen.taken) == (["id", "content"], "content", 3)
    assert not list(drawer.cast.house.scratch.iterdir())
    assert drawer.texts() == []


def test_postgresql_is_drawn_from_as_sqlite_is(drawer: Drawer, server: Server) -> None:
    connection = drawer.connect(ConnectionKind.POSTGRESQL, server.url)
    feed = drawer.feed(connection, query="SELECT id, content, price, at::date AS day FROM message ORDER BY id")
    drawer.work()
    assert drawer.texts() == ["1: 我要退款", "2: 包裹在哪里"]
    assert drawer.report(feed).line.sources[0].source.counts.refused == 1, "a NULL is no text"


def test_a_failed_look_leaves_nothing_says_why_and_stops_after_five(drawer: Drawer, desk: Path) -> None:
    feed = drawer.feed(drawer.connect(ConnectionKind.SQLITE, str(desk)), query=QUERY, every=5)
    drawer.work()
    desk.rename(desk.with_name("gone"))
    for failures in range(1, MOST_FAILURES + 1):
        job = drawer.look(feed)
        told = drawer.report(feed).line.feed
        assert (job.state, told.failures, drawer.fault(feed)) == (JobState.FAILED, failures, "well-unreachable")
        assert told.running == (failures < MOST_FAILURES)
    assert drawer.report(feed).line.feed.next_look_at is None
    assert len(drawer.texts()) == 3
    desk.with_name("gone").rename(desk)
    set_running(drawer.cast.house, drawer.cast.zhou, drawer.cast.project, feed, running=True, every="5")
    drawer.look(feed)
    assert drawer.fault(feed) is None


def test_a_folder_is_brought_once_its_files_have_come_to_rest(drawer: Drawer, inbox: Path) -> None:
    (inbox / "day").mkdir()
    (inbox / "day" / "a.csv").write_text("id,text\n1,one\n", encoding="utf-8")
    (inbox / "p.jpg").write_bytes(picture_bytes(1))
    feed = drawer.feed(drawer.connect(ConnectionKind.FOLDER, str(inbox)))
    drawer.work()
    assert drawer.texts() == [], "somebody may still be writing"
    assert drawer.report(feed).counts == {FileState.WAITING: 2}
    (inbox / "day" / "a.csv").write_text("id,text\n1,one\n2,two\n", encoding="utf-8")
    drawer.look(feed)
    assert drawer.texts() == ["p.jpg: image"], "one changed between the two looks"
    drawer.look(feed)
    assert sorted(drawer.texts()) == ["1: one", "2: two", "p.jpg: image"]
    drawer.look(feed)
    assert len(drawer.report(feed).line.sources) == 2, "nothing new, nothing brought"


def test_a_file_that_changed_comes_again_and_is_told(drawer: Drawer, inbox: Path) -> None:
    (inbox / "a.txt").write_text("one\n", encoding="utf-8")
    feed = drawer.feed(drawer.connect(ConnectionKind.FOLDER, str(inbox)))
    drawer.work()
    drawer.look(feed)
    (inbox / "a.txt").write_text("one\ntwo\n", encoding="utf-8")
    drawer.look(feed)
    drawer.look(feed)
    assert [one.name for one in drawer.report(feed).changed] == ["a.txt"]
    assert states(drawer.report(feed).line)[0] == (SourceState.LANDED, 1, 1)


def test_what_cannot_be_read_is_told_once_and_not_tried_again(drawer: Drawer, inbox: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("not yours\n", encoding="utf-8")
    (inbox / "link.txt").symlink_to(tmp_path / "secret.txt")
    (inbox / "out").symlink_to(tmp_path, target_is_directory=True)
    (inbox / "page.html").write_text("<p>", encoding="utf-8")
    (inbox / "wide.csv").write_text(",".join(f"c{n}" for n in range(10_000)) + "\n", encoding="utf-8")
    (inbox / "empty.csv").touch()
    (inbox / ".hidden").write_text("x", encoding="utf-8")
    os.mkfifo(inbox / "pipe")
    feed = drawer.feed(drawer.connect(ConnectionKind.FOLDER, str(inbox)))
    drawer.work()
    drawer.look(feed)
    told = {one.name: one.fault.code for one in drawer.report(feed).failed if one.fault}
    assert told == {
        "link.txt": "file-is-link",
        "pipe": "file-is-link",
        "page.html": "markup-not-read",
        "wide.csv": "too-many-columns",
        "empty.csv": "empty-file",
    }
    assert drawer.look(feed).state is JobState.DONE
    assert (drawer.texts(), drawer.report(feed).line.sources) == ([], [])


@pytest.mark.parametrize("folder", ["..", "../x", "a/../../b", "C:\\x", "a\0b"])
def test_a_folder_outside_is_refused_before_anything_is_read(folder: str) -> None:
    with pytest.raises(FolderOutside):
        clean_folder(folder)


def test_a_link_out_of_the_granted_folder_is_refused(drawer: Drawer, inbox: Path, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    (inbox / "out").symlink_to(tmp_path / "other", target_is_directory=True)
    feed = drawer.feed(drawer.connect(ConnectionKind.FOLDER, str(inbox)), folder="out")
    drawer.work()
    assert drawer.fault(feed) == "folder-outside"


def test_a_folder_that_vanishes_is_told_and_found_again(drawer: Drawer, inbox: Path) -> None:
    (inbox / "a.txt").write_text("one\n", encoding="utf-8")
    feed = drawer.feed(drawer.connect(ConnectionKind.FOLDER, str(inbox)))
    drawer.work()
    inbox.rename(inbox.with_name("away"))
    drawer.look(feed)
    assert drawer.fault(feed) == "folder-gone"
    inbox.with_name("away").rename(inbox)
    drawer.look(feed)
    assert (drawer.fault(feed), drawer.texts()) == (None, ["a.txt:1: one"])


def test_objects_come_at_once_and_again_when_their_etag_is_another(drawer: Drawer, inbox: Path) -> None:
    (inbox / "calls").mkdir()
    (inbox / "calls" / "a.txt").write_text("one\n", encoding="utf-8")
    (inbox / "other.txt").write_text("not asked for\n", encoding="utf-8")
    feed = drawer.feed(drawer.connect(ConnectionKind.OBJECTS, f"file://{inbox}"), folder="calls")
    drawer.work()
    assert drawer.texts() == ["a.txt:1: one"]
    (inbox / "calls" / "a.txt").write_text("three\n", encoding="utf-8")
    (inbox / "calls" / "b.txt").write_text("two\n", encoding="utf-8")
    drawer.look(feed)
    assert drawer.texts() == ["a.txt:1: one", "a.txt:1: three", "b.txt:1: two"]


def test_the_pulse_asks_for_what_is_due_and_for_nothing_else(drawer: Drawer, desk: Path) -> None:
    house = drawer.cast.house
    connection = drawer.connect(ConnectionKind.SQLITE, str(desk))
    often, by_hand = drawer.feed(connection, query=QUERY, every=1), drawer.feed(connection, query=QUERY)
    drawer.work()
    assert ask_for_due(house) == 0
    assert drawer.report(often).line.feed.next_look_at is not None
    assert drawer.report(by_hand).line.feed.next_look_at is None
    house.write(lambda tx: tx.execute(update(feed_table).values(next_look_at=1).where(feed_table.c.every == 1)))
    assert ask_for_due(house) == 1
    assert ask_for_due(house) == 0, "asked for already"
    assert drawer.report(often).line.is_moving


def test_a_grant_that_is_taken_away_ends_the_drawing(drawer: Drawer, desk: Path) -> None:
    connection = drawer.connect(ConnectionKind.SQLITE, str(desk))
    feed = drawer.feed(connection, query=QUERY)
    grant_connection(drawer.cast.house, drawer.cast.admin, connection, [])
    drawer.work()
    assert (drawer.fault(feed), drawer.texts()) == ("connection-not-found", [])


def test_what_was_taken_back_comes_again_only_when_it_is_forgotten(drawer: Drawer, inbox: Path) -> None:
    cast = drawer.cast
    (inbox / "a.txt").write_text("one\n", encoding="utf-8")
    feed = drawer.feed(drawer.connect(ConnectionKind.OBJECTS, f"file://{inbox}"))
    drawer.work()
    [line] = drawer.report(feed).line.sources
    take_back_source(cast.house, cast.zhou, cast.project, line.source.id, request_id=new_id())
    drawer.work()
    drawer.look(feed)
    assert drawer.texts() == []
    assert forget_seen(cast.house, cast.zhou, cast.project, feed) == 1
    drawer.look(feed)
    assert drawer.texts() == ["a.txt:1: one"]
    remove_feed(cast.house, cast.zhou, cast.project, feed)
    assert drawer.texts() == ["a.txt:1: one"], "what it brought stays"


def test_nothing_is_brought_before_somebody_said_how_it_is_read(drawer: Drawer, desk: Path) -> None:
    connection = drawer.connect(ConnectionKind.SQLITE, str(desk))
    cast = drawer.cast
    about = {"connection_id": connection, "asked": Asked(query=QUERY)}
    feed = create_feed(cast.house, cast.zhou, cast.project, request_id=new_id(), **about)  # type: ignore[arg-type]
    with pytest.raises(FeedNotMapped):
        drawer.look(feed)


def test_a_mapping_that_does_not_fit_is_told_and_leaves_no_source(drawer: Drawer, desk: Path) -> None:
    connection = drawer.connect(ConnectionKind.SQLITE, str(desk))
    feed = drawer.feed(connection, columns=Columns(text="nowhere"), query=QUERY)
    drawer.work()
    assert (drawer.fault(feed), drawer.report(feed).line.sources) == ("column-missing", [])


FAULT = Told("code", "Sentence.", "Next.", {})


@pytest.mark.parametrize(
    ("before", "sign", "must_rest", "expected"),
    [
        (None, "a", True, ("wait", False)),
        (None, "a", False, ("take", False)),
        ((FileState.WAITING, "a"), "a", True, ("take", False)),
        ((FileState.WAITING, "a"), "b", True, ("wait", False)),
        ((FileState.TAKEN, "a"), "a", True, ("leave", False)),
        ((FileState.TAKEN, "a"), "b", True, ("wait", True)),
        ((FileState.TAKEN, "a"), "b", False, ("take", True)),
        ((FileState.FAILED, "a"), "a", False, ("leave", False)),
        ((FileState.FAILED, "a"), "b", False, ("take", True)),
    ],
)
def test_which_files_a_look_takes(
    before: tuple[FileState, str] | None, sign: str, must_rest: bool, expected: tuple[str, bool]
) -> None:
    seen = {"x": Seen("x", before[1], 1, before[0])} if before else {}
    plan = plan_look([Found("x", sign, 1)], seen, must_rest=must_rest)
    one = next(iter([*plan.take, *plan.rest]), None)
    did = "take" if plan.take else "wait" if plan.rest else "leave"
    assert (did, one.changed if one else False) == expected
    broken = plan_look([msgspec.structs.replace(Found("y", "a", 1), fault=FAULT)], {}, must_rest=must_rest)
    assert [one.state for one in broken.rest] == [FileState.FAILED]


def test_when_a_feed_looks_again() -> None:
    assert next_look(0, None, waiting=False, failures=0) is None
    assert next_look(0, 5, waiting=False, failures=0) == 5 * MINUTE
    assert next_look(0, None, waiting=True, failures=0) == REST
    assert next_look(0, 60, waiting=True, failures=0) == REST
    assert next_look(0, 5, waiting=False, failures=2) == 20 * MINUTE
    assert next_look(0, 5, waiting=False, failures=MOST_FAILURES) is None
