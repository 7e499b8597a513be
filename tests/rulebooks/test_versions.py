"""Drafts and versions: nothing typed is lost, nothing published changes, the stranger is refused everywhere."""

from typing import Any

import pytest

from guiju.kit import new_id
from guiju.people import NotAllowed
from guiju.projects import ProjectNotFound
from guiju.rulebooks import (
    NothingToPublish,
    RulebookConflict,
    RulebookHasProblems,
    RulebookIsStale,
    RulebookNotFound,
    actions,
    get_document,
    get_draft,
    get_published,
    get_rulebook,
    latest_published,
    list_versions,
    merge_draft,
    publish_rulebook,
    save_draft,
    store,
)
from guiju.rulebooks.errors import BadVersion, VersionNotNewer
from guiju.samples.documents import rulebook_text
from guiju.storage import recent_events
from tests.support.cast import Cast

STEEL = rulebook_text("steel")
CLEARER = STEEL.replace("每边留白不超过 2 像素", "每边留白不超过 3 像素")
OTHER = STEEL.replace("细长、平直、发亮的刻痕", "细长、平直、发白的刻痕")


def _save(cast: Cast, document: str, from_revision: int, request_id: str | None = None) -> int:
    return save_draft(
        cast.house, cast.zhou, cast.project,
        document=document, from_revision=from_revision, request_id=request_id or new_id(),
    )  # fmt: skip


def _publish(cast: Cast, version: str | None = None, request_id: str | None = None) -> int:
    return publish_rulebook(cast.house, cast.zhou, cast.project, request_id=request_id or new_id(), version=version)


def _published(cast: Cast, document: str = STEEL, version: str | None = None) -> int:
    _save(cast, document, get_draft(cast.house, cast.zhou, cast.project).revision)
    return _publish(cast, version)


def test_a_new_project_begins_with_a_starter_of_its_kind(cast: Cast) -> None:
    draft = get_draft(cast.house, cast.zhou, cast.project, starter="box")
    assert (draft.is_saved, draft.revision, draft.latest) == (False, 0, None)
    assert "kind: box" in draft.document
    assert draft.proposal is not None
    assert draft.proposal.version == "1.0.0"


def test_a_draft_is_kept_even_when_it_cannot_be_read(cast: Cast) -> None:
    assert _save(cast, "---\ntitle: [\r\n", 0) == 1
    draft = get_draft(cast.house, cast.zhou, cast.project)
    assert draft.document == "---\ntitle: [\n"
    assert [problem.code for problem in draft.problems] == ["front-matter-missing"]
    assert draft.proposal is None


def test_two_people_who_save_one_after_the_other_lose_nothing(cast: Cast) -> None:
    _save(cast, STEEL, 0)
    _save(cast, CLEARER, 1)
    assert _save(cast, OTHER, 1) == 3
    document = get_draft(cast.house, cast.zhou, cast.project).document
    assert ("留白不超过 3 像素" in document, "发白的刻痕" in document) == (True, True)


def test_a_passage_that_both_changed_is_refused_by_its_name_and_changes_nothing(cast: Cast) -> None:
    _save(cast, STEEL, 0)
    _save(cast, CLEARER, 1)
    mine = STEEL.replace("每边留白不超过 2 像素", "每边留白不超过 9 像素")
    with pytest.raises(RulebookConflict) as refused:
        _save(cast, mine, 1)
    assert refused.value.details == {"places": "C2.1", "revision": 2}
    assert get_draft(cast.house, cast.zhou, cast.project).document == CLEARER
    (conflict,) = merge_draft(cast.house, cast.zhou, cast.project, mine, 1).conflicts
    assert ("9 像素" in conflict.mine, "3 像素" in conflict.theirs) == (True, True)


@pytest.mark.parametrize("started", [0, 3, -1])
def test_a_save_that_began_with_what_is_not_kept_is_refused_and_changes_nothing(cast: Cast, started: int) -> None:
    _save(cast, STEEL, 0)
    _save(cast, CLEARER, 1)
    with pytest.raises(RulebookIsStale):
        _save(cast, OTHER, started)
    assert get_draft(cast.house, cast.zhou, cast.project).document == CLEARER


def test_only_the_last_saves_are_kept(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "SAVES_KEPT", 2)
    for started in range(4):
        _save(cast, STEEL if started % 2 else CLEARER, started)
    with cast.house.reading() as connection:
        kept = [revision for revision in range(5) if store.find_save(connection, cast.project, revision)]
    assert kept == [2, 3, 4]


def test_a_draft_begun_before_a_publication_goes_on_from_it(cast: Cast) -> None:
    _published(cast)
    began = get_draft(cast.house, cast.zhou, cast.project).revision
    _save(cast, CLEARER, began)
    _publish(cast)
    _save(cast, OTHER, began)
    draft = get_draft(cast.house, cast.zhou, cast.project)
    assert ("留白不超过 3 像素" in draft.document, "发白的刻痕" in draft.document) == (True, True)
    assert (draft.latest.version if draft.latest else None) == "1.1.0"


def test_a_save_sent_twice_is_stored_once(cast: Cast) -> None:
    request_id = new_id()
    assert [_save(cast, STEEL, 0, request_id) for _ in range(2)] == [1, 1]


def test_a_publication_sent_twice_is_one_version(cast: Cast) -> None:
    _save(cast, STEEL, 0)
    request_id = new_id()
    assert len({_publish(cast, request_id=request_id) for _ in range(2)}) == 1
    assert len(list_versions(cast.house, cast.zhou, cast.project)[1]) == 1


def test_versions_follow_what_changed_and_the_document_says_so(cast: Cast) -> None:
    ids = [_published(cast, document) for document in (STEEL, CLEARER, OTHER)]
    versions = list_versions(cast.house, cast.alice, cast.project)[1]
    assert [version.version for version in versions] == ["2.0.0", "1.1.0", "1.0.0"]
    assert [version.id for version in versions] == ids[::-1]
    assert versions[0].based_on == ids[1]
    assert "\nversion: 2.0.0\n" in versions[0].document
    assert versions[2].document == STEEL


def test_the_trainer_decides_the_number_but_never_backwards(cast: Cast) -> None:
    _published(cast, STEEL, "1.4.0")
    _save(cast, CLEARER, get_draft(cast.house, cast.zhou, cast.project).revision)
    for wrong, refusal in (
        ("1.4.0", VersionNotNewer),
        ("1.3.9", VersionNotNewer),
        ("next", BadVersion),
        ("draft", BadVersion),
    ):
        with pytest.raises(refusal):
            _publish(cast, wrong)
    made = _publish(cast, "1.10.0")
    assert get_document(cast.house, cast.zhou, cast.project, made).version == "1.10.0"


def test_a_published_version_is_out_of_reach_of_a_drafts_update(cast: Cast) -> None:
    made = _published(cast)
    assert cast.house.write(lambda tx: store.update_draft(tx, made, document="changed")) == 0
    _save(cast, OTHER, get_draft(cast.house, cast.zhou, cast.project).revision)
    assert get_document(cast.house, cast.zhou, cast.project, made).document == STEEL


def test_a_rulebook_with_errors_is_not_published(cast: Cast) -> None:
    _save(cast, STEEL.replace("kind: box", "kind: cube"), 0)
    with pytest.raises(RulebookHasProblems) as refused:
        _publish(cast)
    assert refused.value.details["line"] == 5
    with cast.house.reading() as connection:
        assert latest_published(connection, cast.project) is None


def test_nothing_is_published_without_a_draft(cast: Cast) -> None:
    with pytest.raises(NothingToPublish):
        _publish(cast)


def test_the_version_in_force_is_compiled_once_and_a_draft_never(cast: Cast) -> None:
    made = _published(cast)
    _save(cast, OTHER, get_draft(cast.house, cast.zhou, cast.project).revision)
    with cast.house.reading() as connection:
        first, second = latest_published(connection, cast.project), get_published(connection, made)
        assert first is second
        assert second.version == "1.0.0"
        draft = store.find_draft(connection, cast.project)
        assert draft is not None
        with pytest.raises(RulebookNotFound):
            get_published(connection, draft.id)


def test_a_version_of_another_project_is_not_found_through_ones_own(cast: Cast) -> None:
    made = _published(cast)
    other = cast.another_project()
    for read in (get_rulebook, get_document):
        with pytest.raises(RulebookNotFound):
            read(cast.house, cast.zhou, other, made)


def test_each_act_leaves_one_row_in_the_journal(cast: Cast) -> None:
    made = _published(cast)
    with cast.house.reading() as connection:
        rows = [row for row in recent_events(connection, cast.project) if row.action.startswith("rulebook.")]
    assert [(row.action, row.subject_id, row.from_revision) for row in rows] == [
        ("rulebook.published", made, 1),
        ("rulebook.drafted", made, 0),
    ]


@pytest.mark.parametrize("who", ["alice", "lin", "hu", "qian", "gao"])
def test_only_the_trainer_writes_and_publishes(cast: Cast, who: str) -> None:
    _save(cast, STEEL, 0)
    actor = cast.people[who]
    with pytest.raises(NotAllowed):
        save_draft(cast.house, actor, cast.project, document=STEEL, from_revision=1, request_id=new_id())
    with pytest.raises(NotAllowed):
        publish_rulebook(cast.house, actor, cast.project, request_id=new_id())


def test_the_stranger_sees_and_does_nothing(cast: Cast) -> None:
    made = _published(cast)
    mallory, project = cast.mallory, cast.project
    acts: list[Any] = [
        lambda: get_draft(cast.house, mallory, project),
        lambda: list_versions(cast.house, mallory, project),
        lambda: get_rulebook(cast.house, mallory, project, made),
        lambda: get_document(cast.house, mallory, project, made),
        lambda: save_draft(cast.house, mallory, project, document=STEEL, from_revision=1, request_id=new_id()),
        lambda: publish_rulebook(cast.house, mallory, project, request_id=new_id()),
    ]
    for act in acts:
        with pytest.raises(ProjectNotFound):
            act()
