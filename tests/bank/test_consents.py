"""What a project leaves in the bank: for its customer alone, or for all, under a consent on record."""

import pytest
from sqlalchemy import select

from guiju import data
from guiju.bank import JOBS, SUBSCRIBERS, Given, end_consent, give_consent, read_left, read_search, search_bank, store
from guiju.bank.consents import list_consents
from guiju.bank.consents.actions import attach_paper, deposit_again, read_paper
from guiju.bank.consents.errors import (
    ConsentIncomplete,
    ConsentNotOpen,
    ConsentPast,
    DepositConsentNotFound,
    DepositWithoutRights,
    PaperNotFound,
    PaperThere,
    PaperUnreadable,
)
from guiju.bank.finding.store import newest
from guiju.bank.grades import grade_of
from guiju.bank.model import Consented, Held, Reader
from guiju.bank.rules import allow
from guiju.bank.tables import deposit as deposit_table
from guiju.data import Rights
from guiju.kit import new_id
from guiju.people import NotAllowed, Role
from guiju.projects import create_project, set_member
from guiju.storage import pump, work_jobs
from guiju.storage.checking import verify
from guiju.web.keeping import REFERENCES
from tests.inspection.build import Made, accept_a_lot, choice, import_texts, publish, resolve_all
from tests.support.cast import Cast

CONSENT = Given("训练与标注", "同意其他项目使用本项目验收的数据。", "合同 2026-118 第七条")


def worked(cast: Cast) -> None:
    pump(cast.house.database, SUBSCRIBERS)
    work_jobs(cast.house, JOBS)


def open_to_all(cast: Cast, texts: list[str], rights: Rights = Rights.GENERAL) -> int:
    """An accepted project that leaves its data to all, of another customer than the cast's; no consent yet."""
    project = create_project(
        cast.house, cast.zhou, request_id=new_id(), name=f"留言 {new_id()[:4]}", customer="远山物流", rights=rights
    )
    for name, role in {"lin": Role.REQUESTER, "hu": Role.INSPECTOR, "alice": Role.ANNOTATOR}.items():
        set_member(cast.house, cast.zhou, project, cast.people[name].id, role)
    rulebook = publish(cast, project, "choice")
    items = import_texts(cast, project, texts, data.Origin(rights=rights))
    said = {item: choice("a") for item in items}
    accept_a_lot(cast, Made(project, rulebook, resolve_all(cast.house, cast.alice, project, rulebook, said), items))
    worked(cast)
    return project


def seen(cast: Cast, who: str, query: str = "留言") -> list[str]:
    return [one.text or "" for one in search_bank(cast.house, cast.people[who], read_search(query)).rows]


def test_without_a_consent_nothing_is_for_all_and_with_one_it_is(cast: Cast) -> None:
    project = open_to_all(cast, ["一条留言", "两条留言"])
    assert read_left(cast.house, cast.zhou, project).held == {"no-consent": 2}
    assert seen(cast, "qian") == []
    give_consent(cast.house, cast.lin, project, new_id(), CONSENT)
    worked(cast)
    assert read_left(cast.house, cast.zhou, project).general == 2
    assert len(seen(cast, "qian")) == 2


def test_what_says_something_about_a_person_stays_with_its_customer(cast: Cast) -> None:
    project = open_to_all(cast, ["留言：请打 13800138000 找我", "留言：没有回复"])
    give_consent(cast.house, cast.lin, project, new_id(), CONSENT)
    worked(cast)
    left = read_left(cast.house, cast.zhou, project)
    assert (left.general, left.held) == (1, {"personal-data": 1})
    assert left.examples[0].found == "mobile:1"
    assert seen(cast, "qian") == ["留言：没有回复"]


def test_a_stranger_is_not_told_whose_a_deposit_is(cast: Cast) -> None:
    project = open_to_all(cast, ["一条留言"])
    give_consent(cast.house, cast.lin, project, new_id(), CONSENT)
    worked(cast)
    [strange] = search_bank(cast.house, cast.qian, read_search("留言")).rows
    [own] = search_bank(cast.house, cast.zhou, read_search("留言")).rows
    assert (strange.project, strange.project_id, strange.item_id, strange.name) == ("", 0, 0, f"D-{strange.id}")
    assert own.project_id == project


def test_an_ended_consent_leaves_it_to_the_customer_at_once(cast: Cast) -> None:
    project = open_to_all(cast, ["一条留言"])
    consent = give_consent(cast.house, cast.lin, project, new_id(), CONSENT)
    worked(cast)
    end_consent(cast.house, cast.lin, project, consent)
    assert seen(cast, "qian") == []
    assert read_left(cast.house, cast.zhou, project).held == {"no-consent": 1}


def test_only_the_requester_speaks_for_the_customer_and_says_it_in_full(cast: Cast) -> None:
    project = open_to_all(cast, ["一条留言"])
    with pytest.raises(NotAllowed):
        give_consent(cast.house, cast.zhou, project, new_id(), CONSENT)
    for lacking in (Given("", CONSENT.words, "合同"), Given("训练", "好", "合同"), Given("训练", CONSENT.words, "")):
        with pytest.raises(ConsentIncomplete):
            give_consent(cast.house, cast.lin, project, new_id(), lacking)
    with pytest.raises(ConsentIncomplete):
        give_consent(cast.house, cast.lin, project, new_id(), Given("训练", CONSENT.words, "合同", "明年"))
    with pytest.raises(ConsentPast):
        give_consent(cast.house, cast.lin, project, new_id(), Given("训练", CONSENT.words, "合同", "2001-01-01"))


def test_a_project_that_leaves_nothing_to_all_has_nothing_to_consent_to(cast: Cast) -> None:
    with pytest.raises(ConsentNotOpen):
        give_consent(cast.house, cast.lin, cast.project, new_id(), CONSENT)


def test_a_deposit_for_all_without_rights_is_refused_by_name(cast: Cast) -> None:
    project = open_to_all(cast, ["一条留言"])
    with pytest.raises(DepositWithoutRights) as refused:
        deposit_again(cast.house, cast.zhou, project, general=True)
    assert refused.value.details == {"count": 1, "reasons": ["no-consent"]}


def test_a_consent_that_ran_out_hides_what_was_general_under_it(cast: Cast) -> None:
    project = open_to_all(cast, ["一条留言"])
    give_consent(cast.house, cast.lin, project, new_id(), Given("训练", CONSENT.words, "合同", "2999-12-31"))
    worked(cast)
    assert seen(cast, "qian") == ["一条留言"]

    with cast.house.reading() as connection:
        later = Reader(False, frozenset(), frozenset(), at=33_000_000_000_000_000)
        assert newest(connection, read_search(label="a"), later, before=None, limit=9) == []


def test_pictures_are_for_all_only_when_somebody_looked_through_them() -> None:
    unseen, seen_through = Consented(1, None, False), Consented(1, None, True)
    assert allow("general", "general", unseen, is_read=False, has_personal=False).held is Held.NOT_LOOKED_AT
    assert allow("general", "general", seen_through, is_read=False, has_personal=False).held is None
    assert allow("customer", "general", seen_through, is_read=True, has_personal=False).held is None


@pytest.mark.parametrize(
    ("defective", "judged", "lot", "grade"),
    [
        (0, 200, 5_000, "A"),
        (0, 80, 1_200, "B"),
        (3, 80, 1_200, "C"),
        (9, 20, 400, "D"),
        (0, 0, 50, "D"),
        (0, 50, 50, "A"),
    ],
)
def test_a_grade_is_what_the_sample_promises_and_not_what_it_showed(
    defective: int, judged: int, lot: int, grade: str
) -> None:
    assert grade_of(defective, judged, lot).grade == grade


def test_the_same_content_with_the_same_answer_stands_once_and_the_other_takes_its_place(cast: Cast) -> None:
    first, second = (open_to_all(cast, ["同一条留言"]) for _ in range(2))
    assert seen(cast, "zhou") == ["同一条留言"]
    assert [read_left(cast.house, cast.zhou, each).merged for each in (first, second)] == [0, 1]
    with cast.house.reading() as connection:
        [gone] = connection.execute(select(deposit_table.c.id).where(deposit_table.c.project_id == first)).scalars()
    cast.house.write(lambda tx: store.remove_deposits(tx, [gone]))
    assert read_left(cast.house, cast.zhou, second).merged == 0
    assert seen(cast, "zhou") == ["同一条留言"]


def test_the_signed_paper_lies_beside_its_consent_for_those_who_may_take_the_data_back(cast: Cast) -> None:
    project = open_to_all(cast, ["一条留言"])
    consent = give_consent(cast.house, cast.lin, project, new_id(), CONSENT)
    paper = b"%PDF-1.7 signed"
    with pytest.raises(NotAllowed):
        attach_paper(cast.house, cast.zhou, project, consent, new_id(), "合同.pdf", paper)
    with pytest.raises(PaperUnreadable):
        attach_paper(cast.house, cast.lin, project, consent, new_id(), "合同.exe", b"MZ")
    with pytest.raises(DepositConsentNotFound):
        attach_paper(cast.house, cast.lin, project, consent + 1, new_id(), "合同.pdf", paper)
    with pytest.raises(PaperNotFound):
        read_paper(cast.house, cast.zhou, project, consent)
    attach_paper(cast.house, cast.lin, project, consent, new_id(), "合同.pdf", paper)
    with pytest.raises(PaperThere):
        attach_paper(cast.house, cast.lin, project, consent, new_id(), "另一份.pdf", b"%PDF-1.7 another")
    assert read_paper(cast.house, cast.zhou, project, consent) == ("合同.pdf", paper)
    assert list_consents(cast.house, cast.zhou, project)[1][0].paper == "合同.pdf"
    with pytest.raises(NotAllowed):
        read_paper(cast.house, cast.hu, project, consent)
    assert verify(cast.house, REFERENCES).is_whole
