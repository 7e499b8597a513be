"""Rosters: everybody in the file, or nobody."""

import io
from typing import Any
from typing import cast as cast_to

import pytest
import xlsxwriter

from guiju.people import AdminOnly, RosterRefused, import_roster, list_accounts, list_teams, sign_in
from guiju.people.roster.errors import RosterColumnMissing, RosterEmpty, RosterTooLong, RosterUnreadable
from guiju.people.roster.rules import MOST_ROWS, decode_csv, read_rows
from guiju.people.rules import plain_cell
from tests.support.cast import Cast

CHINESE = "姓名,邮箱,团队,可开项目\n王芳,wang@guiju.test,早班,是\n李强,LI@guiju.test,早班,\n赵敏,zhao@guiju.test,,否\n"


def people_in(cast: Cast) -> int:
    with cast.house.reading() as connection:
        return len(list_accounts(connection))


def excel(rows: list[list[Any]]) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet: Any = cast_to(Any, book).add_worksheet()
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, row)
    book.close()
    return out.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk"])
def test_everybody_in_a_csv_gets_an_account_and_a_team(encoding: str, cast: Cast) -> None:
    handouts = import_roster(cast.house, cast.admin, file="名单.csv", content=CHINESE.encode(encoding))
    assert [(h.name, h.email, h.team) for h in handouts][:2] == [
        ("王芳", "wang@guiju.test", "早班"),
        ("李强", "li@guiju.test", "早班"),
    ]
    with cast.house.reading() as connection:
        teams = list_teams(connection)
    assert [(team.name, set(team.members)) for team in teams] == [
        ("早班", {handouts[0].account_id, handouts[1].account_id})
    ]


def test_a_first_password_opens_the_account_and_must_be_changed(cast: Cast) -> None:
    handouts = import_roster(cast.house, cast.admin, file="a.csv", content=CHINESE.encode())
    account = sign_in(cast.house, email=handouts[0].email, password=handouts[0].password).account
    assert (account.must_change_password, account.may_open_projects) == (True, True)
    assert len({handout.password for handout in handouts}) == 3


def test_an_excel_sheet_with_a_title_above_its_header_is_read(cast: Cast) -> None:
    sheet = excel(
        [
            ["2026 年标注员名单"],
            ["Name", "Email", "May open projects"],
            ["Wang", "wang@guiju.test", True],
            [],
            [7, "seven@guiju.test"],
        ]
    )
    handouts = import_roster(cast.house, cast.admin, file="people.xlsx", content=sheet)
    assert [handout.name for handout in handouts] == ["Wang", "7"]


def test_every_bad_row_is_named_and_no_account_is_made(cast: Cast) -> None:
    before = people_in(cast)
    roster = (
        "name,email,may_open_projects\n"
        "Good,good@guiju.test,yes\n"
        ",nameless@guiju.test,\n"
        "No Mail,,\n"
        "Bad Mail,not an address,\n"
        "Alice Again,alice@guiju.test,\n"
        "Good Twice,GOOD@guiju.test,\n"
        "Unclear,unclear@guiju.test,maybe\n"
    )
    with pytest.raises(RosterRefused) as refused:
        import_roster(cast.house, cast.admin, file="a.csv", content=roster.encode())
    assert [(problem.row, problem.refusal.code) for problem in refused.value.problems] == [
        (3, "row-name-missing"),
        (4, "bad-email"),
        (5, "bad-email"),
        (6, "email-taken"),
        (7, "row-twice"),
        (8, "row-answer-unclear"),
    ]
    assert (refused.value.details["bad"], refused.value.details["rows"]) == (6, 7)
    assert people_in(cast) == before


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"", RosterEmpty),
        (b"name,email\n", RosterEmpty),
        ("姓名,电话\n王芳,1\n".encode(), RosterColumnMissing),
        (b"\x00\x01\x02", RosterUnreadable),
        (b"PK\x03\x04 and no zip after it", RosterUnreadable),
        (excel([]), RosterEmpty),
    ],
)
def test_a_file_that_is_no_roster_is_refused_by_name(content: bytes, refusal: type[Exception], cast: Cast) -> None:
    with pytest.raises(refusal):
        import_roster(cast.house, cast.admin, file="x", content=content)


def test_a_roster_is_not_longer_than_it_may_be() -> None:
    rows = [["name", "email"], *([f"P{n}", f"p{n}@guiju.test"] for n in range(MOST_ROWS + 1))]
    with pytest.raises(RosterTooLong):
        read_rows(rows, "long.csv")
    good, problems = read_rows(rows[:-1], "long.csv")
    assert (len(good), problems) == (MOST_ROWS, [])


def test_semicolons_and_tabs_part_columns_too() -> None:
    for delimiter in ";\t":
        cells = decode_csv(f"name{delimiter}email\nA, B{delimiter}a@guiju.test\n".encode(), "x.csv")
        assert read_rows(cells, "x.csv")[0][0].name == "A, B"


def test_only_an_administrator_imports_a_roster(cast: Cast) -> None:
    with pytest.raises(AdminOnly):
        import_roster(cast.house, cast.zhou, file="a.csv", content=CHINESE.encode())


def test_the_answer_page_hands_out_the_passwords_once(cast: Cast, client: Any) -> None:
    csrf = cast.sign_in(client, "admin")["X-CSRF-Token"]
    files = {"file": ("名单.csv", CHINESE.encode("gbk"), "text/csv")}
    answer = client.post("/people/import", data={"csrf": csrf}, files=files)
    assert answer.status_code == 200
    assert "data:text/csv" in answer.text
    assert answer.headers["cache-control"] == "private, no-store"
    assert "王芳" in client.get("/people", params={"q": "王"}).text
    again = client.post("/people/import", data={"csrf": csrf}, files=files)
    assert again.status_code == 422
    assert again.text.count("wang@guiju.test") == 1


def test_a_roster_from_another_site_is_refused(cast: Cast, client: Any) -> None:
    cast.sign_in(client, "admin")
    before = people_in(cast)
    answer = client.post("/people/import", data={"csrf": "x"}, files={"file": ("a.csv", CHINESE.encode(), "text/csv")})
    assert (answer.status_code, people_in(cast)) == (403, before)


def test_a_page_without_a_file_says_so(cast: Cast, client: Any) -> None:
    csrf = cast.sign_in(client, "admin")["X-CSRF-Token"]
    assert client.post("/people/import", data={"csrf": csrf}, files={"other": ("", b"")}).status_code == 422


def test_a_name_that_is_a_formula_is_only_shown() -> None:
    assert [plain_cell(name) for name in ("=1+1", "@SUM(A1)", "王芳")] == ["'=1+1", "'@SUM(A1)", "王芳"]
