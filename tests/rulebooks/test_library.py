"""What other rulebooks have is seen beside one's own and taken over, by the rights of its customer."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guiju.kit import new_id
from guiju.projects import change_project, create_project
from guiju.rulebooks import errors_of, find_problems, get_draft, parse_rulebook, publish_rulebook, save_draft
from guiju.rulebooks.library.rules import lay_beside, take_over
from guiju.samples.documents import rulebook_text
from tests.support.cast import Cast

STEEL, SERVICE = rulebook_text("steel"), rulebook_text("service")
THEIRS, MINE = parse_rulebook(STEEL), parse_rulebook(SERVICE)


def _elsewhere(cast: Cast, customer: str, rights: str = "customer") -> int:
    """Another project of zhou's with a published rulebook; the rulebook."""
    made = create_project(
        cast.house, cast.zhou, request_id=new_id(), name="Elsewhere", customer=customer, rights=rights
    )
    save_draft(cast.house, cast.zhou, made, document=STEEL, from_revision=0, request_id=new_id())
    return publish_rulebook(cast.house, cast.zhou, made, request_id=new_id())


@pytest.fixture
def here(cast: Cast) -> str:
    change_project(cast.house, cast.zhou, cast.project, customer="Acme")
    save_draft(cast.house, cast.zhou, cast.project, document=SERVICE, from_revision=0, request_id=new_id())
    return f"/api/v1/projects/{cast.project}/rulebook/library"


def test_entries_come_over_with_their_source_and_nothing_else_changes(client: Any, cast: Cast, here: str) -> None:
    book = _elsewhere(cast, "Acme")
    headers = cast.sign_in(client, "zhou")
    assert [one["id"] for one in client.get(here).json()] == [book]
    rows = {row["key"]: row for row in client.get(f"{here}/{book}").json()}
    assert rows["clauses.C1"]["as_id"] != "C1"
    assert rows["clauses.C1"]["mine"] is not None
    body = {"id": new_id(), "entries": ["labels.scratch", "labels.crack", "clauses.C1"]}
    taken = client.post(f"{here}/{book}", json=body, headers=headers).json()["entries"]
    assert taken["labels.scratch"] == "scratch"
    draft = get_draft(cast.house, cast.zhou, cast.project)
    assert not errors_of(draft.problems)
    rulebook = parse_rulebook(draft.document)
    scratch = next(one for one in rulebook.labels if one.id == "scratch")
    assert scratch.source == "Elsewhere 1.0.0"
    assert next(one for one in rulebook.clauses if one.id == taken["clauses.C1"]).source == "Elsewhere 1.0.0"
    kept = [line for line in draft.document.splitlines() if line in SERVICE.splitlines()]
    assert len(kept) >= len(SERVICE.splitlines())
    page = client.get(f"/projects/{cast.project}/rulebook/library?lang=en").text
    assert "the same" in page


def test_another_customers_rules_are_not_there_unless_they_are_for_everybody(
    client: Any, cast: Cast, here: str
) -> None:
    book = _elsewhere(cast, "Rival")
    headers = cast.sign_in(client, "zhou")
    assert client.get(here).json() == []
    assert client.get(f"{here}/{book}").json()["code"] == "book-not-found"
    body = {"id": new_id(), "entries": ["labels.scratch"]}
    assert client.post(f"{here}/{book}", json=body, headers=headers).status_code == 404
    general = _elsewhere(cast, "Rival", "general")
    assert [one["id"] for one in client.get(here).json()] == [general]
    refused = client.post(f"{here}/{general}", json={"id": new_id(), "entries": ["labels.nothing"]}, headers=headers)
    assert refused.json()["code"] == "nothing-taken-over"


def test_who_may_not_write_the_rulebook_takes_nothing(client: Any, cast: Cast, here: str) -> None:
    book = _elsewhere(cast, "Acme")
    for who, status in (("alice", 403), ("mallory", 404)):
        headers = cast.sign_in(client, who)
        assert client.get(here).status_code == status
        body = {"id": new_id(), "entries": ["labels.scratch"]}
        assert client.post(f"{here}/{book}", json=body, headers=headers).status_code == status


_KEYS = sorted(row.key for row in lay_beside(THEIRS, MINE))


@settings(deadline=None, max_examples=40)
@given(st.sets(st.sampled_from(_KEYS)))
def test_whatever_is_taken_reads_back_without_an_error_and_what_stood_stays(chosen: set[str]) -> None:
    document, came = take_over(SERVICE, THEIRS, MINE, chosen, "Steel 1.0.0")
    after = parse_rulebook(document)
    assert not errors_of(find_problems(after))
    for group in ("labels", "clauses", "checks", "examples"):
        before = {one.id: one for one in getattr(MINE, group)}
        now = {one.id: one for one in getattr(after, group)}
        assert all(now[name] == one for name, one in before.items())
        assert now.keys() - before.keys() == {row.as_id for row in came if row.group == group}


def test_what_is_here_already_is_not_taken_twice() -> None:
    assert all(row.same for row in lay_beside(THEIRS, THEIRS))
    assert take_over(STEEL, THEIRS, THEIRS, {row.key for row in lay_beside(THEIRS, THEIRS)}, "x") == (STEEL, [])
